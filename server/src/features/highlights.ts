import { type DocumentHighlight, DocumentHighlightKind, type Position } from "vscode-languageserver-types";
import type { Exchange, Reply } from "../session/model.js";
import { mentionAt, mentionsOf } from "./mentions.js";
import { ownerOf, wireAt } from "./place.js";
import { rangeOf, wireRange } from "./ranges.js";
import type { Feature, ParsedDocument } from "./types.js";

/** On a command or a reply: the command and all its replies; on an address or id: every mention of it. */
export const highlights: Feature<{ position: Position }, DocumentHighlight[]> = {
  method: "textDocument/documentHighlight",
  languages: ["smtp-transcript"],
  run: ({ document, cancelled }, { position }) => highlightsAt(document, position, cancelled),
};

function highlightsAt(
  document: ParsedDocument,
  position: Position,
  cancelled: () => boolean,
): DocumentHighlight[] | null {
  const { source, transcript } = document;
  const offset = source.offsetAt(position);
  const mention = mentionAt(document, offset);
  if (mention) {
    return mentionsOf(document, mention.key, cancelled).map((found) => ({
      range: rangeOf(source, found.span),
      kind: DocumentHighlightKind.Text,
    }));
  }
  const wire = wireAt(transcript, offset);
  const owner = wire && ownerOf(transcript, wire);
  if (owner?.kind !== "command" && owner?.kind !== "reply") return null;
  const exchange = owner.kind === "command" ? owner.exchange : owner.reply.exchange;
  if (!exchange) return owner.kind === "reply" ? replyHighlights(document, owner.reply) : null;
  return [
    ...commandHighlights(document, exchange),
    ...exchange.replies.flatMap((reply) => replyHighlights(document, reply)),
  ];
}

function commandHighlights(document: ParsedDocument, exchange: Exchange): DocumentHighlight[] {
  if (!exchange.wire) return [];
  return [{ range: wireRange(document.source, exchange.wire), kind: DocumentHighlightKind.Write }];
}

function replyHighlights(document: ParsedDocument, reply: Reply): DocumentHighlight[] {
  return reply.lines.map((line) => ({
    range: wireRange(document.source, line.wire),
    kind: DocumentHighlightKind.Read,
  }));
}
