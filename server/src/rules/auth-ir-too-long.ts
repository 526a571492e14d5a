import { octetLength } from "../text/octets.js";
import { attemptsOf, initialResponse } from "./lib/auth.js";
import { exampleSession } from "./lib/example.js";
import { isRefusal, isSyntaxRefusal, relatedReply } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** A command line of RFC 5321 §4.5.3.1.4 without CR LF. */
const LIMIT = 510;

/** An AUTH command with an initial response beyond the limit of a command line. */
export const authIrTooLong: Rule = {
  id: "auth-ir-too-long",
  severity: "hint",
  party: "client",
  level: "MUST",
  references: [
    { document: "RFC 4954", section: "4" },
    { document: "RFC 4954", section: "4.1" },
  ],
  topic: "auth",
  title: "The AUTH line is longer than a command line",
  messages: {
    default:
      "This AUTH line has {count} octets, more than the 512 of a command line. Most servers take it; where one does not, send AUTH {mechanism} alone and the data after 334.",
    reply: "The server's answer: {code}",
  },
  why: "An initial response must fit into a command line (RFC 4954 §4). Tokens of OAuth and Kerberos never do, and the big providers document it in this form.",
  fix: "Send the mechanism alone; the answer to 334 may have 12288 octets.",
  wrong: exampleSession(
    ["AUTH XOAUTH2"],
    `C: AUTH XOAUTH2 ${"dXNlcj1hbGljZQFhdXRoPUJlYXJlciAqKioq".repeat(16)}`,
    "S: 235 2.7.0 Authentication successful",
  ),
  right: exampleSession(
    ["AUTH XOAUTH2"],
    "C: AUTH XOAUTH2",
    "S: 334 ",
    "C: ****",
    "S: 235 2.7.0 Authentication successful",
  ),
  about: "auth",
  fixable: false,
  check(session: Session, context: RuleContext): void {
    for (const { exchange, mechanism } of attemptsOf(session, context)) {
      const initial = initialResponse(exchange);
      if (!initial || !exchange.wire || exchange.wire.text.length <= LIMIT) continue;
      const refusedForLength =
        exchange.reply?.code === 500 || (isSyntaxRefusal(exchange.reply) && isRefusal(exchange.reply));
      context.report({
        at: { wire: exchange.wire, from: 0, to: initial.from },
        data: { count: octetLength(exchange.wire.text) + 2, mechanism: mechanism ?? "" },
        severity: refusedForLength ? "error" : "hint",
        related: relatedReply(exchange.reply, "reply"),
      });
    }
  },
};
