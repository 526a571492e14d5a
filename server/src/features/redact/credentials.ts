import type { WireLine } from "../../dialects/types.js";
import type { AuthAttempt, Session } from "../../session/model.js";
import { saslOf } from "../../session/sasl.js";
import type { Transcript } from "../../transcript.js";
import { maskSasl } from "./mask-sasl.js";
import type { Overlay } from "./overlay.js";
import { printedSecrets } from "./printed-secrets.js";
import { saslShapes } from "./sasl-shapes.js";
import { addPlain, addSpellings } from "./secret-spellings.js";
import { WordSearch } from "./word-search.js";
import type { Replacement } from "./words.js";

/** The secrets of logins, looked for in any text. */
export class KnownSecrets {
  readonly #search = new WordSearch();

  /** @param everywhere also in other spellings than the written one and the plain one: base64, quoted-printable and so on */
  constructor(
    sessions: readonly Session[],
    readonly everywhere = true,
  ) {
    for (const session of sessions) for (const attempt of session.auth) this.#learn(attempt);
  }

  #learn(attempt: AuthAttempt): void {
    for (const { wire, from, to, step, message } of saslOf(attempt)) {
      if (!message.secret) continue;
      const text = wire.text.slice(from, to);
      const masked = maskSasl(attempt.mechanism, step, text, message.secret);
      const { from: start, to: end } = message.secret;
      // What was written as base64 keeps the form that stands at its first place.
      if (end - start >= 8) this.#search.add(text.slice(start, end), masked.text.slice(start, end));
      this.add(masked.secret);
    }
  }

  /** Adds a secret that was found elsewhere. */
  add(secret: string): void {
    if (this.everywhere) addSpellings(secret, this.#search);
    else addPlain(secret, this.#search);
  }

  /** Where they stand in a text. */
  find(text: string): Replacement[] {
    return this.#search.find(text);
  }
}

/**
 * Masks every secret of a transcript: those of each AUTH exchange, what else has the shape of a login or stands where tools
 * and people write secrets, and every other place where one of them stands in any spelling.
 * @returns the secrets that were found
 */
export function redactCredentials(transcript: Transcript, overlay: Overlay): KnownSecrets {
  const { text } = transcript.source;
  const secrets = new KnownSecrets(transcript.sessions);
  for (const session of transcript.sessions) {
    for (const attempt of session.auth) {
      for (const { wire, from, to, step, message } of saslOf(attempt)) {
        if (!message.secret) continue;
        overlay.putWire(wire, from, maskSasl(attempt.mechanism, step, wire.text.slice(from, to), message.secret).text);
        if (to === wire.text.length) maskWrapped(transcript, wire, overlay);
      }
    }
  }
  for (const { at, text: stand } of ownSecrets(text, secrets)) overlay.put(at, stand);
  // Escapes and wraps of a dialect can hide a secret from a search of the file.
  for (const wire of transcript.wire) {
    if (!wire.mapped) continue;
    for (const { at, text: stand } of ownSecrets(wire.text, secrets)) overlay.putWire(wire, at, stand);
  }
  for (const { at, text: stand } of secrets.find(text)) overlay.put(at, stand);
  for (const wire of transcript.wire) {
    if (!wire.mapped) continue;
    for (const { at, text: stand } of secrets.find(wire.text)) overlay.putWire(wire, at, stand);
  }
  return secrets;
}

/**
 * The secrets in any text, such as the decoded body of a message: those that are known and those that show by their place
 * or shape, which are known from then on.
 */
export function secretsIn(text: string, secrets: KnownSecrets): Replacement[] {
  return [...ownSecrets(text, secrets), ...secrets.find(text)];
}

/** A text that shows more secrets by their place is no log of anybody's; each is masked, but not searched for elsewhere. */
const MOST_LEARNT = 5_000;

/** Secrets that show by their place or shape; those that can be told from words are learnt. */
export function ownSecrets(text: string, secrets?: KnownSecrets): Replacement[] {
  const found: Replacement[] = [];
  for (const { at, length, telling } of printedSecrets(text)) {
    found.push({ at, text: "*".repeat(length) });
    if (telling && found.length <= MOST_LEARNT) secrets?.add(text.slice(at, at + length));
  }
  for (const { at, text: run, mechanism } of saslShapes(text)) {
    const masked = maskSasl(mechanism, 1, run, { from: 0, to: run.length });
    found.push({ at, text: masked.text });
    secrets?.add(masked.secret);
    let end = at + run.length;
    for (let wrapped = nextPiece(text, end); wrapped; wrapped = nextPiece(text, end)) {
      found.push({ at: wrapped.at, text: "A".repeat(wrapped.length) });
      end = wrapped.at + wrapped.length;
    }
  }
  return found;
}

/** The rest of base64 that a mail program or a paste wrapped: a line of nothing else, behind quoting and indentation. */
const PIECE = /[ \t]*\r?\n(?:>[ \t]?){0,8}[ \t]*(?:C: )?([A-Za-z0-9+/_-]{4,1024}={0,2})[ \t]*(?=\r?\n|$(?![\s\S]))/y;

function nextPiece(text: string, from: number): { readonly at: number; readonly length: number } | undefined {
  PIECE.lastIndex = from;
  const match = PIECE.exec(text);
  const piece = match?.[1];
  if (!match || piece === undefined || /^[A-Z]{4,8}$/.test(piece)) return undefined;
  return { at: match.index + match[0].lastIndexOf(piece), length: piece.length };
}

/** Masks the lines on which a login goes on that ends with its line. */
function maskWrapped(transcript: Transcript, wire: WireLine, overlay: Overlay): void {
  const { text } = transcript.source;
  let end = wire.end;
  for (let piece = nextPiece(text, end); piece; piece = nextPiece(text, end)) {
    overlay.put(piece.at, "A".repeat(piece.length));
    end = piece.at + piece.length;
  }
}
