import { commandsWith } from "./support.js";
import type { Rule } from "./types.js";

const HEAD = [
  "=== Trying mx.example.com:25...",
  "=== Connected to mx.example.com.",
  "<-  220 mx.example.com ESMTP",
  " -> EHLO client.example.org",
  "<-  250 mx.example.com",
  " -> QUIT",
];

/** The client closes before the 221. */
export const clientCloseBeforeReply: Rule = {
  id: "client-close-before-reply",
  severity: "hint",
  party: "client",
  level: "SHOULD",
  references: [{ document: "RFC 5321", section: "4.1.1.10" }],
  topic: "order",
  fixable: false,
  title: "The client closes before QUIT is answered",
  messages: {
    default: "The client closes without waiting for the 221. Bulk senders do that to save time; nothing is lost.",
  },
  why: "The server may log an error, since its 221 cannot be sent any more.",
  fix: "Wait for the 221 before closing.",
  wrong: [...HEAD, "=== Dropping connection", ""].join("\n"),
  right: [...HEAD, "<-  221 2.0.0 Bye", "=== Connection closed with remote host.", ""].join("\n"),
  check(session, context) {
    if (!session.traits.closeShown || session.traits.sides !== "both") return;
    const quit = commandsWith(session, "QUIT").find(({ reply }) => reply === undefined);
    if (!quit) return;
    const close = session.items.find(
      (item) => item.kind === "note" && item.wire.note?.kind === "close" && item.wire.note.by === "client",
    );
    if (close?.kind === "note" && close.wire.start > quit.wire.start) context.report({ at: { wire: quit.wire } });
  },
};
