import { getDomain } from "tldts";
import { readAddresses } from "./address.js";
import type { AuthResults } from "./authres.js";
import { readAuthResults } from "./authres.js";
import type { BodyHashResult, Signature } from "./dkim.js";
import { checkBodyHash, readSignatures } from "./dkim.js";
import { allFields, firstField } from "./header.js";
import type { Message } from "./tree.js";

/** How two domains agree (RFC 9989, earlier RFC 7489 §3.1): the same, or of one organisation by the public suffix list. */
export type Alignment = "strict" | "relaxed" | "none";

/** Domain of the organisation by the public suffix list; the domain itself where the list says nothing. */
export function organizationalDomain(domain: string): string {
  return getDomain(domain, { allowPrivateDomains: false }) ?? domain.toLowerCase();
}

/** Compares two domains. */
export function alignment(one: string, other: string): Alignment {
  const a = one.toLowerCase().replace(/\.$/, "");
  const b = other.toLowerCase().replace(/\.$/, "");
  if (a === "" || b === "") return "none";
  if (a === b) return "strict";
  return organizationalDomain(a) === organizationalDomain(b) ? "relaxed" : "none";
}

/** What a message says of its own authentication, and what receivers recorded. */
export interface Authentication {
  /** Domain of the first From address. */
  readonly fromDomain: string;
  readonly returnPathDomain: string;
  readonly returnPathAlignment: Alignment;
  readonly signatures: readonly { signature: Signature; alignment: Alignment; bodyHash: BodyHashResult }[];
  /** Authentication-Results from top to bottom; only the topmost one of the own receiver can be trusted (RFC 8601 §5). */
  readonly recorded: readonly AuthResults[];
}

/** Collects the authentication of a message. Hashes the body once a signature. Never throws. */
export function readAuthentication(message: Message): Authentication {
  const header = message.root.header;
  const fromDomain = domainOf(firstField(header, "from")?.value.text ?? "");
  const returnPathDomain = domainOf(firstField(header, "return-path")?.value.text ?? "");
  return {
    fromDomain,
    returnPathDomain,
    returnPathAlignment: alignment(fromDomain, returnPathDomain),
    signatures: readSignatures(message).map((signature) => ({
      signature,
      alignment: alignment(fromDomain, signature.domain),
      bodyHash: checkBodyHash(message, signature.tags),
    })),
    recorded: allFields(header, "authentication-results").map((field) => readAuthResults(field.value)),
  };
}

function domainOf(value: string): string {
  return readAddresses(value).mailboxes[0]?.domain.toLowerCase() ?? "";
}
