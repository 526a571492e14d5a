import type { Rule } from "./types.js";

const HEAD = [
  "=== Trying mx.example.com:25...",
  "=== Connected to mx.example.com.",
  "<-  220 mx.example.com ESMTP",
  " -> EHLO client.example.org",
  "<-  250 mx.example.com",
];

/** The client closes without QUIT. */
export const noQuit: Rule = {
  id: "no-quit",
  severity: "hint",
  party: "client",
  level: "MUST",
  references: [
    { document: "RFC 5321", section: "4.1.1.10" },
    { document: "RFC 5321", section: "4.1.4" },
  ],
  topic: "order",
  fixable: false,
  title: "The client closes without QUIT",
  messages: {
    default:
      "The client closes the connection without QUIT. Nothing is lost once the message was answered, but servers log an error.",
  },
  why: "QUIT tells the server that all went as meant. Without it some servers count the client as broken.",
  fix: "Send QUIT and read its 221 before closing.",
  wrong: [...HEAD, "=== Dropping connection", ""].join("\n"),
  right: [...HEAD, " -> QUIT", "<-  221 2.0.0 Bye", "=== Connection closed with remote host.", ""].join("\n"),
  check(session, context) {
    if (session.closedBy !== "client" || !session.traits.closeShown) return;
    if (session.exchanges.some(({ verb }) => verb === "QUIT") || session.replies.some(({ code }) => code === 421))
      return;
    const close = session.items.find((item) => item.kind === "note" && item.wire.note?.kind === "close");
    if (close?.kind === "note") context.report({ at: { wire: close.wire } });
  },
};
