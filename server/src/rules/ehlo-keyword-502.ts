import { readsLikeCommand } from "./blame.js";
import { exampleSession } from "./lib/example.js";
import { commandsOf, offered } from "./support.js";
import type { Rule } from "./types.js";
import { EXTENSION_VERBS } from "./verbs.js";

/** A listed extension is not there. */
export const ehloKeyword502: Rule = {
  id: "ehlo-keyword-502",
  severity: "warning",
  party: "server",
  level: "MUST",
  references: [{ document: "RFC 5321", section: "4.2.4" }],
  topic: "opening",
  fixable: false,
  title: "A listed extension is answered 500 or 502",
  messages: {
    default: "The server lists {keyword}, yet answers {verb} with {code}. It must not list what it does not have.",
    list: "Listed here.",
  },
  why: "Clients rely on the list. A command that is listed and then refused as unknown stops the delivery.",
  fix: "Server: take the keyword off the list, or enable the command. A filter in front of the server may also be the one that refuses.",
  wrong: exampleSession(["ETRN"], "C: ETRN example.org", "S: 502 5.5.1 Command not implemented"),
  right: exampleSession(["ETRN"], "C: ETRN example.org", "S: 250 2.0.0 Queuing started"),
  check(session, context) {
    for (const exchange of commandsOf(session)) {
      const extension = EXTENSION_VERBS.get(exchange.verb);
      const code = exchange.reply?.code;
      if (!extension || (code !== 500 && code !== 502) || context.isConsequence(exchange)) continue;
      const listed = offered(exchange)?.get(extension.keyword);
      if (!listed || !readsLikeCommand(exchange) || /long|syntax/i.test(exchange.reply?.text ?? "")) continue;
      const wire = exchange.reply?.lines[0]?.wire ?? exchange.wire;
      context.report({
        at: { wire },
        data: { keyword: extension.keyword, verb: exchange.verb, code },
        related: [{ at: { wire: listed.line.wire, from: listed.line.textFrom }, message: "list" }],
      });
    }
  },
};
