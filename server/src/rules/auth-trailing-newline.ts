import { attemptsOf, saslOf } from "./lib/auth.js";
import { exampleSession } from "./lib/example.js";
import { isPositive, relatedReply } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** User name or password with a line end or blanks around it. */
export const authTrailingNewline: Rule = {
  id: "auth-trailing-newline",
  severity: "error",
  party: "client",
  level: "practice",
  references: [{ document: "RFC 4616", section: "2" }],
  topic: "auth",
  title: "Login data with a line end or a blank in it",
  messages: {
    default:
      "Decoded, the user name or password begins or ends with a blank or a line end, which the server takes as part of it. Encode it without, for example with printf or echo -n.",
    reply: "The server's answer: {code}",
  },
  why: "“echo password | base64” encodes the line end too, and the server compares every octet. The login fails although the password is right.",
  fix: "Use printf '%s' \"$password\" | base64 -w0. In configuration files look for blanks at the end of the line.",
  wrong: exampleSession(
    ["AUTH LOGIN"],
    "C: AUTH LOGIN",
    "S: 334 VXNlcm5hbWU6",
    "C: YWxpY2UK",
    "S: 334 UGFzc3dvcmQ6",
    "C: ****",
    "S: 535 5.7.8 Error: authentication failed",
  ),
  right: exampleSession(
    ["AUTH LOGIN"],
    "C: AUTH LOGIN",
    "S: 334 VXNlcm5hbWU6",
    "C: YWxpY2U=",
    "S: 334 UGFzc3dvcmQ6",
    "C: ****",
    "S: 235 2.7.0 Authentication successful",
  ),
  about: "auth",
  fixable: false,
  check(session: Session, context: RuleContext): void {
    if (session.traits.masksCredentials) return;
    for (const attempt of attemptsOf(session, context)) {
      for (const { wire, from, to, message } of saslOf(attempt)) {
        if (message.problem !== "stray-blanks") continue;
        const last = attempt.responses[attempt.responses.length - 1] ?? attempt.exchange;
        context.report({
          at: { wire, from, to },
          severity: attempt.outcome === "success" || isPositive(last.reply) ? "warning" : "error",
          related: relatedReply(last.reply, "reply"),
        });
        break;
      }
    }
  },
};
