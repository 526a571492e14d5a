import type { MessageLines } from "../../message/lines.js";
import {
  base64Problems,
  charsetOf,
  type DecodedBody,
  decodeBody,
  isEncoded,
  type TransferProblem,
  textOfBody,
} from "../../message/transfer.js";
import type { Part } from "../../message/tree.js";

/** What rules ask of the encoded body of a leaf. Its octets are not kept: a message may hold many large parts. */
export interface BodyFacts {
  readonly problems: readonly TransferProblem[];
  /** Whether a text goes beyond ASCII. */
  readonly beyondAscii: boolean;
  /** Where a text that says it is UTF-8 is none, or undefined. */
  readonly notUtf8: { readonly line: number; readonly column: number } | undefined;
}

/** Octets of a body that are looked at: what is wrong further down is more of the same. */
const LIMIT = 1024 * 1024;

const NOTHING: BodyFacts = { problems: [], beyondAscii: false, notUtf8: undefined };

/** Looks at the body of a leaf in base64 or quoted-printable; nothing is said of bodies that stand as they are. */
export function bodyFacts(lines: MessageLines, part: Part): BodyFacts {
  if (!isEncoded(part)) return NOTHING;
  if (part.type.startsWith("text/")) return textFacts(part, decodeBody(lines, part, LIMIT));
  const problems =
    part.encoding === "base64"
      ? base64Problems(lines, { from: part.bodyLine, to: part.endLine }, LIMIT)
      : decodeBody(lines, part, LIMIT).problems;
  return problems.length === 0 ? NOTHING : { ...NOTHING, problems };
}

function textFacts(part: Part, body: DecodedBody): BodyFacts {
  const beyondAscii = body.bytes.some((byte) => byte > 127);
  const utf8 = beyondAscii && charsetOf(part).toLowerCase() === "utf-8";
  return { problems: body.problems, beyondAscii, notUtf8: utf8 ? notUtf8(part, body) : undefined };
}

function notUtf8(part: Part, body: DecodedBody): BodyFacts["notUtf8"] {
  const decoded = textOfBody(part, body);
  // A body that is cut at the limit, or by whoever returned it, may end in the middle of a character.
  if (decoded.clean || body.bytes.length >= LIMIT) return undefined;
  const at = decoded.text.indexOf("\uFFFD");
  if (at >= 0 && encodedReplacement(body.bytes)) return undefined;
  return body.place(new TextEncoder().encode(decoded.text.slice(0, at)).length);
}

/** Whether the octets hold a real U+FFFD, written by a program that had lost the text before. */
function encodedReplacement(bytes: Uint8Array): boolean {
  for (let k = 0; k + 2 < bytes.length; k++)
    if (bytes[k] === 0xef && bytes[k + 1] === 0xbf && bytes[k + 2] === 0xbd) return true;
  return false;
}
