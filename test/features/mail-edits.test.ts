import { expect, it } from "vitest";
import type { ParsedDocument } from "../../server/src/features/types.js";
import { parseDocument } from "../../server/src/service.js";
import { SourceText } from "../../server/src/text/source.js";
import { ask, documentOf } from "../kit/features.js";
import { MAIL, type Print, printedMail } from "../kit/mail.js";
import { seeded } from "../kit/random.js";

const METHODS = ["semanticTokens/full", "documentSymbol", "foldingRange", "codeLens"];
const all = (document: ParsedDocument) =>
  METHODS.map((method) => ask(document, `textDocument/${method}`, { range: undefined }));

/** Pieces that a person types or pastes into a message or around it. */
const PIECES = ["\n", "x", "C: Subject: other\n", "C: --b1\n", "C: --b1--\n", "C: \n", "C: .\n", "S: 250 ok\n", ""];

it.each<Print>(["client-server", "swaks"])("after edits in %s everything is as if the text were read anew", (print) => {
  const random = seeded(11);
  const one = printedMail(print).source.text;
  const two = printedMail(print, [...MAIL.slice(6, 14), "text only"]).source.text;
  let document = documentOf(`${one}${two}${one}`);
  all(document);
  for (let round = 0; round < 60; round++) {
    const { text } = document.source;
    const start = random.below(text.length);
    const end = Math.min(text.length, start + random.below(12));
    const source = document.source.replaced({ start, end }, random.pick(PIECES));
    const input = { uri: document.uri, version: round + 2, language: document.language, source } as const;
    const edited = parseDocument(input, document);
    const fresh = parseDocument({ ...input, source: new SourceText(source.text) });
    expect(all(edited)).toEqual(all(fresh));
    document = edited;
  }
});
