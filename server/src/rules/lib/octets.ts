import type { MailData } from "../../session/model.js";
import { octets } from "../support.js";
import type { WireLine } from "../types.js";

/** Octets of a message line on the wire, its line end included: CR LF where the dialect shows no other. */
export function lineOctets(wire: WireLine): number {
  const end = wire.wireEnd === "none" ? 0 : wire.wireEnd === "lf" || wire.wireEnd === "cr" ? 1 : 2;
  return octets(wire.text) + end;
}

/** Octets of a message as RFC 1870 §5 counts them: with CR LF, without stuffed dots and the final dot. */
export function messageOctets(data: MailData): number {
  const stuffed = data.kind === "DATA";
  let count = 0;
  for (const wire of data.lines) count += lineOctets(wire) - (stuffed && wire.text.startsWith("..") ? 1 : 0);
  return count;
}
