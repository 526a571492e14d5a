import { commandsWith, isPositive } from "./support.js";
import type { Rule } from "./types.js";

const HEAD = "=== Trying lmtp.example.com:";

function example(port: number): string {
  return [
    `${HEAD}${port}...`,
    "=== Connected to lmtp.example.com.",
    "<-  220 lmtp.example.com LMTP",
    " -> LHLO client.example.org",
    "<-  250 lmtp.example.com",
    " -> QUIT",
    "<-  221 2.0.0 Bye",
    "=== Connection closed with remote host.",
    "",
  ].join("\n");
}

/** LMTP on port 25. */
export const lhloOnPort25: Rule = {
  id: "lhlo-on-port-25",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 2033", section: "5" }],
  topic: "lmtp",
  fixable: false,
  title: "LMTP on port 25",
  messages: {
    default: "LMTP must not be used on port 25. Use the port of the LMTP service, often 24, or a local socket.",
  },
  why: "Port 25 is for SMTP. A client that mixes them up reads the wrong number of replies, and mail is lost or doubled.",
  fix: "Correct port or protocol of the client. Give the LMTP service a port of its own.",
  wrong: example(25),
  right: example(24),
  check(session, context) {
    if (session.remote?.port !== 25) return;
    const [first] = commandsWith(session, "LHLO");
    if (!first) return;
    const { verbFrom, verbTo } = first.command;
    const severity = isPositive(first.reply) ? "warning" : "error";
    context.report({ at: { wire: first.wire, from: verbFrom, to: verbTo }, severity });
  },
};
