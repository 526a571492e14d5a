import type { ToolNote } from "../dialects/types.js";
import { transcriptOf } from "./lib/example.js";
import { shorten } from "./support.js";
import type { Rule, RuleContext, Session, WireLine } from "./types.js";

/** The tool says that the TLS handshake or the check of the certificate failed. */
export const tlsHandshakeFailed: Rule = {
  id: "tls-handshake-failed",
  severity: "information",
  party: "network",
  level: "practice",
  references: [
    { document: "RFC 3207", section: "4" },
    { document: "RFC 3207", section: "4.1" },
  ],
  topic: "starttls",
  title: "The TLS handshake failed",
  messages: {
    default:
      "TLS could not be started: {text}. Nothing was sent after that; look at the server's certificate and at the TLS versions both sides allow.",
    expired:
      "TLS could not be started: the certificate has expired or is not valid yet. The server's operator must renew it; check the clock of this machine too.",
    name: "TLS could not be started: the certificate is for another name. Connect by the name in the certificate, or have the server's operator add this one.",
    issuer:
      "TLS could not be started: the certificate's issuer is not trusted here. Install the missing intermediate certificate on the server, or the issuer on this machine.",
    version: "TLS could not be started: the two sides have no TLS version or cipher in common. Update the older one.",
    plain:
      "TLS could not be started: the other side does not speak TLS on this port. Ports 25 and 587 begin in clear with STARTTLS, port 465 with TLS.",
  },
  why: "After 220 to STARTTLS only the handshake may follow; when it fails the session is over. The tool's own words name the cause best.",
  fix: "Certificate: renew it, serve the whole chain, use the right name. Versions: allow TLS 1.2 and 1.3 on both sides.",
  wrong: transcriptOf(
    "=== Trying 192.0.2.25:25...",
    "=== Connected to 192.0.2.25.",
    "<-  220 mx.example.com ESMTP",
    " -> EHLO client.example.org",
    "<-  250-mx.example.com",
    "<-  250 STARTTLS",
    " -> STARTTLS",
    "<-  220 2.0.0 Ready to start TLS",
    "*** TLS startup failed (connect(): error:0A000086:SSL routines::certificate verify failed)",
  ),
  right: transcriptOf(
    "=== Trying 192.0.2.25:25...",
    "=== Connected to 192.0.2.25.",
    "<-  220 mx.example.com ESMTP",
    " -> EHLO client.example.org",
    "<-  250-mx.example.com",
    "<-  250 STARTTLS",
    " -> STARTTLS",
    "<-  220 2.0.0 Ready to start TLS",
    "=== TLS started with cipher TLSv1.3:TLS_AES_256_GCM_SHA384:256",
    " ~> EHLO client.example.org",
    "<~  250 mx.example.com",
    " ~> QUIT",
    "<~  221 2.0.0 Bye",
    "=== Connection closed with remote host.",
  ),
  fixable: false,
  check(session: Session, context: RuleContext): void {
    for (const item of session.items) {
      if (item.kind !== "note" || item.wire.note?.kind !== "tls-failed") continue;
      report(item.wire, item.wire.note, context);
      return;
    }
  },
};

function report(wire: WireLine, note: Extract<ToolNote, { kind: "tls-failed" }>, context: RuleContext): void {
  const cause = causeOf(`${note.text} ${wire.text}`);
  context.report({ at: { wire }, message: cause, data: { text: shorten(note.text, 120) } });
}

function causeOf(text: string): string {
  if (/expired|not yet valid/i.test(text)) return "expired";
  if (/host ?name|name mismatch|does not match|subject (?:alternative )?name|CN mismatch/i.test(text)) return "name";
  if (
    /self[- ]signed|unknown (?:ca|issuer|authority)|unable to get (?:local )?issuer|not trusted|verify failed/i.test(
      text,
    )
  )
    return "issuer";
  if (/wrong version number|record layer|plain ?text|http request/i.test(text)) return "plain";
  return /unsupported protocol|no shared cipher|protocol version|handshake failure|no ciphers/i.test(text)
    ? "version"
    : "default";
}
