import { exampleSession } from "./lib/example.js";
import { envelopeCommands, relatedReply, type ShownCommand } from "./support.js";
import type { Rule } from "./types.js";

/** The same command again after a permanent refusal. */
export const repeat5yz: Rule = {
  id: "repeat-5yz",
  severity: "hint",
  party: "client",
  level: "SHOULD",
  references: [{ document: "RFC 5321", section: "4.2.1" }],
  topic: "order",
  about: "refusal",
  fixable: false,
  title: "The same command again after a permanent refusal",
  messages: {
    default: "The same command was refused for good before, with {code}. Sending it again unchanged does not help.",
    before: "Refused here.",
  },
  why: "5yz means: do not repeat this as it is. Clients that do are counted as abusive.",
  fix: "Repair what the first refusal names, then try again.",
  wrong: exampleSession(
    [],
    "C: MAIL FROM:<alice@example.org>",
    "S: 550 5.1.8 Sender refused",
    "C: MAIL FROM:<alice@example.org>",
    "S: 550 5.1.8 Sender refused",
  ),
  right: exampleSession([], "C: MAIL FROM:<alice@example.org>", "S: 550 5.1.8 Sender refused"),
  check(session, context) {
    const refused = new Map<string, ShownCommand>();
    let state = "";
    for (const exchange of envelopeCommands(session)) {
      const { before, reply, wire, verb } = exchange;
      // EHLO, TLS and a login change what the server may answer; a recipient may be right under another sender.
      const now = `${before.hello?.order} ${before.tls} ${before.authenticated}`;
      if (now !== state || (verb === "MAIL" && reply?.code === 250)) refused.clear();
      state = now;
      const earlier = refused.get(wire.text);
      const permanent = reply?.code !== undefined && reply.code !== null && reply.code >= 500 && reply.code !== 503;
      if (earlier && permanent && earlier.batch !== exchange.batch && !context.isConsequence(exchange)) {
        context.report({
          at: { wire },
          data: { code: earlier.reply?.code ?? "" },
          related: relatedReply(earlier.reply, "before"),
        });
      }
      if (permanent) refused.set(wire.text, exchange);
    }
  },
};
