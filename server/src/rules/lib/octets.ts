import { octetLength } from "../../text/octets.js";
import type { WireLine } from "../types.js";
import { endOctets } from "./scan.js";

/** Octets of a message line on the wire, its line end included: CR LF where the dialect shows no other. */
export function lineOctets(wire: WireLine): number {
  return octetLength(wire.text) + endOctets(wire.wireEnd);
}
