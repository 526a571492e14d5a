import { exampleSession } from "./lib/example.js";
import { commandsOf, isPositive, isRefusal, offered, relatedReply } from "./support.js";
import type { Exchange, Rule } from "./types.js";
import { EXTENSION_VERBS } from "./verbs.js";

/** A command of a service extension that the server did not announce. */
export const verbNotAdvertised: Rule = {
  id: "verb-not-advertised",
  severity: "warning",
  party: "client",
  level: "MUST",
  references: [
    { document: "RFC 5321", section: "2.2.1" },
    { document: "RFC 5321", section: "4.1.1.1" },
    { document: "RFC 3030", section: "2" },
  ],
  topic: "commands",
  fixable: false,
  title: "A command of an extension that EHLO did not list",
  messages: {
    default:
      "{verb} is used, but the server did not list {keyword} in its EHLO reply. Do without it, or ask the server's operator.",
    list: "What the server offers; {keyword} is not among it.",
    reply: "The server's answer: {code}.",
  },
  why: "An extension may only be used after the server offered it in this session, and the list after STARTTLS counts anew. Servers answer 500, 502 or 503 otherwise.",
  fix: "Read the EHLO reply and use only what it lists. If the keyword is expected, look whether it appears only after STARTTLS, or whether a firewall removed it.",
  wrong: exampleSession(["SIZE 10240000"], "C: BDAT 3 LAST", "S: 502 5.5.1 Command not implemented"),
  right: exampleSession(["SIZE 10240000", "CHUNKING"], "C: NOOP", "S: 250 2.0.0 Ok"),
  check(session, context) {
    const seen = new Set<string>();
    for (const exchange of commandsOf(session)) {
      const extension = EXTENSION_VERBS.get(exchange.verb);
      // STARTTLS has a rule of its own.
      if (!extension || exchange.verb === "STARTTLS") continue;
      const list = offered(exchange);
      if (!list || list.has(extension.keyword) || context.isConsequence(exchange)) continue;
      if (exchange.verb === "AUTH" && isAuthBeforeTls(exchange)) continue;
      const key = `${exchange.verb} ${list.exchange.order}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const head = list.exchange.reply?.lines[0]?.wire;
      context.report({
        at: { wire: exchange.wire, from: exchange.command.verbFrom, to: exchange.command.verbTo },
        severity: isPositive(exchange.reply) ? "hint" : isRefusal(exchange.reply) ? "error" : "warning",
        data: { verb: exchange.verb, keyword: extension.keyword },
        related: [
          ...(head ? [{ at: { wire: head }, message: "list", data: { keyword: extension.keyword } }] : []),
          ...relatedReply(exchange.reply, "reply"),
        ],
      });
    }
  },
};

/** AUTH in clear where STARTTLS is offered: the list after TLS has AUTH, which auth-before-tls explains. */
function isAuthBeforeTls(exchange: Exchange): boolean {
  return !exchange.before.tls && exchange.before.extensions?.has("STARTTLS") === true && isRefusal(exchange.reply);
}
