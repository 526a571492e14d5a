import type { CodeLens, Range } from "vscode-languageserver-types";
import { readBounce } from "../../message/bounce.js";
import { lineSpan } from "../../message/lines.js";
import { isEncoded } from "../../message/transfer.js";
import type { Message, Part } from "../../message/tree.js";
import { rangeOf } from "../ranges.js";
import type { Feature, FeatureContext } from "../types.js";
import { messagesOf } from "./bodies.js";
import { decodedSize, partName, sizeText } from "./partLabel.js";
import { summaryLine } from "./summary.js";
import { summaryPageUri } from "./summaryPage.js";
import { tell } from "./texts.js";
import { entryName, tnefListing } from "./tnefParts.js";

/** Client commands behind the lenses; a lens without its command is not offered. */
const OPEN_PART = "smtpTranscripts.openPart";
const SAVE_PART = "smtpTranscripts.savePart";
const PREVIEW = "smtpTranscripts.previewMessage";
const OPEN_PAGE = "smtpTranscripts.openPage";

/** Above each part: what it is, "Open decoded", "Save"; above the message: "Preview", route and results, what a bounce says. */
export const messageLenses: Feature<unknown, CodeLens[]> = {
  method: "textDocument/codeLens",
  languages: ["eml-message", "smtp-transcript"],
  run(context) {
    const messages = context.settings.codeLens ? messagesOf(context.document) : [];
    if (messages.length === 0) return null;
    const lenses: CodeLens[] = [];
    for (const message of messages) {
      // Behind DATA there may be a few words without a header: they are no more than what is seen.
      if (message.root.header.fields.length === 0) continue;
      top(context, message, lenses);
      for (const part of message.parts) if (part.kind !== "multipart") partLenses(context, message, part, lenses);
    }
    return lenses;
  },
};

function rangeAt(context: FeatureContext, message: Message, line: number): Range {
  return rangeOf(
    context.document.source,
    lineSpan(message.lines, Math.min(line, Math.max(0, message.lines.count - 1))),
  );
}

function top(context: FeatureContext, message: Message, lenses: CodeLens[]): void {
  const { locale } = context.settings;
  const range = rangeAt(context, message, message.root.line);
  if (context.client.commands.has(PREVIEW))
    lenses.push({
      range,
      command: {
        title: tell(locale, "lens.preview"),
        command: PREVIEW,
        arguments: [context.document.uri, range.start.line],
      },
    });
  const line = context.client.commands.has(OPEN_PAGE) ? summaryLine(message, locale) : "";
  if (line !== "") {
    const page = summaryPageUri(context.document, message);
    lenses.push({ range, command: { title: plain(line), command: OPEN_PAGE, arguments: [page] } });
  }
  for (const item of readBounce(message)?.recipients.slice(0, 5) ?? []) {
    const verdict =
      item.permanent === undefined
        ? ""
        : tell(locale, item.permanent ? "lens.bounce.permanent" : "lens.bounce.temporary");
    const status = [item.code, item.status].filter((part) => part !== undefined).join(" ");
    const title = tell(locale, "lens.bounce", { address: plain(item.address), status, verdict }).trim();
    const server =
      item.server === undefined ? "" : ` · ${tell(locale, "lens.bounce.server", { server: plain(item.server) })}`;
    lenses.push({ range, command: { title: title + server, command: "" } });
  }
}

function partLenses(context: FeatureContext, message: Message, part: Part, lenses: CodeLens[]): void {
  const { locale } = context.settings;
  // A message of one plain text needs no lens: what is to be seen is seen.
  if (part.parent === undefined && (!isEncoded(part) || part.kind !== "leaf")) return;
  // The message inside a part is opened by the lens of that part.
  if (part.parent?.kind === "message" && part.kind === "leaf" && !isEncoded(part)) return;
  const range = rangeAt(context, message, part.parent === undefined ? part.bodyLine : part.line);
  const size = sizeText(decodedSize(message.lines, part), locale);
  const title = tell(locale, "lens.summary", { type: plain(partName(part)), size });
  lenses.push({ range, command: { title, command: "" } });
  for (const [command, key] of [
    [OPEN_PART, "lens.open"],
    [SAVE_PART, "lens.save"],
  ] as const) {
    if (context.client.commands.has(command))
      lenses.push({
        range,
        command: { title: tell(locale, key), command, arguments: [context.document.uri, range.start.line, part.path] },
      });
  }
  tnefLenses(context, message, part, range, lenses);
}

/** A lens for each of the first files in a TNEF container. */
const MOST_FILES = 10;

function tnefLenses(context: FeatureContext, message: Message, part: Part, range: Range, lenses: CodeLens[]): void {
  if (!context.client.commands.has(SAVE_PART)) return;
  const { locale } = context.settings;
  for (const entry of tnefListing(message.lines, part)?.entries.slice(0, MOST_FILES) ?? []) {
    const title = tell(locale, "lens.saveItem", { name: plain(entryName(entry)), size: sizeText(entry.size, locale) });
    const place = [context.document.uri, range.start.line, `${part.path}#${entry.path}`];
    lenses.push({ range, command: { title, command: SAVE_PART, arguments: place } });
  }
}

/** Text for a lens: one line, no icons (`$(name)`), nothing that changes direction. */
function plain(text: string): string {
  return text
    .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "")
    .replace(/\$\(/g, "$ (")
    .slice(0, 80);
}
