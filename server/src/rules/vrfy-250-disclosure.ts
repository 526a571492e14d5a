import { exampleSession } from "./lib/example.js";
import { lookupCommands, replyWire } from "./support.js";
import type { Rule } from "./types.js";

/** VRFY or EXPN tells who exists. */
export const vrfy250Disclosure: Rule = {
  id: "vrfy-250-disclosure",
  severity: "hint",
  party: "server",
  level: "practice",
  references: [
    { document: "RFC 5321", section: "3.5.3" },
    { document: "RFC 5321", section: "7.3" },
  ],
  topic: "replies",
  fixable: false,
  title: "VRFY or EXPN tells who exists",
  messages: {
    default: "{verb} confirms an address to anyone who asks. On a public server 252 is the usual answer.",
  },
  why: "Spammers collect addresses this way. Most sites switch VRFY and EXPN off.",
  fix: "Answer 252 to VRFY and 502 or 550 to EXPN (Postfix: disable_vrfy_command = yes; sendmail: PrivacyOptions goaway).",
  wrong: exampleSession([], "C: VRFY bob", "S: 250 2.1.5 Bob <bob@example.com>"),
  right: exampleSession([], "C: VRFY bob", "S: 252 2.0.0 Send the mail and see"),
  check(session, context) {
    for (const exchange of lookupCommands(session)) {
      const wire = exchange.reply?.code === 250 ? replyWire(exchange.reply) : undefined;
      if (wire && !exchange.before.authenticated) context.report({ at: { wire }, data: { verb: exchange.verb } });
    }
  },
};
