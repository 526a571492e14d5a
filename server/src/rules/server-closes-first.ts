import type { Rule } from "./types.js";

const HEAD = [
  "=== Trying mx.example.com:25...",
  "=== Connected to mx.example.com.",
  "<-  220 mx.example.com ESMTP",
  " -> EHLO client.example.org",
];

/** The server closes without QUIT or 421. */
export const serverClosesFirst: Rule = {
  id: "server-closes-first",
  severity: "information",
  party: "server",
  level: "MUST",
  references: [
    { document: "RFC 5321", section: "4.1.1.10" },
    { document: "RFC 5321", section: "3.8" },
  ],
  topic: "order",
  fixable: false,
  title: "The server closes without QUIT and without 421",
  messages: {
    default:
      "The server closes the connection unasked. It should say 421 first; look in its log for a crash, a policy or a time-out.",
    close: "The connection ends here.",
  },
  why: "A client cannot tell a refusal from a crash, and tries again. Many servers drop unwanted clients this way on purpose.",
  fix: "Server: answer 421 before closing. Client: take the last reply for the answer, and try again later.",
  wrong: [...HEAD, "*** Remote host closed connection unexpectedly.", ""].join("\n"),
  right: [
    ...HEAD,
    "<** 421 4.3.2 Shutting down",
    " -> QUIT",
    "*** Remote host closed connection unexpectedly.",
    "",
  ].join("\n"),
  check(session, context) {
    if (session.closedBy !== "server") return;
    if (session.exchanges.some(({ verb }) => verb === "QUIT")) return;
    // 421 and 521 announce the close, a refusal in the greeting allows it (RFC 7504 §3).
    if (session.replies.some(({ code }) => code === 421 || code === 521)) return;
    if (session.greeting && session.greeting.code !== 220) return;
    const close = session.items.find(
      (item) => item.kind === "note" && item.wire.note?.kind === "close" && item.wire.note.by === "server",
    );
    if (close?.kind !== "note") return;
    // The line to change is the one that should have said 421.
    const last = session.replies[session.replies.length - 1];
    const wire = last?.lines[last.lines.length - 1]?.wire ?? close.wire;
    context.report({ at: { wire }, related: [{ at: { wire: close.wire }, message: "close" }] });
  },
};
