import { messageLinesOf } from "../../server/src/message/lines.js";
import type { Message } from "../../server/src/message/tree.js";
import { readMessage } from "../../server/src/message/tree.js";
import { SourceText } from "../../server/src/text/source.js";
import type { Span } from "../../server/src/text/span.js";

/** Reads a text as a message; `at` gives the source characters of a span. */
export function messageOf(text: string): { message: Message; source: SourceText; at: (span: Span) => string } {
  const source = new SourceText(text);
  return { message: readMessage(messageLinesOf(source)), source, at: (span) => source.slice(span) };
}
