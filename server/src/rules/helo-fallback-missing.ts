import { transcriptOf } from "./lib/example.js";
import { commandsWith, relatedReply } from "./support.js";
import type { Rule } from "./types.js";

/** EHLO is not known, and the client gives up. */
export const heloFallbackMissing: Rule = {
  id: "helo-fallback-missing",
  severity: "hint",
  party: "client",
  level: "SHOULD",
  references: [{ document: "RFC 5321", section: "3.2" }],
  topic: "opening",
  about: "refusal",
  fixable: false,
  title: "EHLO refused as unknown, and HELO not tried",
  messages: {
    default: "The server does not know EHLO, and the client gives up. HELO should be tried next.",
    reply: "The server's answer: {code}.",
  },
  why: "Very old servers and some filters know only HELO. Mail to them needs the fallback.",
  fix: "Let the client send HELO after 500 or 502 to EHLO. If the server is modern, look for a firewall that rewrites SMTP.",
  wrong: transcriptOf(
    "S: 220 mx.example.com SMTP",
    "C: EHLO client.example.org",
    "S: 502 Command not implemented",
    "C: QUIT",
    "S: 221 Bye",
  ),
  right: transcriptOf(
    "S: 220 mx.example.com SMTP",
    "C: EHLO client.example.org",
    "S: 502 Command not implemented",
    "C: HELO client.example.org",
    "S: 250 mx.example.com",
  ),
  check(session, context) {
    const hellos = commandsWith(session, "EHLO");
    const last = hellos[hellos.length - 1];
    const code = last?.reply?.code;
    if (!last || (code !== 500 && code !== 502) || context.isConsequence(last)) return;
    const next = session.exchanges.find(({ order, kind }) => order > last.order && kind === "command");
    if (next?.verb !== "QUIT" || session.exchanges.some(({ verb }) => verb === "HELO" || verb === "LHLO")) return;
    context.report({ at: { wire: last.wire }, related: relatedReply(last.reply, "reply") });
  },
};
