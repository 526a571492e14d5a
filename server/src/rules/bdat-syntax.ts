import { exampleSession } from "./lib/example.js";
import { CHUNK_ENVELOPE } from "./lib/examples-bdat.js";
import { commandsWith, relatedReply, replaceIn, severityByOutcome } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** BDAT without a plain number. */
export const bdatSyntax: Rule = {
  id: "bdat-syntax",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 3030", section: "2" }],
  topic: "chunking",
  title: "BDAT without the number of octets",
  messages: {
    default:
      "BDAT needs a decimal number of octets, then perhaps LAST. The server refuses it and takes what follows for commands: write BDAT 1234 or BDAT 0 LAST.",
    reply: "The server's answer: {code}",
    fix: "Write BDAT 0 LAST",
  },
  why: "The number tells the server how many octets belong to the message (RFC 3030 §2). Without it the server cannot know, and the content of the chunk is read as commands.",
  fix: "Give the exact number of octets of the chunk; BDAT 0 LAST ends a message whose text was sent already.",
  elsewhere: "Suricata invalid_bdat; Zeek smtp_invalid_bdat_command",
  wrong: exampleSession(["CHUNKING"], ...CHUNK_ENVELOPE, "C: BDAT LAST", "S: 501 5.5.4 Syntax: BDAT count [LAST]"),
  right: exampleSession(["CHUNKING"], ...CHUNK_ENVELOPE, "C: BDAT 10 LAST", "C: Hi there", "S: 250 2.0.0 Ok"),
  about: "chunks",
  fixable: true,
  check(session: Session, context: RuleContext): void {
    for (const exchange of commandsWith(session, "BDAT")) {
      const { argument } = exchange.command;
      if (/^\d{1,20}(?:[ \t]+LAST)?$/i.test(argument) || context.isConsequence(exchange)) continue;
      const { wire } = exchange;
      const bare = /^LAST$/i.test(argument);
      context.report({
        at: { wire },
        severity: severityByOutcome(exchange.reply, { accepted: "warning", refused: "error", unseen: "error" }),
        related: relatedReply(exchange.reply, "reply"),
        fix: bare
          ? {
              title: "fix",
              kind: "spelling",
              edits: [replaceIn(wire, exchange.command.argumentFrom, wire.text.trimEnd().length, "0 LAST")],
            }
          : undefined,
      });
    }
  },
};
