import type { Message } from "../../message/tree.js";
import { base64Text } from "../../message/words.js";
import { escapeMarkdown, tableCell } from "../../text/markdown.js";
import type { Locale, ParsedDocument } from "../types.js";
import { messagesOf } from "./bodies.js";
import { type SummarySection, subjectOf, summaryOf } from "./summary.js";
import { tell } from "./texts.js";

/**
 * Address of the page that sums up a message of an open document. The version is there so that an editor asks again after
 * an edit; the page is always made from the document as it is. The last piece is what an editor's tab shows.
 */
export function summaryPageUri(document: ParsedDocument, message: Message): string {
  const index = messagesOf(document).indexOf(message);
  const name = /([^/\\]*)$/.exec(document.uri)?.[1]?.replace(/[^\w.-]/g, "_") || "message";
  return `smtp-transcripts:/messages/${keyOf(document.uri)}/${index}-${document.version}/${name}.md`;
}

const ADDRESS = /^smtp-transcripts:\/*\/messages\/([\w-]+)\/(\d{1,6})-\d+\/[^/]*\.md$/;

/** The page of such an address; undefined for other addresses, and where the document is open no more. */
export function summaryPage(uri: string, open: readonly ParsedDocument[], locale: Locale): string | undefined {
  const match = ADDRESS.exec(uri);
  if (match === null) return undefined;
  const document = open.find((one) => keyOf(one.uri) === match[1]);
  const message = document && messagesOf(document)[Number(match[2])];
  return message && summaryMarkdown(message, locale);
}

/** An address as letters that no editor writes in another way. */
function keyOf(uri: string): string {
  return base64Text(new TextEncoder().encode(uri)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
}

/** The summary as markdown; nothing of the message can act as markup. */
export function summaryMarkdown(message: Message, locale: Locale): string {
  const sections = summaryOf(message, locale).map(sectionMarkdown);
  return `# ${tell(locale, "summary.title")}\n\n${escapeMarkdown(subjectOf(message))}\n\n${sections.join("\n")}`;
}

function sectionMarkdown({ title, head, rows, note }: SummarySection): string {
  const row = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => tableCell(escapeMarkdown(cell.slice(0, 500)))).join(" | ")} |`;
  const table = [row(head), `|${head.map(() => "---|").join("")}`, ...rows.map(row)].join("\n");
  return `## ${title}\n\n${table}\n${note === "" ? "" : `\n${escapeMarkdown(note)}\n`}`;
}
