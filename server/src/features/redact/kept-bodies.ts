import type { MessageLines } from "../../message/lines.js";
import type { Part } from "../../message/tree.js";
import type { Transcript } from "../../transcript.js";
import { embeddedIn } from "../message/bodies.js";
import { type KnownSecrets, secretsIn } from "./credentials.js";
import { type Rewrite, rewriteBody } from "./message-bodies.js";
import { Overlay } from "./overlay.js";
import type { WordRedactor } from "./words.js";

/** Takes addresses, hosts, ids and secrets out of a text that stays otherwise: the decoded body of a message. */
export function rewriter(words: WordRedactor, secrets: KnownSecrets): Rewrite {
  return (text) => {
    const inner = new Overlay(text);
    for (const { at, text: stand } of words.find(text)) inner.put(at, stand);
    for (const { at, text: stand } of secretsIn(text, secrets)) inner.put(at, stand);
    return inner.apply();
  };
}

/** Looks behind the transfer encodings of the messages that a transcript shows, where their bodies were chosen to stay. */
export function redactKeptBodies(
  transcript: Transcript,
  words: WordRedactor,
  secrets: KnownSecrets,
  overlay: Overlay,
): void {
  const rewrite = rewriter(words, secrets);
  for (const session of transcript.sessions) {
    for (const { lines, parts } of embeddedIn(session)) {
      for (const part of parts) {
        const encoded = part.encoding === "base64" || part.encoding === "quoted-printable";
        if (part.kind === "leaf" && encoded && standsAsItIs(lines, part, overlay.source))
          rewriteBody(lines, part, rewrite, overlay, () => false);
      }
    }
  }
}

/** False where the dialect escapes or wraps the lines of a part: its letters cannot be replaced one by one. */
function standsAsItIs(lines: MessageLines, part: Part, source: string): boolean {
  for (let line = part.bodyLine; line < part.endLine; line++) {
    const text = lines.text(line);
    if (!source.startsWith(text, lines.offset(line, 0))) return false;
  }
  return true;
}
