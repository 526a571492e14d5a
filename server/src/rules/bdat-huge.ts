import { exampleSession } from "./lib/example.js";
import { CHUNK_ENVELOPE } from "./lib/examples-bdat.js";
import { commandsWith, offered, relatedReply } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** Two gibibytes: what a signed 32-bit number holds. */
const HUGE = 2_147_483_647;

/** A chunk larger than any mail. */
export const bdatHuge: Rule = {
  id: "bdat-huge",
  severity: "information",
  party: "client",
  level: "practice",
  references: [{ document: "RFC 3030", section: "2" }],
  topic: "chunking",
  title: "A chunk of more than two gigabytes",
  messages: {
    default:
      "BDAT announces {size} octets, more than any mail server takes. It looks like a wrong number or a probe: the server should refuse it before reading.",
    reply: "The server's answer: {code}",
  },
  why: "A number beyond 2147483647 overflows in careless software, and no server takes messages of that size.",
  fix: "Send large messages in chunks of some megabytes, and look where the number comes from.",
  elsewhere: "Zeek smtp_huge_bdat_chunk",
  wrong: exampleSession(["CHUNKING"], ...CHUNK_ENVELOPE, "C: BDAT 99999999999", "S: 552 5.3.4 Message too big"),
  right: exampleSession(["CHUNKING"], ...CHUNK_ENVELOPE, "C: BDAT 10 LAST", "C: Hi there", "S: 250 2.0.0 Ok"),
  about: "chunks",
  fixable: false,
  check(session: Session, context: RuleContext): void {
    for (const exchange of commandsWith(session, "BDAT")) {
      const size = /^\d{1,20}/.exec(exchange.command.argument)?.[0];
      if (size === undefined || Number(size) <= HUGE || context.isConsequence(exchange)) continue;
      const limit = Number(offered(exchange)?.get("SIZE")?.parameters[0] ?? 0);
      if (limit >= Number(size)) continue;
      context.report({ at: { wire: exchange.wire }, data: { size }, related: relatedReply(exchange.reply, "reply") });
    }
  },
};
