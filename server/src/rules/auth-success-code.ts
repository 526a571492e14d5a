import { attemptsOf, authReply } from "./lib/auth.js";
import { exampleSession } from "./lib/example.js";
import { replaceIn, replyWire } from "./support.js";
import type { Fix, Rule, RuleContext, Session } from "./types.js";

/** A successful login that is not answered 235. */
export const authSuccessCode: Rule = {
  id: "auth-success-code",
  severity: "warning",
  party: "server",
  level: "MUST",
  references: [
    { document: "RFC 4954", section: "4" },
    { document: "RFC 4954", section: "6" },
  ],
  topic: "auth",
  title: "Success of a login is not answered 235",
  messages: {
    default:
      "A login that succeeds is answered 235, not {code}. Strict clients do not believe that they are logged in.",
    fix: "Write 235",
  },
  why: "235 is the only code that says that a SASL exchange succeeded (RFC 4954 §4, §6).",
  fix: "Server: answer 235 2.7.0.",
  wrong: exampleSession(["AUTH PLAIN"], "C: AUTH PLAIN ****", "S: 250 2.7.0 Authentication successful"),
  right: exampleSession(["AUTH PLAIN"], "C: AUTH PLAIN ****", "S: 235 2.7.0 Authentication successful"),
  about: "auth",
  fixable: true,
  check(session: Session, context: RuleContext): void {
    if (session.traits.order !== "wire") return;
    for (const attempt of attemptsOf(session, context)) {
      const reply = authReply(attempt);
      const wire = reply && replyWire(reply);
      if (!wire || reply.code === null || reply.code === 235 || reply.code < 200 || reply.code > 299) continue;
      // 334 may stand hidden in between: only words of success prove it.
      if (!/success|authenticated|accepted|logged in|welcome/i.test(reply.text)) continue;
      const changes = reply.lines.map((line) => replaceIn(line.wire, 0, 3, "235"));
      const fix: Fix = { title: "fix", kind: "spelling", edits: changes };
      context.report({ at: { wire, from: 0, to: 3 }, data: { code: reply.code }, fix });
    }
  },
};
