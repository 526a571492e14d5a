import type { Seal } from "../../server/src/lsp/protocol.js";
import type { ByteFacts } from "../../server/src/text/bytes.js";

/** What an edit of a message costs that cannot be seen in its text. */
export interface EditCosts {
  /** Domains whose DKIM signatures verified when the message was opened, and are broken now. */
  readonly dkim: readonly string[];
  /** A signed part of S/MIME or OpenPGP was changed. */
  readonly signedPart: boolean;
  /** The editor stores one kind of line end; the file has others, or only CR. */
  readonly lineEnds: boolean;
  /** The file has octets that are no UTF-8; the editor shows and stores a stand-in for them. */
  readonly octets: boolean;
}

/** The signatures that held before an edit and do not any more. */
export function brokenSeals(before: readonly Seal[], after: readonly Seal[]): readonly Seal[] {
  const left = new Set(after.map(keyOf));
  return before.filter((seal) => !left.has(keyOf(seal)));
}

function keyOf({ kind, by, mark }: Seal): string {
  return `${kind} ${by} ${mark}`;
}

/** What an edit costs. @param facts of the file as it is stored, where they are known; @param text of the editor. */
export function costsOf(broken: readonly Seal[], facts: ByteFacts | null, text: string): EditCosts {
  const dkim = [...new Set(broken.filter(({ kind }) => kind === "dkim").map(({ by }) => by))];
  const ends = facts?.lineEnds ?? { crlf: 0, lf: 0, cr: 0 };
  const kinds = [ends.crlf, ends.lf, ends.cr].filter((count) => count > 0).length;
  return {
    dkim,
    signedPart: broken.some(({ kind }) => kind !== "dkim"),
    lineEnds: kinds > 1 || ends.cr > 0,
    octets: (facts?.counts["not-utf8"] ?? 0) > 0 && text.includes("\uFFFD"),
  };
}

/** True where there is nothing to tell. */
export function costsNothing({ dkim, signedPart, lineEnds, octets }: EditCosts): boolean {
  return dkim.length === 0 && !signedPart && !lineEnds && !octets;
}
