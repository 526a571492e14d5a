import { exampleSession } from "./lib/example.js";
import { replyWire } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** "*" that is not answered 501. */
export const authCancelReply: Rule = {
  id: "auth-cancel-reply",
  severity: "warning",
  party: "server",
  level: "MUST",
  references: [{ document: "RFC 4954", section: "4" }],
  topic: "auth",
  title: "A cancelled login is not answered 501",
  messages: {
    default:
      "The client cancelled the login with *, and the server must answer 501, not {code}. Clients may take this for a wrong password and ask for another one.",
    cancel: "The login was cancelled here.",
  },
  why: "A line with only * gives the login up, and the answer is 501 (RFC 4954 §4). Another code tells the client something that did not happen.",
  fix: "Server: answer 501 to *.",
  elsewhere: "Snort 124:14",
  wrong: exampleSession(
    ["AUTH LOGIN"],
    "C: AUTH LOGIN",
    "S: 334 VXNlcm5hbWU6",
    "C: *",
    "S: 535 5.7.8 Error: authentication failed",
  ),
  right: exampleSession(
    ["AUTH LOGIN"],
    "C: AUTH LOGIN",
    "S: 334 VXNlcm5hbWU6",
    "C: *",
    "S: 501 5.7.0 Authentication aborted",
  ),
  about: "auth",
  fixable: false,
  check(session: Session, context: RuleContext): void {
    for (const { responses } of session.auth) {
      const cancel = responses.find(({ wire }) => wire?.text.trim() === "*");
      const code = cancel?.reply?.code;
      const wire = cancel?.reply && replyWire(cancel.reply);
      // 421 ends the session, whatever was said.
      if (!cancel?.wire || !wire || code == null || code === 501 || code === 421 || context.isConsequence(cancel))
        continue;
      context.report({
        at: { wire, from: 0, to: 3 },
        data: { code },
        severity: code < 400 ? "warning" : "information",
        related: [{ at: { wire: cancel.wire }, message: "cancel" }],
      });
    }
  },
};
