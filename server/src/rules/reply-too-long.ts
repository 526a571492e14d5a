import { octetLength } from "../text/octets.js";
import { exampleSession } from "./lib/example.js";
import type { Rule } from "./types.js";

/** Octets of a reply line without its line end (RFC 5321 §4.5.3.1.5: 512 with it). */
const LIMIT = 510;

/** A reply line over the limit. */
export const replyTooLong: Rule = {
  id: "reply-too-long",
  severity: "warning",
  party: "server",
  level: "MUST",
  references: [{ document: "RFC 5321", section: "4.5.3.1.5" }],
  topic: "replies",
  fixable: false,
  title: "A reply line over 512 octets",
  messages: {
    default:
      "This reply line has {length} octets, 512 are allowed. Clients may cut it or give up; long texts go on several lines.",
  },
  why: "A client with a small buffer reads the rest of the line as the next reply.",
  fix: "Server: split the text into several lines with the same code and a hyphen.",
  elsewhere: "Suricata: smtp.max_reply_line_len_exceeded. Snort 124:3.",
  wrong: exampleSession([], "C: NOOP", `S: 250 ${"x".repeat(520)}`),
  right: exampleSession([], "C: NOOP", "S: 250 2.0.0 Ok"),
  check(session, context) {
    if (!session.traits.repliesWhole) return;
    for (const reply of session.replies) {
      // Challenges may be longer (RFC 4954 §4).
      if (reply.code === 334) continue;
      for (const { wire, code } of reply.lines) {
        if (wire.text.length * 3 <= LIMIT || code === null || context.isConsequence(reply)) continue;
        const length = octetLength(wire.text) + 2;
        if (length > LIMIT + 2) context.report({ at: { wire }, data: { length } });
      }
    }
  },
};
