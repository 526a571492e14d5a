import { extensionEntry } from "../reference/index.js";
import { exampleSession, transcriptOf } from "./lib/example.js";
import type { Rule, Session } from "./types.js";

/** The reply to a command: greetings have no enhanced code (RFC 2034 §4). */
const ENHANCED = /^[245]\.\d{1,3}\.\d{1,3}\b/;
const HELLO = new Set(["EHLO", "HELO", "LHLO"]);

/** The connection does not begin with 220 or a refusal. */
export const noGreeting: Rule = {
  id: "no-greeting",
  severity: "warning",
  party: "server",
  level: "MUST",
  references: [
    { document: "RFC 5321", section: "3.1" },
    { document: "RFC 5321", section: "4.3.1" },
  ],
  topic: "opening",
  fixable: false,
  title: "The first reply is neither 220 nor a refusal",
  messages: {
    default:
      "The first reply of a connection is 220, or a refusal such as 554. Clients do not know what to make of {code}.",
  },
  why: "A client waits for 220. With another code it gives up, or takes each later reply for the one before.",
  fix: "Look what answers on this port: a proxy, another service, or a reply that was left over.",
  elsewhere: "Suricata: smtp.no_server_welcome_message.",
  wrong: transcriptOf("S: 250 mx.example.com ready", "C: EHLO client.example.org", "S: 250 mx.example.com"),
  right: exampleSession([]),
  check(session, context) {
    const first = session.replies[0];
    const line = first?.lines[0];
    if (!first || !line || first.code === null || first.code === 220 || first.code < 200 || first.code > 399) return;
    if (session.greeting || session.traits.sides !== "both" || !showsConnect(session, line.text)) return;
    if (session.exchanges.some(({ order, kind }) => kind === "command" && order < first.order)) return;
    context.report({ at: { wire: line.wire, from: 0, to: 3 }, data: { code: first.code } });
  },
};

/** The tool shows the connect, or the first thing the client says is EHLO and the reply is no rest of a list. */
function showsConnect(session: Session, text: string): boolean {
  if (session.traits.startShown) return true;
  const first = session.exchanges.find(({ wire, kind }) => wire && kind === "command");
  if (!first || !HELLO.has(first.verb) || ENHANCED.test(text)) return false;
  return extensionEntry(text.split(/\s/, 1)[0] ?? "") === undefined;
}
