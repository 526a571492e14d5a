import { transcriptOf } from "./lib/example.js";
import { listsOf } from "./lib/lists.js";
import type { Rule, Session } from "./types.js";

const END = ["C: QUIT", "S: 221 2.0.0 Bye"];
const CLEAR = ["S: 220 mx.example.com ESMTP", "C: EHLO client.example.org"];

/** REQUIRETLS offered before TLS. */
export const requiretlsAdvertisedClear: Rule = {
  id: "requiretls-advertised-clear",
  severity: "warning",
  party: "server",
  level: "MUST",
  references: [{ document: "RFC 8689", section: "2" }],
  topic: "starttls",
  title: "REQUIRETLS is offered on an open connection",
  messages: {
    default:
      "REQUIRETLS is listed although this connection is not encrypted. It means nothing in clear text and may mislead clients: list it after STARTTLS only.",
  },
  why: "The extension may only be announced over TLS (RFC 8689 §2); in clear text anyone on the way could add or remove it.",
  fix: "Server: list REQUIRETLS only in the EHLO reply that follows the handshake.",
  wrong: transcriptOf(...CLEAR, "S: 250-mx.example.com", "S: 250 REQUIRETLS", ...END),
  right: transcriptOf(
    ...CLEAR,
    "S: 250-mx.example.com",
    "S: 250 STARTTLS",
    "C: STARTTLS",
    "S: 220 2.0.0 Ready to start TLS",
    "C: EHLO client.example.org",
    "S: 250-mx.example.com",
    "S: 250 REQUIRETLS",
    ...END,
  ),
  fixable: false,
  check(session: Session, context): void {
    // A paste that begins behind the handshake does not show it.
    if (session.tls === "implicit" || !session.greeting) return;
    for (const { extensions, tls } of listsOf(session)) {
      const keyword = extensions.get("REQUIRETLS");
      if (keyword && !tls && !keyword.line.wire.tls) context.report({ at: { wire: keyword.line.wire } });
    }
  },
};
