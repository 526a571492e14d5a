import { octetLength } from "../text/octets.js";
import { readsLikeCommand } from "./blame.js";
import { exampleSession } from "./lib/example.js";
import { commandsOf, replyWire } from "./support.js";
import type { Rule } from "./types.js";

const REQUIRED = new Set(["MAIL", "RCPT", "DATA", "RSET", "NOOP", "QUIT"]);

/** A command that every server must have is not there. */
export const requiredVerbMissing: Rule = {
  id: "required-verb-missing",
  severity: "warning",
  party: "server",
  level: "MUST",
  references: [{ document: "RFC 5321", section: "4.5.1" }],
  topic: "replies",
  fixable: false,
  title: "A required command is answered as not implemented",
  messages: {
    default: "Every server must have {verb}, but this one answers {code}. A filter in front of it may be the cause.",
  },
  why: "Clients rely on the minimum set: EHLO, HELO, MAIL, RCPT, DATA, RSET, NOOP, QUIT and VRFY.",
  fix: "Server: enable the command. Look at firewalls and proxies that let only some commands through.",
  wrong: exampleSession([], "C: NOOP", "S: 502 5.5.1 Command not implemented"),
  right: exampleSession([], "C: NOOP", "S: 250 2.0.0 Ok"),
  check(session, context) {
    for (const exchange of commandsOf(session)) {
      const { reply, verb } = exchange;
      if (!REQUIRED.has(verb) || (reply?.code !== 500 && reply?.code !== 502)) continue;
      const malformed =
        exchange.command.verbFrom > 0 || !readsLikeCommand(exchange) || octetLength(exchange.wire.text) > 510;
      if (malformed || /syntax|sequence|long|many|auth|tls|utf-?8|helo|ehlo/i.test(reply.text)) continue;
      if (/[^\u0020-\u007e]|\^H/.test(exchange.wire.text) || context.isConsequence(exchange)) continue;
      const wire = replyWire(reply);
      if (wire) context.report({ at: { wire }, data: { verb, code: reply.code } });
    }
  },
};
