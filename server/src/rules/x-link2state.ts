import { exampleSession } from "./lib/example.js";
import { commandsWith, relatedReply } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** A command that old Exchange servers spoke among themselves. */
export const xLink2state: Rule = {
  id: "x-link2state",
  severity: "information",
  party: "client",
  level: "practice",
  references: [{ document: "CVE-2005-0560" }],
  topic: "commands",
  title: "X-LINK2STATE, spoken among old Exchange servers only",
  messages: {
    default:
      "X-LINK2STATE passes routing tables between old Exchange servers. From outside it is a probe for a hole closed in 2005 (CVE-2005-0560): block the sender.",
    reply: "The server's answer: {code}",
  },
  why: "Exchange 2000 and 2003 could be taken over through this command. Today's servers do not know it.",
  fix: "Nothing to do on a current server; look who sends it.",
  elsewhere: "Snort 124:8",
  wrong: exampleSession(
    ["SIZE 10240000"],
    "C: X-LINK2STATE FIRST CHUNK={00000001}",
    "S: 502 5.5.2 Error: command not recognized",
  ),
  right: exampleSession(["SIZE 10240000"], "C: NOOP", "S: 250 2.0.0 Ok"),
  fixable: false,
  check(session: Session, context: RuleContext): void {
    for (const exchange of commandsWith(session, "X-LINK2STATE")) {
      if (context.isConsequence(exchange)) continue;
      context.report({ at: { wire: exchange.wire }, related: relatedReply(exchange.reply, "reply") });
    }
  },
};
