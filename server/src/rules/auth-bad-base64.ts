import { attemptsOf, saslOf } from "./lib/auth.js";
import { exampleSession } from "./lib/example.js";
import { isPositive, relatedReply } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** A SASL response that is no base64. */
export const authBadBase64: Rule = {
  id: "auth-bad-base64",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [
    { document: "RFC 4954", section: "4" },
    { document: "RFC 4648", section: "4" },
  ],
  topic: "auth",
  title: "Login data that is not base64",
  messages: {
    default:
      "After AUTH the server reads base64, and this is none. It refuses the login with 501: encode user name and password in base64, without blanks or line ends.",
    reply: "The server's answer: {code}",
  },
  why: "Every SASL message travels in base64 (RFC 4954 §4). Text typed as it is, url-safe base64 (with - and _), missing padding or a broken line make the server answer 501 or 535, which looks like a wrong password.",
  fix: "Encode with padding and without line breaks, for example printf '\\0user\\0password' | base64 -w0 for PLAIN.",
  elsewhere: "Snort 124:10; Wireshark smtp.base64_decode",
  wrong: exampleSession(
    ["AUTH LOGIN"],
    "C: AUTH LOGIN",
    "S: 334 VXNlcm5hbWU6",
    "C: alice@example.org",
    "S: 501 5.5.2 Cannot decode base64",
  ),
  right: exampleSession(
    ["AUTH LOGIN"],
    "C: AUTH LOGIN",
    "S: 334 VXNlcm5hbWU6",
    "C: YWxpY2VAZXhhbXBsZS5vcmc=",
    "S: 334 UGFzc3dvcmQ6",
    "C: ****",
    "S: 235 2.7.0 Authentication successful",
  ),
  about: "auth",
  fixable: false,
  check(session: Session, context: RuleContext): void {
    // A tool that prints the exchange decoded or masked shows nothing of what was sent.
    if (session.traits.masksCredentials) return;
    for (const attempt of attemptsOf(session, context)) {
      for (const { wire, from, to, exchange, message } of saslOf(attempt)) {
        // A server that goes on has decoded it: then the tool shows it decoded.
        if (message.problem !== "base64" || !exchange.reply || isPositive(exchange.reply)) continue;
        context.report({ at: { wire, from, to }, related: relatedReply(exchange.reply, "reply") });
        break;
      }
    }
  },
};
