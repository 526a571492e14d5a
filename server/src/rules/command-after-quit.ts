import { transcriptOf } from "./lib/example.js";
import { isShownCommand, replyWire } from "./support.js";
import type { Exchange, Rule, Session } from "./types.js";

/** Commands behind QUIT. */
export const commandAfterQuit: Rule = {
  id: "command-after-quit",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [
    { document: "RFC 5321", section: "4.1.1.10" },
    { document: "RFC 5321", section: "4.1.4" },
  ],
  topic: "order",
  fixable: false,
  title: "A command after QUIT",
  messages: {
    default:
      "{verb} follows QUIT: the session is over and nobody acts on it. Send QUIT last, or open a new connection.",
    quit: "QUIT ended the session here.",
    more: "Also sent after QUIT.",
    reply: "Still answered with {code}.",
  },
  why: "After QUIT the server says 221 and closes. What comes later is lost, and a message sent then is not delivered.",
  fix: "Send QUIT as the very last command, and open a new connection for more mail.",
  wrong: transcriptOf(
    "S: 220 mx.example.com ESMTP",
    "C: EHLO client.example.org",
    "S: 250 mx.example.com",
    "C: QUIT",
    "S: 221 2.0.0 Bye",
    "C: MAIL FROM:<alice@example.org>",
  ),
  right: transcriptOf(
    "S: 220 mx.example.com ESMTP",
    "C: EHLO client.example.org",
    "S: 250 mx.example.com",
    "C: QUIT",
    "S: 221 2.0.0 Bye",
  ),
  check(session, context) {
    const { exchanges } = session;
    const at = exchanges.findIndex((exchange) => exchange.verb === "QUIT" && exchange.kind === "command");
    const quit = exchanges[at];
    if (!quit || (quit.reply && quit.reply.code !== 221)) return;
    const later = exchanges
      .slice(at + 1)
      .filter(isShownCommand)
      .filter((exchange) => exchange.verb !== "QUIT" && exchange.verb !== "");
    const [first, ...others] = later;
    if (!first || !wasSent(session, quit, first, later)) return;
    context.report({
      at: { wire: first.wire },
      data: { verb: first.verb },
      related: [
        ...(quit.wire ? [{ at: { wire: quit.wire }, message: "quit" }] : []),
        ...later.slice(0, 10).flatMap(({ reply }) => {
          const wire = reply && replyWire(reply);
          return wire ? [{ at: { wire }, message: "reply", data: { code: reply.code ?? "?" } }] : [];
        }),
        ...others.slice(0, 10).map(({ wire }) => ({ at: { wire }, message: "more" })),
      ],
    });
  },
};

/** What is typed at a terminal behind the close never left it. An answer proves that the line was sent. */
function wasSent(session: Session, quit: Exchange, first: Exchange, later: readonly Exchange[]): boolean {
  if (later.some(({ reply }) => reply !== undefined)) return true;
  if (session.traits.order === "loose" || session.traits.sides !== "both") return false;
  return !session.items.some(
    (item, order) =>
      item.kind === "note" && item.wire.note?.kind === "close" && order > quit.order && order < first.order,
  );
}
