import { hover } from "../../server/src/features/hover.js";
import type { Locale } from "../../server/src/features/types.js";
import { readSettings } from "../../server/src/lsp/settings.js";
import { parseDocument } from "../../server/src/service.js";
import { SourceText } from "../../server/src/text/source.js";

const POINTER = "‸";

export interface HoverOptions {
  readonly locale?: Locale;
  readonly dialect?: string;
  readonly markdown?: boolean;
  readonly commands?: readonly string[];
}

/** Hover at the place that `‸` marks in a text (the mark itself is taken out); null where there is none. */
export function hoverAtMark(marked: string, options: HoverOptions = {}): string | null {
  const offset = marked.indexOf(POINTER);
  if (offset === -1) throw new Error("the text marks no place");
  return hoverAtOffset(marked.replace(POINTER, ""), offset, options);
}

/** Hover at an offset. */
export function hoverAtOffset(text: string, offset: number, options: HoverOptions = {}): string | null {
  const source = new SourceText(text);
  const { dialect, locale, markdown, commands } = options;
  const document = parseDocument({ uri: "file:///a", version: 1, language: "smtp-transcript", source, dialect });
  const context = {
    document,
    settings: readSettings({ language: locale ?? "en" }, undefined),
    client: {
      commands: new Set(commands ?? ["smtpTranscripts.compareReplyCode"]),
      markdownHover: markdown ?? true,
      textDocumentContent: true,
      customTokenTypes: true,
    },
    open: [document],
    cancelled: () => false,
  };
  const answer = hover.run(context, { position: source.positionAt(offset) });
  return answer === null ? null : (answer.contents as { value: string }).value;
}
