import type { Position, SignatureHelp } from "vscode-languageserver-types";
import { textsFor, verbEntry } from "../reference/index.js";
import { columnAt, ownerOf, wireAt } from "./place.js";
import type { Feature } from "./types.js";

/** The syntax of the command under the cursor (RFC 5321 §4.1.1 and the extensions' RFCs). */
export const signatureHelp: Feature<{ position: Position }, SignatureHelp> = {
  method: "textDocument/signatureHelp",
  languages: ["smtp-transcript"],
  options: () => ({ triggerCharacters: [" ", ":"] }),
  run({ document, settings }, { position }) {
    const offset = document.source.offsetAt(position);
    const wire = wireAt(document.transcript, offset);
    const owner = wire && ownerOf(document.transcript, wire);
    if (!wire || owner?.kind !== "command" || !owner.exchange.command) return null;
    const entry = verbEntry(owner.exchange.verb);
    if (!entry || columnAt(wire, offset) <= owner.exchange.command.verbTo) return null;
    return {
      signatures: [{ label: entry.syntax, documentation: textsFor(settings.locale).verbs[entry.verb]?.meaning }],
      activeSignature: 0,
    };
  },
};
