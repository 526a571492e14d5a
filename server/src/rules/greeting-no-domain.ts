import { literalFault } from "./lib/address.js";
import { exampleSession, transcriptOf } from "./lib/example.js";
import type { Rule } from "./types.js";

/** The greeting does not begin with the server's name. */
export const greetingNoDomain: Rule = {
  id: "greeting-no-domain",
  severity: "information",
  party: "server",
  level: "MUST",
  references: [
    { document: "RFC 5321", section: "4.2" },
    { document: "RFC 5321", section: "4.3.1" },
  ],
  topic: "opening",
  fixable: false,
  title: "The greeting does not begin with the server's name",
  messages: {
    default:
      "The first word of the greeting should be the server's name or address literal. Clients only read the 220, so nothing breaks.",
  },
  why: "The name tells people and logs which host answers. Some monitoring tools look for it.",
  fix: "Set the greeting to the full host name, followed by any text.",
  wrong: transcriptOf("S: 220 Welcome! Mail service ready", "C: EHLO client.example.org", "S: 250 mx.example.com"),
  right: exampleSession([]),
  check(session, context) {
    const { greeting } = session;
    const line = greeting?.lines[0];
    if (!line || greeting?.code !== 220 || line.enhanced) return;
    const word = line.text.trim().split(/\s/, 1)[0] ?? "";
    if (/\*{3}/.test(word) || (word.startsWith("[") && literalFault(word) === null)) return;
    // One ordinary word cannot be told from a host name.
    if (/^[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?[.,]?$/.test(word)) return;
    context.report({ at: { wire: line.wire, from: line.textFrom, to: line.textFrom + Math.max(word.length, 0) } });
  },
};
