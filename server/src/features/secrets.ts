import type { Exchange, Session } from "../session/model.js";
import { saslOf } from "../session/sasl.js";
import type { Transcript } from "../transcript.js";
import { KnownSecrets, ownSecrets, redactCredentials } from "./redact/credentials.js";
import { Overlay } from "./redact/overlay.js";
import type { Replacement } from "./redact/words.js";

/** Where a secret stands in the line of an exchange, and what can take its place. Columns of the wire line's content. */
export interface Secret {
  readonly from: number;
  readonly to: number;
  readonly mask: string;
}

/** The secrets in the line of an exchange: passwords, tokens, proofs. Empty for everything but AUTH. */
export function secretSpans(exchange: Exchange): readonly Secret[] {
  if (!exchange.auth) return [];
  const secrets: Secret[] = [];
  for (const shown of saslOf(exchange.auth)) {
    const { secret } = shown.message;
    if (shown.exchange !== exchange || !secret) continue;
    secrets.push({ from: shown.from + secret.from, to: shown.from + secret.to, mask: secret.mask });
  }
  return secrets;
}

const bySession = new WeakMap<Session, KnownSecrets>();
const byTranscript = new WeakMap<Transcript, KnownSecrets>();
const masked = new WeakMap<Transcript, string>();

/**
 * What a line says, for showing it elsewhere: without the secrets of its session's logins and without what is a secret by
 * its place or shape. Of the same length.
 */
export function hideSecrets(text: string, session?: Session): string {
  const own = ownSecrets(text);
  if (!session || session.auth.length === 0) return replaced(text, own);
  let known = bySession.get(session);
  if (!known) {
    known = new KnownSecrets([session]);
    bySession.set(session, known);
  }
  return replaced(text, [...own, ...known.find(text)]);
}

/** A text of ours that may quote a line, without the secrets of any login of the transcript. Of the same length. */
export function withoutLogins(text: string, transcript: Transcript): string {
  let known = byTranscript.get(transcript);
  if (!known) {
    known = new KnownSecrets(transcript.sessions, false);
    byTranscript.set(transcript, known);
  }
  return replaced(text, known.find(text));
}

/** The text of a transcript with nothing but its secrets masked, for whoever prints lines of it. Of the same length. */
export function textWithoutSecrets(transcript: Transcript): string {
  let text = masked.get(transcript);
  if (text === undefined) {
    const overlay = new Overlay(transcript.source.text);
    redactCredentials(transcript, overlay);
    text = overlay.apply();
    masked.set(transcript, text);
  }
  return text;
}

function replaced(text: string, stands: readonly Replacement[]): string {
  if (stands.length === 0) return text;
  const overlay = new Overlay(text);
  for (const { at, text: stand } of stands) overlay.put(at, stand);
  return overlay.apply();
}
