import type { TextEdit } from "vscode-languageserver-types";
import { ownerOf } from "./place.js";
import { rangeOf, wireRange } from "./ranges.js";
import type { Feature, ParsedDocument } from "./types.js";

const MARK = /^(C|S|Client|Server|CLIENT|SERVER|client|server):( *)/;

/**
 * On request only, and only for transcripts written by hand: one blank behind the speaker's mark, verbs and the words FROM
 * and TO in upper case. Message lines and dots are left alone.
 */
export const formatting: Feature<unknown, TextEdit[]> = {
  method: "textDocument/formatting",
  languages: ["smtp-transcript"],
  run: ({ document }) => (document.transcript.traits.origin === "handwritten" ? edits(document) : []),
};

function edits(document: ParsedDocument): TextEdit[] {
  const { source, transcript } = document;
  const result: TextEdit[] = [];
  for (const wire of transcript.wire) {
    const owner = ownerOf(transcript, wire);
    if (!owner || wire.mapped || owner.kind === "note" || owner.kind === "data") continue;
    const start = source.lineStart(wire.line);
    const mark = MARK.exec(source.text.slice(start, wire.start + 8));
    if (mark && mark[2] !== " " && wire.text !== "") {
      const from = start + (mark[1] as string).length + 1;
      result.push({ range: rangeOf(source, { start: from, end: from + (mark[2] as string).length }), newText: " " });
    }
    const command = owner.kind === "command" ? owner.exchange.command : undefined;
    if (!command) continue;
    const written = wire.text.slice(command.verbFrom, command.verbTo);
    if (written !== command.verb)
      result.push({ range: wireRange(source, wire, command.verbFrom, command.verbTo), newText: command.verb });
    const keyword = command.path?.keyword;
    const argument = wire.text.slice(command.argumentFrom, command.argumentFrom + (keyword?.length ?? 0));
    if (keyword && argument !== keyword && argument.toUpperCase() === keyword) {
      result.push({
        range: wireRange(source, wire, command.argumentFrom, command.argumentFrom + keyword.length),
        newText: keyword,
      });
    }
  }
  return result;
}
