import { attemptsOf, saslOf } from "./lib/auth.js";
import { exampleSession } from "./lib/example.js";
import { isPositive, relatedReply } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** AUTH PLAIN data without its two NULs. */
export const authPlainStructure: Rule = {
  id: "auth-plain-structure",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 4616", section: "2" }],
  topic: "auth",
  title: "Login data of PLAIN without its form",
  messages: {
    default:
      "Decoded, this is not NUL, user name, NUL, password. The server refuses it like a wrong password: encode \\0user\\0password.",
    empty:
      "AUTH PLAIN without any data: no user name and no password were sent. The server refuses it like a wrong password.",
    reply: "The server's answer: {code}",
  },
  why: "PLAIN is one message: an authorization identity (usually empty), NUL, the user name, NUL, the password (RFC 4616 §2). With a colon or a blank in place of the NULs, or only one of them, no server can tell the user from the password.",
  fix: "Build the string with real NUL octets, then encode it: printf '\\0user\\0password' | base64 -w0. An empty user name or password is not allowed.",
  wrong: exampleSession(["AUTH PLAIN"], "C: AUTH PLAIN YWxpY2U6c2VjcmV0", "S: 535 5.7.8 Error: authentication failed"),
  right: exampleSession(["AUTH PLAIN"], "C: AUTH PLAIN AGFsaWNlACoqKioqKioq", "S: 235 2.7.0 Authentication successful"),
  about: "auth",
  fixable: false,
  check(session: Session, context: RuleContext): void {
    if (session.traits.masksCredentials) return;
    for (const attempt of attemptsOf(session, context)) {
      if (attempt.mechanism !== "PLAIN") continue;
      for (const { wire, from, to, exchange, message } of saslOf(attempt)) {
        if (message.problem !== "plain-structure" || isPositive(exchange.reply)) continue;
        // An empty first answer is how "AUTH PLAIN" without data goes on; only the one that was refused counts.
        const empty = /^=?$/.test(wire.text.slice(from, to).trim());
        context.report({
          at: { wire, from, to },
          message: empty ? "empty" : "default",
          related: relatedReply(exchange.reply, "reply"),
        });
        break;
      }
    }
  },
};
