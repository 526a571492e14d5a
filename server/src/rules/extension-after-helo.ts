import { exampleSession, transcriptOf } from "./lib/example.js";
import { commandsOf, isPositive, isRefusal, relatedReply } from "./support.js";
import type { Rule } from "./types.js";
import { EXTENSION_VERBS } from "./verbs.js";

/** A command of an extension after HELO. */
export const extensionAfterHelo: Rule = {
  id: "extension-after-helo",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [
    { document: "RFC 5321", section: "2.2" },
    { document: "RFC 4954", section: "3" },
    { document: "RFC 3030", section: "2" },
  ],
  topic: "opening",
  fixable: false,
  title: "A command of an extension after HELO",
  messages: {
    default:
      "{verb} is an extension, and extensions exist only after EHLO. Open the session with EHLO instead of HELO.",
    helo: "The session was opened with HELO here.",
    reply: "The server's answer: {code}.",
  },
  why: "HELO opens the plain protocol of 1982. Servers refuse AUTH, STARTTLS and BDAT then with 503 or 502, though they would work after EHLO.",
  fix: "Change HELO to EHLO in the client, read the list in the reply, and use what it offers.",
  elsewhere:
    "Postfix: “503 5.5.1 Error: authentication not enabled”. Exim: “503 AUTH command used when not advertised”.",
  wrong: transcriptOf(
    "S: 220 mx.example.com ESMTP",
    "C: HELO client.example.org",
    "S: 250 mx.example.com",
    "C: STARTTLS",
    "S: 502 5.5.1 Not available",
  ),
  right: exampleSession(["STARTTLS"]),
  check(session, context) {
    const seen = new Set<string>();
    for (const exchange of commandsOf(session)) {
      const { hello, extensions } = exchange.before;
      if (!EXTENSION_VERBS.has(exchange.verb) || hello?.verb !== "HELO" || extensions) continue;
      if (seen.has(exchange.verb) || context.isConsequence(exchange)) continue;
      seen.add(exchange.verb);
      context.report({
        at: { wire: exchange.wire, from: exchange.command.verbFrom, to: exchange.command.verbTo },
        severity: isPositive(exchange.reply) ? "hint" : isRefusal(exchange.reply) ? "error" : "warning",
        data: { verb: exchange.verb },
        related: [
          ...(hello.wire ? [{ at: { wire: hello.wire }, message: "helo" }] : []),
          ...relatedReply(exchange.reply, "reply"),
        ],
      });
    }
  },
};
