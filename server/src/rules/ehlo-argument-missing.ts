import { exampleSession } from "./lib/example.js";
import { hellosOf } from "./lib/hello.js";
import { fixIn, isPositive, isRefusal, relatedReply } from "./support.js";
import type { Rule } from "./types.js";

/** EHLO, HELO or LHLO without a host name. */
export const ehloArgumentMissing: Rule = {
  id: "ehlo-argument-missing",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 5321", section: "4.1.1.1" }],
  topic: "opening",
  fixable: true,
  title: "EHLO, HELO or LHLO without a host name",
  messages: {
    default: "{verb} has no argument. Add the client's host name, or its address in brackets such as [192.0.2.1].",
    reply: "The server's answer: {code}.",
    fix: "Add a host name",
  },
  why: "The server needs the name for its Received field and its checks. Most answer 501 and the session does not begin.",
  fix: "Set the host name of the client. A client without a name gives its address literal.",
  elsewhere: "aiosmtpd: “501 Syntax: EHLO hostname”.",
  wrong: exampleSession([], "C: EHLO", "S: 501 Syntax: EHLO hostname"),
  right: exampleSession([]),
  check(session, context) {
    for (const { exchange, name, rest } of hellosOf(session, context)) {
      if (name !== "" || rest !== "") continue;
      const { verbFrom, verbTo } = exchange.command;
      const fix = fixIn(context, exchange.wire, "fix", [[verbTo, exchange.wire.text.length, " client.example.org"]]);
      context.report({
        at: { wire: exchange.wire, from: verbFrom, to: verbTo },
        severity: isPositive(exchange.reply) ? "information" : isRefusal(exchange.reply) ? "error" : "warning",
        data: { verb: exchange.verb },
        related: relatedReply(exchange.reply, "reply"),
        // The name is made up: nothing to run on save.
        fix: fix && { ...fix, kind: "structure" },
      });
    }
  },
};
