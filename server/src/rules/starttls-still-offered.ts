import { exampleSession } from "./lib/example.js";
import { listsOf } from "./lib/lists.js";
import type { Rule, Session } from "./types.js";

/** STARTTLS listed under TLS. */
export const starttlsStillOffered: Rule = {
  id: "starttls-still-offered",
  severity: "warning",
  party: "server",
  level: "MUST",
  references: [{ document: "RFC 3207", section: "4.2" }],
  topic: "starttls",
  title: "STARTTLS is offered on an encrypted connection",
  messages: {
    default:
      "The server lists STARTTLS although TLS is active. A client that believes it gets an error: the server must leave the keyword out here.",
  },
  why: "After the handshake the server must not offer STARTTLS (RFC 3207 §4.2). If it does, the EHLO may have been answered from outside the encrypted session.",
  fix: "Server: build the list by the state of the connection. Behind a TLS proxy, tell the server that the connection is encrypted.",
  wrong: exampleSession(
    ["STARTTLS"],
    "C: STARTTLS",
    "S: 220 2.0.0 Ready to start TLS",
    "C: EHLO client.example.org",
    "S: 250-mx.example.com",
    "S: 250 STARTTLS",
  ),
  right: exampleSession(
    ["STARTTLS"],
    "C: STARTTLS",
    "S: 220 2.0.0 Ready to start TLS",
    "C: EHLO client.example.org",
    "S: 250-mx.example.com",
    "S: 250 AUTH PLAIN",
  ),
  fixable: false,
  check(session: Session, context): void {
    for (const { extensions, tls } of listsOf(session)) {
      const keyword = extensions.get("STARTTLS");
      // Only what came behind a 220 to STARTTLS is certainly under TLS; a failed handshake leaves the connection in clear.
      if (!keyword || !tls || (session.tls !== "started" && session.tls !== "implicit")) continue;
      context.report({ at: { wire: keyword.line.wire } });
    }
  },
};
