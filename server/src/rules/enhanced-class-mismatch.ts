import { exampleSession } from "./lib/example.js";
import { fixIn } from "./support.js";
import type { Rule } from "./types.js";

/** The class of the enhanced status code contradicts the reply code. */
export const enhancedClassMismatch: Rule = {
  id: "enhanced-class-mismatch",
  severity: "warning",
  party: "server",
  level: "MUST",
  references: [{ document: "RFC 2034", section: "4" }],
  topic: "replies",
  fixable: true,
  title: "The enhanced status code contradicts the reply code",
  messages: {
    success:
      "{enhanced} is a success, but the reply code {code} says otherwise. Both must have the same first digit; clients act on {code}.",
    temporary:
      "{enhanced} is a temporary failure, but the reply code {code} says otherwise. Both must have the same first digit; clients act on {code}.",
    default:
      "{enhanced} is a permanent failure, but the reply code {code} says otherwise. Both must have the same first digit; clients act on {code}.",
    fix: "Change {enhanced} to {corrected}",
  },
  why: "One number says permanent, the other temporary: people and bounce handlers that read the enhanced code draw the wrong conclusion.",
  fix: "Correct the text that the server, filter or policy service answers with, so that both numbers begin with the same digit.",
  wrong: exampleSession(["ENHANCEDSTATUSCODES"], "C: MAIL FROM:<alice@example.org>", "S: 550 4.7.1 Sender refused"),
  right: exampleSession(["ENHANCEDSTATUSCODES"], "C: MAIL FROM:<alice@example.org>", "S: 550 5.7.1 Sender refused"),
  check(session, context) {
    for (const reply of session.replies) {
      const verb = reply.exchange?.verb;
      if (!reply.enhanced || reply.exchange?.kind === "greeting" || verb === "EHLO" || verb === "LHLO") continue;
      if (context.isConsequence(reply)) continue;
      for (const { enhanced, code, wire } of reply.lines) {
        const first = code === null ? 0 : Math.floor(code / 100);
        if (!enhanced || enhanced.class === first || !isClass(first) || !isClass(enhanced.class)) continue;
        const data = {
          enhanced: enhanced.value,
          code: code ?? "",
          corrected: `${first}${enhanced.value.slice(1)}`,
        };
        context.report({
          at: { wire, from: enhanced.from, to: enhanced.to },
          message: MESSAGE[enhanced.class] ?? "default",
          data,
          fix: fixIn(context, wire, "fix", [[enhanced.from, enhanced.from + 1, String(first)]], data),
        });
        break;
      }
    }
  },
};

/** Key of the message by the class of the enhanced code. */
const MESSAGE: Readonly<Record<number, string>> = { 2: "success", 4: "temporary" };

function isClass(digit: number): boolean {
  return digit === 2 || digit === 4 || digit === 5;
}
