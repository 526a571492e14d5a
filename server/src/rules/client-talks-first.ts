import { exampleSession, transcriptOf } from "./lib/example.js";
import { commandsOf, isRefusal, relatedReply, replyWire } from "./support.js";
import type { Rule } from "./types.js";
import { foreignProtocol } from "./verbs.js";

/** The client sends before the greeting. */
export const clientTalksFirst: Rule = {
  id: "client-talks-first",
  severity: "warning",
  party: "client",
  level: "SHOULD",
  references: [{ document: "RFC 5321", section: "4.3.1" }],
  topic: "opening",
  fixable: false,
  title: "The client sends before the greeting",
  messages: {
    default: "{verb} is sent before the server's greeting. Servers take that for a sign of abuse: wait for the 220.",
    greeting: "The greeting comes here.",
    reply: "The server's answer: {code}.",
  },
  why: "Spam software talks first to save time. Postfix postscreen, Exim and others refuse such clients.",
  fix: "Wait for the 220 before the first command. When testing from a script, do not pipe all commands in at once.",
  elsewhere:
    "Postfix postscreen: PREGREET. Exim: “554 SMTP synchronization error”. smtp-server (Node): “You talk too soon”.",
  wrong: transcriptOf("C: EHLO client.example.org", "S: 220 mx.example.com ESMTP", "S: 250 mx.example.com"),
  right: exampleSession([]),
  check(session, context) {
    const { greeting, traits } = session;
    if (!greeting || traits.order !== "wire" || traits.sides !== "both") return;
    const [first] = commandsOf(session);
    const wire = replyWire(greeting);
    if (!first || !wire || first.order > greeting.order || foreignProtocol(first.wire.text) !== null) return;
    // Exim's early pipelining is announced in an earlier session and again in this one.
    if (first.verb === "EHLO" && session.end.extensions?.list.some(({ keyword }) => /PIPE_?CONNECT/.test(keyword)))
      return;
    context.report({
      at: { wire: first.wire },
      data: { verb: first.verb },
      related: isRefusal(greeting) ? relatedReply(greeting, "reply") : [{ at: { wire }, message: "greeting" }],
    });
  },
};
