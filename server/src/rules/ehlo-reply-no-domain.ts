import { extensionEntry } from "../reference/index.js";
import { exampleSession, transcriptOf } from "./lib/example.js";
import type { Rule } from "./types.js";

/** The EHLO reply begins with a keyword instead of the server's name. */
export const ehloReplyNoDomain: Rule = {
  id: "ehlo-reply-no-domain",
  severity: "warning",
  party: "server",
  level: "MUST",
  references: [{ document: "RFC 5321", section: "4.1.1.1" }],
  topic: "opening",
  fixable: false,
  title: "The EHLO reply begins with a keyword instead of the server's name",
  messages: {
    default:
      "The first line of an EHLO reply is the server's name, so clients do not see {keyword} here. Put the name on a line before it.",
  },
  why: "Clients skip the first line. The extension on it is never used, which is hard to find when it is STARTTLS or AUTH.",
  fix: "The server must begin the reply with its domain. Look at proxies that rewrite the reply.",
  wrong: transcriptOf("S: 220 mx.example.com ESMTP", "C: EHLO client.example.org", "S: 250-PIPELINING", "S: 250 DSN"),
  right: exampleSession(["PIPELINING", "DSN"]),
  check(session, context) {
    if (!session.traits.repliesWhole) return;
    for (const { verb, inferred, reply } of session.exchanges) {
      const first = reply?.lines[0];
      if ((verb !== "EHLO" && verb !== "LHLO") || inferred || reply?.code !== 250 || !first || reply.lines.length < 2)
        continue;
      const keyword = first.text.split(/\s/, 1)[0] ?? "";
      // HELP and VRFY could be host names; the others are not.
      if (!/^[A-Z0-9]{3,}$/.test(keyword) || !extensionEntry(keyword)) continue;
      context.report({ at: { wire: first.wire, from: first.textFrom }, data: { keyword } });
    }
  },
};
