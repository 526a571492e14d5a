import { exampleSession } from "./lib/example.js";
import { commandsOf, fixIn, isPositive, isRefusal, relatedReply, type ShownCommand, shorten } from "./support.js";
import type { Rule, Severity } from "./types.js";
import { foreignProtocol, isKnownVerb, isPrivateVerb, nearestVerb } from "./verbs.js";

/** A verb that no RFC defines. */
export const unknownCommand: Rule = {
  id: "unknown-command",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [
    { document: "RFC 5321", section: "4.1" },
    { document: "RFC 5321", section: "4.2.4" },
  ],
  topic: "commands",
  fixable: true,
  title: "A command that SMTP does not know",
  messages: {
    default: "{verb} is no command of SMTP. Check the spelling, or what made the client send this line.",
    near: "{verb} is no command of SMTP. {near} may be meant.",
    accepted: "{verb} is no standard command, but this server took it.",
    empty: "An empty line is no command. Send a command, or nothing.",
    reply: "The server's answer: {code}.",
    fix: "Change {verb} to {near}",
  },
  why: "The server answers 500 and does nothing. After several such lines many servers close the connection.",
  fix: "Correct the verb. If the line is text of a message, look for what ended the message too early, or for a DATA that was refused.",
  elsewhere: "Snort 124:5. Zeek: unexpected command.",
  wrong: exampleSession([], "C: HELLO client.example.org", "S: 500 5.5.2 Error: command not recognized"),
  right: exampleSession([], "C: NOOP", "S: 250 2.0.0 Ok"),
  check(session, context) {
    const nearest = new Map<string, string | undefined>();
    for (const exchange of commandsOf(session)) {
      const { verb } = exchange;
      if (isKnownVerb(verb) || isPrivateVerb(verb) || hasOwnRule(exchange)) continue;
      // sendmail lists its VERB.
      if (exchange.before.extensions?.has(verb)) continue;
      if (context.isConsequence(exchange)) continue;
      if (verb === "" && !isRefusal(exchange.reply)) continue;
      if (!nearest.has(verb)) nearest.set(verb, nearestVerb(verb));
      const near = nearest.get(verb);
      const data = { verb: shorten(exchange.wire.text.split(/\s/, 1)[0] ?? "", 30), near: near ?? "" };
      const accepted = isPositive(exchange.reply);
      const from = exchange.command.verbFrom;
      const to = exchange.command.verbTo;
      context.report({
        at: { wire: exchange.wire, from, to: verb === "" ? undefined : to },
        message: verb === "" ? "empty" : accepted ? "accepted" : near ? "near" : "default",
        severity: severityOf(exchange),
        data,
        related: relatedReply(exchange.reply, "reply"),
        fix:
          near && !isRefusal(exchange.reply)
            ? fixIn(context, exchange.wire, "fix", [[from, to, near]], data)
            : undefined,
      });
    }
  },
};

function severityOf(exchange: ShownCommand): Severity {
  if (isPositive(exchange.reply)) return "information";
  if (exchange.verb === "") return "warning";
  return isRefusal(exchange.reply) ? "error" : "warning";
}

/** Other protocols, pasted typography and MAILFROM are told apart by their own rules. */
function hasOwnRule({ verb, wire, command }: ShownCommand): boolean {
  if (foreignProtocol(wire.text) !== null) return true;
  if (/^(?:MAIL|RCPT)(?:FROM|TO)$/.test(verb) && /[:<@]/.test(command.argument)) return true;
  return /[^\u0021-\u007e]/.test(verb) || /\^[H?]|[\u0008\u007f]/.test(wire.text);
}
