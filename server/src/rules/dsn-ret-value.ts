import { exampleSession } from "./lib/example.js";
import { parametersUsed, withValue } from "./lib/parameters.js";
import { relatedReply, severityByOutcome, shorten } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

const MEANT: ReadonlyMap<string, string> = new Map([
  ["HEADERS", "HDRS"],
  ["HEADER", "HDRS"],
  ["HDR", "HDRS"],
  ["ALL", "FULL"],
]);

/** RET with a word that does not exist. */
export const dsnRetValue: Rule = {
  id: "dsn-ret-value",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 3461", section: "4.3" }],
  topic: "parameters",
  title: "RET has a word that does not exist",
  messages: {
    default: "RET takes FULL or HDRS, not {value}. The server refuses the sender with 501: use one of the two.",
    empty:
      "RET takes FULL or HDRS, and here it has no value. The server refuses the sender with 501: use one of the two.",
    reply: "The server's answer: {code}",
    fix: "Write RET={value}",
  },
  why: "RET says whether a report of failure brings the whole message back or its header section (RFC 3461 §4.3); no other word exists.",
  fix: "RET=HDRS for the header section, RET=FULL for the whole message.",
  wrong: exampleSession(
    ["DSN"],
    "C: MAIL FROM:<alice@example.org> RET=HEADERS",
    "S: 501 5.5.4 Error: Bad RET parameter syntax",
  ),
  right: exampleSession(["DSN"], "C: MAIL FROM:<alice@example.org> RET=HDRS", "S: 250 2.1.0 Ok"),
  about: "parameters",
  fixable: true,
  check(session: Session, context: RuleContext): void {
    for (const used of parametersUsed(session, context, ["MAIL"], "RET")) {
      const { exchange, parameter } = used;
      const value = (parameter.value ?? "").toUpperCase();
      if (value === "FULL" || value === "HDRS") continue;
      const meant = MEANT.get(value);
      context.report({
        at: { wire: exchange.wire, from: parameter.from, to: parameter.to },
        message: value === "" ? "empty" : "default",
        data: { value: shorten(value, 30) },
        severity: severityByOutcome(exchange.reply, { accepted: "warning", refused: "error", unseen: "error" }),
        related: relatedReply(exchange.reply, "reply"),
        fix: meant
          ? { title: "fix", data: { value: meant }, kind: "spelling", edits: withValue(used, meant) }
          : undefined,
      });
    }
  },
};
