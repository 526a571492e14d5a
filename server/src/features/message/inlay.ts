import { type InlayHint, InlayHintKind, type Range } from "vscode-languageserver-types";
import { allFields } from "../../message/header.js";
import { readReceived, readRoute } from "../../message/received.js";
import type { Message } from "../../message/tree.js";
import type { SourceText } from "../../text/source.js";
import type { Feature, Locale } from "../types.js";
import { messagesOf } from "./bodies.js";
import { delayText } from "./hoverTrace.js";

/** The delay of each step of the route, at the end of its Received field. */
export const messageInlay: Feature<{ range: Range }, InlayHint[]> = {
  method: "textDocument/inlayHint",
  languages: ["eml-message", "smtp-transcript"],
  run({ document, settings }, { range }) {
    const messages = settings.inlayHints.received ? messagesOf(document) : [];
    if (messages.length === 0) return null;
    const from = document.source.offsetAt(range.start);
    const to = document.source.offsetAt(range.end);
    const hints = messages.flatMap((message) => routeHints(message, document.source, settings.locale));
    return hints.filter(({ position }) => {
      const offset = document.source.offsetAt(position);
      return offset >= from && offset <= to;
    });
  },
};

/** Inlay hints of the whole route. */
export function routeHints(message: Message, source: SourceText, locale: Locale): InlayHint[] {
  const fields = allFields(message.root.header, "received");
  const hops = readRoute(fields.map((field) => readReceived(field.value)));
  const hints: InlayHint[] = [];
  hops.forEach((hop, k) => {
    const field = fields[k];
    const label = delayText(hop.delay, locale);
    if (field === undefined || label === undefined) return;
    hints.push({ position: source.positionAt(field.span.end), label, kind: InlayHintKind.Type, paddingLeft: true });
  });
  return hints;
}
