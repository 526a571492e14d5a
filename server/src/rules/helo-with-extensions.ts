import { extensionEntry } from "../reference/index.js";
import { transcriptOf } from "./lib/example.js";
import type { Rule } from "./types.js";

/** HELO answered with a list of extensions. */
export const heloWithExtensions: Rule = {
  id: "helo-with-extensions",
  severity: "warning",
  party: "server",
  level: "MUST",
  references: [{ document: "RFC 5321", section: "3.2" }],
  topic: "opening",
  fixable: false,
  title: "HELO answered with a list of extensions",
  messages: {
    default:
      "The reply to HELO lists {keyword}. Extensions may only be listed after EHLO; old clients may stumble over it.",
  },
  why: "A client that says HELO does not know extensions, and need not read a reply of several lines as a list.",
  fix: "The server must answer HELO with its name alone.",
  wrong: transcriptOf(
    "S: 220 mx.example.com ESMTP",
    "C: HELO client.example.org",
    "S: 250-mx.example.com",
    "S: 250 SIZE 10240000",
  ),
  right: transcriptOf("S: 220 mx.example.com ESMTP", "C: HELO client.example.org", "S: 250 mx.example.com"),
  check(session, context) {
    if (!session.traits.repliesWhole || session.traits.order === "loose") return;
    for (const { verb, inferred, reply } of session.exchanges) {
      if (verb !== "HELO" || inferred || reply?.code !== 250) continue;
      const line = reply.lines
        .slice(1)
        .find(({ text }) => extensionEntry(text.split(/[\s=]/, 1)[0] ?? "") !== undefined);
      if (!line) continue;
      const keyword = line.text.split(/[\s=]/, 1)[0] ?? "";
      context.report({ at: { wire: line.wire, from: line.textFrom }, data: { keyword: keyword.slice(0, 20) } });
    }
  },
};
