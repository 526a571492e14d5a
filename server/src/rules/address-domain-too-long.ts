import { octetLength } from "../text/octets.js";
import { pathsUsed } from "./lib/address.js";
import { exampleSession } from "./lib/example.js";
import { relatedReply, severityByOutcome } from "./support.js";
import type { Rule } from "./types.js";

/** Octets of a domain (RFC 5321 §4.5.3.1.2) and of one of its labels (RFC 1035 §2.3.4). */
const DOMAIN = 255;
const LABEL = 63;

/** A domain or label over the limit. */
export const addressDomainTooLong: Rule = {
  id: "address-domain-too-long",
  severity: "warning",
  party: "client",
  level: "MUST",
  references: [
    { document: "RFC 5321", section: "4.5.3.1.2" },
    { document: "RFC 1035", section: "2.3.4" },
  ],
  topic: "addresses",
  fixable: false,
  title: "A domain over 255 octets, or a label over 63",
  messages: {
    default: "The domain has {length} octets, {limit} are allowed. No such domain can exist in the DNS.",
    label:
      "A part of the domain has {length} octets, {limit} are allowed between two dots. No such domain can exist in the DNS.",
    reply: "The server's answer: {code}.",
  },
  why: "The DNS cannot hold such a name, so the mail has nowhere to go.",
  fix: "Correct the domain; often two addresses or a text were pasted together.",
  wrong: exampleSession([], `C: MAIL FROM:<alice@${"a".repeat(64)}.example>`, "S: 501 5.1.7 Bad sender address syntax"),
  right: exampleSession([], `C: MAIL FROM:<alice@${"a".repeat(63)}.example>`, "S: 250 2.1.0 Ok"),
  check(session, context) {
    for (const { exchange, path } of pathsUsed(session, context)) {
      const { domain, domainFrom } = path;
      if (domain === null || domain.length <= LABEL / 3) continue;
      const whole = octetLength(domain);
      const label = Math.max(...domain.split(".").map(octetLength));
      if (whole <= DOMAIN && label <= LABEL) continue;
      context.report({
        at: { wire: exchange.wire, from: domainFrom, to: domainFrom + domain.length },
        message: whole > DOMAIN ? "default" : "label",
        severity: severityByOutcome(exchange.reply, { accepted: "information", refused: "error", unseen: "warning" }),
        data: whole > DOMAIN ? { length: whole, limit: DOMAIN } : { length: label, limit: LABEL },
        related: relatedReply(exchange.reply, "reply"),
      });
    }
  },
};
