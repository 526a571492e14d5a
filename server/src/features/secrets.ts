import type { Exchange } from "../session/model.js";
import { saslOf } from "../session/sasl.js";

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
