import { decodeBase64 } from "../protocol/base64.js";
import { isMask } from "../protocol/sasl.js";
import { attemptsOf } from "./lib/auth.js";
import { exampleSession } from "./lib/example.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** The text behind 334 is no base64. */
export const authBadChallenge: Rule = {
  id: "auth-bad-challenge",
  severity: "warning",
  party: "server",
  level: "MUST",
  references: [{ document: "RFC 4954", section: "4" }],
  topic: "auth",
  title: "The server's challenge is not base64",
  messages: {
    default:
      "What follows 334 must be base64, and this is none. Strict clients stop the login here: the server must encode its challenge.",
  },
  why: "Challenges travel in base64 (RFC 4954 §4). A client that decodes “Username:” as it stands gets nonsense or an error.",
  fix: "Server: send 334 VXNlcm5hbWU6 and 334 UGFzc3dvcmQ6 for LOGIN.",
  wrong: exampleSession(
    ["AUTH LOGIN"],
    "C: AUTH LOGIN",
    "S: 334 Username:",
    "C: YWxpY2U=",
    "S: 334 Password:",
    "C: ****",
    "S: 235 2.7.0 Authentication successful",
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
    // Tools that print the exchange decoded change both directions.
    if (session.traits.masksCredentials || !session.traits.repliesWhole) return;
    for (const attempt of attemptsOf(session, context)) {
      for (const { reply } of [attempt.exchange, ...attempt.responses]) {
        const line = reply?.code === 334 ? reply.lines[0] : undefined;
        const text = line?.text.trim() ?? "";
        // "334 NTLM supported" is how Exchange answers AUTH NTLM ([MS-SMTPNTLM]).
        if (!line || text === "" || isMask(text) || /^NTLM supported$/i.test(text)) continue;
        if (line.wire.masked || decodeBase64(text).ok) continue;
        context.report({ at: { wire: line.wire, from: line.textFrom } });
        break;
      }
    }
  },
};
