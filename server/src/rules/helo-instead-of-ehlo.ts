import { exampleSession, transcriptOf } from "./lib/example.js";
import { commandsWith, fixIn } from "./support.js";
import type { Rule } from "./types.js";

/** HELO although EHLO was not tried. */
export const heloInsteadOfEhlo: Rule = {
  id: "helo-instead-of-ehlo",
  severity: "hint",
  party: "client",
  level: "SHOULD",
  references: [
    { document: "RFC 5321", section: "3.2" },
    { document: "RFC 5321", section: "4.1.1.1" },
  ],
  topic: "opening",
  fixable: true,
  title: "HELO although EHLO was not tried",
  messages: {
    default:
      "HELO opens a session without extensions: no AUTH, no STARTTLS, no SIZE. Send EHLO, and HELO only if that is refused.",
    fix: "Change HELO to EHLO",
  },
  why: "After HELO the server offers nothing beyond the plain protocol, so login and encryption are out of reach.",
  fix: "Send EHLO first. HELO is for servers that answer EHLO with 500 or 502.",
  wrong: transcriptOf("S: 220 mx.example.com ESMTP", "C: HELO client.example.org", "S: 250 mx.example.com"),
  right: exampleSession([]),
  check(session, context) {
    const [first] = commandsWith(session, "HELO");
    if (!first || context.isConsequence(first)) return;
    const tried = session.exchanges.some(
      ({ verb, order }) => (verb === "EHLO" || verb === "LHLO") && order < first.order,
    );
    if (tried) return;
    const { verbFrom, verbTo } = first.command;
    const fix = fixIn(context, first.wire, "fix", [[verbFrom, verbTo, "EHLO"]]);
    context.report({
      at: { wire: first.wire, from: verbFrom, to: verbTo },
      fix: fix && { ...fix, kind: "structure" },
    });
  },
};
