import { expectedReplies, replyEntry } from "../reference/index.js";
import { exampleSession } from "./lib/example.js";
import { replyWire } from "./support.js";
import type { Exchange, Rule } from "./types.js";

/** Codes that may answer anything: RFC 5321 §4.3.2, RFC 4954 §6, and 503 after a refusal greeting (§3.1). */
const ALWAYS = new Set([421, 500, 501, 502, 503, 504, 530, 538, 554, 555]);

/** A known code that is not listed for this command. */
export const replyUnexpectedCode: Rule = {
  id: "reply-unexpected-code",
  severity: "hint",
  party: "server",
  level: "SHOULD",
  references: [{ document: "RFC 5321", section: "4.3.2" }],
  topic: "replies",
  fixable: false,
  title: "A reply code that is not listed for this command",
  messages: {
    default:
      "{code} is not among the codes listed for {verb}. Clients go by the first digit, so it works all the same.",
    greeting:
      "{code} is not among the codes listed for a greeting. Clients go by the first digit, so it works all the same.",
    message:
      "{code} is not among the codes listed for the end of a message. Clients go by the first digit, so it works all the same.",
    login: "{code} is not among the codes listed for a login. Clients go by the first digit, so it works all the same.",
  },
  why: "RFC 5321 lists the codes of each command. Others are allowed to mean the same by their first digit, but surprise those who look closer.",
  fix: "Server: answer with a listed code. Client: nothing to do.",
  elsewhere: "Zeek: smtp_unexpected “unexpected reply”.",
  wrong: exampleSession([], "C: NOOP", "S: 252 Whatever"),
  right: exampleSession([], "C: NOOP", "S: 250 2.0.0 Ok"),
  check(session, context) {
    if (!session.traits.repliesWhole || session.traits.sides !== "both") return;
    for (const exchange of session.exchanges) {
      const name = nameOf(exchange);
      const code = exchange.reply?.code;
      if (!name || exchange.inferred || code === undefined || code === null || ALWAYS.has(code)) continue;
      const expected = expectedReplies(name);
      if (!expected || !replyEntry(code) || context.isConsequence(exchange)) continue;
      const known = [...expected.intermediate, ...expected.success, ...expected.error, ...expected.seen];
      const wire = exchange.reply && replyWire(exchange.reply);
      if (known.includes(code) || !wire) continue;
      // Two rules of their own.
      if (name === "QUIT" || name === "RSET") continue;
      context.report({ at: { wire, from: 0, to: 3 }, message: MESSAGE[name] ?? "default", data: { code, verb: name } });
    }
  },
};

/** Keys of the messages about replies that answer no command. */
const MESSAGE: Readonly<Record<string, string>> = {
  CONNECT: "greeting",
  "DATA-END": "message",
  "AUTH-RESPONSE": "login",
};

function nameOf(exchange: Exchange): string | undefined {
  if (exchange.kind === "greeting") return "CONNECT";
  if (exchange.kind === "end-of-data") return "DATA-END";
  if (exchange.kind === "auth-response") return "AUTH-RESPONSE";
  return exchange.kind === "command" ? exchange.verb : undefined;
}
