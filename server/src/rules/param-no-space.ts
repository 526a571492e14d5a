import { pathsUsed } from "./lib/address.js";
import { exampleSession } from "./lib/example.js";
import { fixIn, relatedReply, severityByOutcome } from "./support.js";
import type { Rule } from "./types.js";

const INSIDE = /[ \t]+((?:SIZE|BODY|RET|ENVID|NOTIFY|ORCPT|AUTH|SMTPUTF8|BY|REQUIRETLS|MT-PRIORITY)(?:=[^ \t>]*)?)$/i;

/** A parameter inside the brackets, or glued to the closing one. */
export const paramNoSpace: Rule = {
  id: "param-no-space",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 5321", section: "4.1.1.2" }],
  topic: "addresses",
  fixable: true,
  title: "A parameter inside the brackets, or glued to them",
  messages: {
    default: "Between “>” and the parameter {parameter} a space is missing. Insert it.",
    inside:
      "{parameter} stands inside the brackets, so it is read as part of the address. Put it behind “>” and a space.",
    reply: "The server's answer: {code}.",
    fix: "Insert the space",
    fixInside: "Move {parameter} out of the brackets",
  },
  why: "The server reads the parameter as part of the address and refuses the command, or mails to a wrong address.",
  fix: "Write MAIL FROM:<address> SIZE=1000: address, closing bracket, space, parameter.",
  wrong: exampleSession(["SIZE 1000"], "C: MAIL FROM:<alice@example.org>SIZE=10", "S: 501 5.5.4 Syntax error"),
  right: exampleSession(["SIZE 1000"], "C: MAIL FROM:<alice@example.org> SIZE=10", "S: 250 2.1.0 Ok"),
  check(session, context) {
    for (const { exchange, path } of pathsUsed(session, context)) {
      if (!path.opened || !path.closed) continue;
      const severity = severityByOutcome(exchange.reply, {
        accepted: "information",
        refused: "error",
        unseen: "warning",
      });
      const related = relatedReply(exchange.reply, "reply");
      const glued = exchange.command.path?.parameters.find(({ from }) => from === path.to);
      const inside = INSIDE.exec(path.content);
      if (glued && /^[A-Z0-9-]+$/.test(glued.keyword)) {
        context.report({
          at: { wire: exchange.wire, from: path.to - 1, to: glued.to },
          severity,
          data: { parameter: glued.keyword },
          related,
          fix: fixIn(context, exchange.wire, "fix", [[path.to, path.to, " "]]),
        });
      } else if (inside) {
        const parameter = inside[1] as string;
        const from = path.contentFrom + inside.index;
        const data = { parameter: parameter.split("=", 1)[0] ?? "" };
        const change = [from, path.to, `> ${parameter}`] as const;
        context.report({
          at: { wire: exchange.wire, from, to: path.contentTo },
          message: "inside",
          severity,
          data,
          related,
          fix: fixIn(context, exchange.wire, "fixInside", [change], data),
        });
      }
    }
  },
};
