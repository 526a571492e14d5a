import { pathsUsed } from "./lib/address.js";
import { exampleSession } from "./lib/example.js";
import type { Rule } from "./types.js";

/** user%host@relay, or a bang path. */
export const percentHack: Rule = {
  id: "percent-hack",
  severity: "hint",
  party: "client",
  level: "SHOULD",
  references: [{ document: "RFC 5321", section: "3.6.1" }],
  topic: "addresses",
  fixable: false,
  title: "An address that names a second host before “@”",
  messages: {
    default:
      "“%” or “!” before “@” once named a host behind the relay. Servers refuse such addresses, since they are used to relay through strangers.",
  },
  why: "The form is a relic of other networks and a trick of spammers; most servers treat it as a relay attempt.",
  fix: "Write the final address. In a reply to such a probe the server should refuse it.",
  wrong: exampleSession(
    [],
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
    "C: RCPT TO:<bob%example.net@example.com>",
    "S: 554 5.7.1 Relay access denied",
  ),
  right: exampleSession(
    [],
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
    "C: RCPT TO:<bob@example.com>",
    "S: 250 2.1.5 Ok",
  ),
  check(session, context) {
    for (const { exchange, path } of pathsUsed(session, context, "RCPT")) {
      const { localPart, mailboxFrom: from, domain } = path;
      if (domain === null || localPart.startsWith('"')) continue;
      if (!/^[^%!]+%[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$|^[A-Za-z0-9.-]+![^!]+$/.test(localPart)) continue;
      context.report({ at: { wire: exchange.wire, from, to: from + localPart.length } });
    }
  },
};
