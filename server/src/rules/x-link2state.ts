import { exampleSession } from "./lib/example.js";
import { commandsWith, relatedReply } from "./support.js";
import type { Rule } from "./types.js";

/** Exchange's X-LINK2STATE. */
export const xLink2state: Rule = {
  id: "x-link2state",
  severity: "information",
  party: "client",
  level: "practice",
  references: [{ document: "Microsoft security bulletin MS05-021" }],
  topic: "commands",
  fixable: false,
  title: "X-LINK2STATE, a command between old Exchange servers",
  messages: {
    default:
      "X-LINK2STATE is spoken between Exchange 2000 and 2003 servers. From outside it is an attempt to exploit an old hole (MS05-021).",
    reply: "The server's answer: {code}.",
  },
  why: "Unpatched Exchange servers of that time could be taken over with it. Today's servers refuse the command.",
  fix: "Nothing on a current server. An Exchange 2000 or 2003 server must not be reachable from outside.",
  elsewhere: "Snort 124:8.",
  wrong: exampleSession([], "C: X-LINK2STATE FIRST CHUNK=x", "S: 500 5.3.3 Unrecognized command"),
  right: exampleSession([], "C: NOOP", "S: 250 2.0.0 Ok"),
  check(session, context) {
    for (const exchange of commandsWith(session, "X-LINK2STATE")) {
      if (context.isConsequence(exchange)) continue;
      context.report({ at: { wire: exchange.wire }, related: relatedReply(exchange.reply, "reply") });
    }
  },
};
