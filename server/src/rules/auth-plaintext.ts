import { CLEAR_PASSWORD } from "../protocol/sasl.js";
import { attemptsOf, mechanismColumns } from "./lib/auth.js";
import { exampleSession } from "./lib/example.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** A password that went over the wire without TLS. */
export const authPlaintext: Rule = {
  id: "auth-plaintext",
  severity: "information",
  party: "client",
  level: "SHOULD",
  references: [
    { document: "RFC 4954", section: "4" },
    { document: "RFC 4954", section: "9" },
  ],
  topic: "auth",
  title: "Login with a readable password over an open connection",
  messages: {
    default:
      "AUTH {mechanism} sends the password readable, and this connection is not encrypted. Anyone on the way can log in with it: use STARTTLS or port 465 first.",
    offered: "The server offers STARTTLS here.",
  },
  why: "PLAIN and LOGIN only encode the password in base64, which anyone can undo. RFC 4954 §4 wants them used only under TLS (or another protection).",
  fix: "Start TLS before AUTH (STARTTLS on port 587, or TLS from the start on port 465). Change the password if this was no test.",
  wrong: exampleSession(["AUTH PLAIN"], "C: AUTH PLAIN ****", "S: 235 2.7.0 Authentication successful"),
  right: exampleSession(
    ["AUTH CRAM-MD5"],
    "C: AUTH CRAM-MD5",
    "S: 334 PDEyMzRAbXguZXhhbXBsZS5jb20+",
    "C: ****",
    "S: 235 2.7.0 Authentication successful",
  ),
  about: "auth",
  fixable: false,
  check(session: Session, context: RuleContext): void {
    // Port 465 is TLS from the first octet (RFC 8314 §3.3), also where the tool's own lines about it were cut off.
    if (session.tls === "implicit" || session.remote?.port === 465) return;
    for (const attempt of attemptsOf(session, context)) {
      const { exchange, mechanism } = attempt;
      const { wire } = exchange;
      if (!wire || wire.tls || mechanism === null || !CLEAR_PASSWORD.has(mechanism)) continue;
      if (exchange.before.tls || !sawClear(session, exchange.before.hello !== undefined)) continue;
      // Nothing was sent where the server refused the mechanism before asking for the password.
      if (attempt.responses.length === 0 && exchange.command?.argument.trim().toUpperCase() === mechanism) continue;
      const starttls = exchange.before.extensions?.get("STARTTLS");
      const at = mechanismColumns(exchange);
      context.report({
        at: at ? { wire, ...at } : { wire },
        data: { mechanism },
        related: starttls ? [{ at: { wire: starttls.line.wire }, message: "offered" }] : [],
      });
    }
  },
};

/** A paste that begins behind the handshake (openssl s_client) does not show whether the connection is encrypted. */
function sawClear(session: Session, hello: boolean): boolean {
  return session.greeting !== undefined && hello;
}
