import type { Location, Position } from "vscode-languageserver-types";
import { mentionAt, mentionsOf } from "./mentions.js";
import { rangeOf } from "./ranges.js";
import type { Feature } from "./types.js";

/** Every mention of an address, Message-ID or queue id, in all open transcripts. */
export const references: Feature<{ position: Position }, Location[]> = {
  method: "textDocument/references",
  languages: ["smtp-transcript"],
  run({ document, open, cancelled }, { position }) {
    const mention = mentionAt(document, document.source.offsetAt(position));
    if (!mention) return null;
    const documents = [document, ...open.filter((other) => other.uri !== document.uri)];
    return documents.flatMap((where) =>
      mentionsOf(where, mention.key, cancelled).map((found) => ({
        uri: where.uri,
        range: rangeOf(where.source, found.span),
      })),
    );
  },
};
