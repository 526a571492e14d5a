import { binaryString, decodeBase64 } from "../protocol/base64.js";
import { attemptsOf } from "./lib/auth.js";
import { exampleSession } from "./lib/example.js";
import { shorten } from "./support.js";
import type { Reply, Rule, RuleContext, Session } from "./types.js";

/** The server explains in JSON why it does not take the token. */
export const authOauthDummy: Rule = {
  id: "auth-oauth-dummy",
  severity: "hint",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 7628", section: "3.2.3" }],
  topic: "auth",
  title: "The server does not take the access token",
  messages: {
    default:
      "This challenge is the server's error: status {status}{scope}. Get a new token; the client must still answer (AQ== for OAUTHBEARER, an empty line for XOAUTH2) to get the final 535.",
    unanswered:
      "This challenge is the server's error: status {status}{scope}, and the client did not answer it. Get a new token, and send AQ== (XOAUTH2: an empty line) to end the exchange.",
  },
  why: "When a token is refused, the server sends the reason as JSON in base64 behind 334 and waits for a dummy answer before it says 535 (RFC 7628 §3.2.3). Status 400 or 401 mostly means an expired token or a missing scope.",
  fix: "Renew the token with the scope that the server names (for Gmail https://mail.google.com/).",
  wrong: exampleSession(
    ["AUTH OAUTHBEARER"],
    "C: AUTH OAUTHBEARER ****",
    "S: 334 eyJzdGF0dXMiOiI0MDEiLCJzY2hlbWVzIjoiYmVhcmVyIn0=",
    "C: AQ==",
    "S: 535 5.7.8 Error: authentication failed",
  ),
  right: exampleSession(["AUTH OAUTHBEARER"], "C: AUTH OAUTHBEARER ****", "S: 235 2.7.0 Authentication successful"),
  about: "auth",
  fixable: false,
  check(session: Session, context: RuleContext): void {
    for (const { exchange, responses, mechanism } of attemptsOf(session, context)) {
      if (mechanism !== "XOAUTH2" && mechanism !== "OAUTHBEARER") continue;
      for (const [k, step] of [exchange, ...responses].entries()) {
        const status = step.reply && statusIn(step.reply);
        const line = step.reply?.lines[0];
        if (!status || !line) continue;
        context.report({
          at: { wire: line.wire },
          message: k < responses.length ? "default" : "unanswered",
          data: status,
        });
        break;
      }
    }
  },
};

/** Status and scope of the JSON error behind 334; undefined where there is none. */
function statusIn(reply: Reply): { status: string; scope: string } | undefined {
  if (reply.code !== 334) return undefined;
  const decoded = decodeBase64(reply.lines[0]?.text.trim() ?? "");
  if (!decoded.ok) return undefined;
  const json = binaryString(decoded.bytes);
  const status = /"status"\s*:\s*"?([\w-]{1,40})"?/.exec(json)?.[1];
  const scope = /"scope"\s*:\s*"([^"]{1,120})"/.exec(json)?.[1];
  return status === undefined ? undefined : { status, scope: scope ? `, scope ${shorten(scope, 80)}` : "" };
}
