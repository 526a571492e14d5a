import type { WireLine } from "../dialects/types.js";
import { readSasl, type SaslMessage } from "../protocol/sasl.js";
import type { AuthAttempt, Exchange } from "./model.js";

/** A SASL message of the client that the transcript prints, with its place. */
export interface ShownSasl {
  readonly attempt: AuthAttempt;
  readonly exchange: Exchange;
  readonly wire: WireLine;
  /** Column in the wire line where the message begins, and where it ends. */
  readonly from: number;
  readonly to: number;
  /** 0 for the initial response or the first answer. */
  readonly step: number;
  readonly initial: boolean;
  readonly message: SaslMessage;
}

/** What the client sent in an AUTH exchange, in order; hidden lines are left out. */
export function saslOf(attempt: AuthAttempt): readonly ShownSasl[] {
  const shown: ShownSasl[] = [];
  const { exchange, mechanism } = attempt;
  const initial = initialResponse(exchange);
  if (initial && exchange.wire) {
    const text = exchange.wire.text.slice(initial.from, initial.to);
    const message = judged(exchange.wire, readSasl(mechanism, 0, text));
    shown.push({ attempt, exchange, wire: exchange.wire, ...initial, step: 0, initial: true, message });
  }
  attempt.responses.forEach((response, k) => {
    const { wire } = response;
    if (!wire) return;
    const step = k + (initial ? 1 : 0);
    const message = judged(wire, readSasl(mechanism, step, wire.text));
    shown.push({ attempt, exchange: response, wire, from: 0, to: wire.text.length, step, initial: false, message });
  });
  return shown;
}

/** What the tool masked is neither wrong nor secret; the user name beside it may still be told. */
function judged(wire: WireLine, message: SaslMessage): SaslMessage {
  return wire.masked ? { ...message, masked: true, problem: null, secret: null } : message;
}

/** Columns of the initial response of an AUTH command (RFC 4954 §4); undefined where there is none. */
export function initialResponse(exchange: Exchange): { readonly from: number; readonly to: number } | undefined {
  const { command, wire } = exchange;
  if (!command || !wire) return undefined;
  const mechanism = /^[^ \t]+/.exec(command.argument)?.[0].length ?? 0;
  const rest = command.argument.slice(mechanism);
  const from = command.argumentFrom + mechanism + (rest.length - rest.trimStart().length);
  return rest.trim() === "" ? undefined : { from, to: command.argumentFrom + command.argument.length };
}

/** The user name that an AUTH exchange shows; null where it is hidden or cannot be told. */
export function userOf(attempt: AuthAttempt): string | null {
  for (const { message } of saslOf(attempt)) if (message.user !== null) return message.user;
  return null;
}
