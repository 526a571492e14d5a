import { exampleSession } from "./lib/example.js";
import { PARAMETER_EXTENSION, parametersOf, parametersUsed, withoutParameter } from "./lib/parameters.js";
import { offered, relatedReply, severityByOutcome } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** A parameter of MAIL or RCPT that belongs to no extension the server offered. */
export const paramNotAdvertised: Rule = {
  id: "param-not-advertised",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [
    { document: "RFC 5321", section: "4.1.1.3" },
    { document: "RFC 5321", section: "4.1.1.11" },
  ],
  topic: "parameters",
  title: "Parameter of an extension that the server does not offer",
  messages: {
    default:
      "{parameter} needs the extension {keyword}, which the server did not list after EHLO. It may answer 555 and refuse the command: leave the parameter out.",
    unknown:
      "The server listed no extension that has a parameter {parameter}. It may answer 555 and refuse the command: leave it out.",
    binary:
      "BODY=BINARYMIME needs the extension BINARYMIME, which the server did not list after EHLO. Send 8BITMIME or encode the message.",
    reply: "The server's answer: {code}",
    fix: "Remove the parameter {parameter}",
  },
  why: "A client may only use what the server listed after EHLO (RFC 5321 §2.2.1, §4.1.1.11). A server that does not know the parameter refuses the whole command with 555, and the mail does not leave.",
  fix: "Look at the EHLO reply before adding a parameter, and leave it out where its extension is missing.",
  wrong: exampleSession(
    ["PIPELINING"],
    "C: MAIL FROM:<alice@example.org> SIZE=1200",
    "S: 555 5.5.4 Unsupported option: SIZE=1200",
  ),
  right: exampleSession(["SIZE 10240000"], "C: MAIL FROM:<alice@example.org> SIZE=1200", "S: 250 2.1.0 Ok"),
  about: "parameters",
  fixable: true,
  check(session: Session, context: RuleContext): void {
    for (const used of parametersUsed(session, context, ["MAIL", "RCPT"])) {
      const { exchange, parameter } = used;
      const extensions = offered(exchange);
      // AUTH= is harmless and has its own, milder rule (auth-param-without-auth).
      if (!extensions || parameter.keyword === "AUTH" || !/^[A-Z0-9][A-Z0-9-]*$/.test(parameter.keyword)) continue;
      // Pieces of "SIZE = 10" are no parameters (param-syntax).
      if (
        parametersOf(exchange).some(({ keyword: word }) => word === "") &&
        !PARAMETER_EXTENSION.has(parameter.keyword)
      )
        continue;
      const known = PARAMETER_EXTENSION.get(parameter.keyword);
      const binary = parameter.keyword === "BODY" && parameter.value?.toUpperCase() === "BINARYMIME";
      const keyword = binary ? "BINARYMIME" : (known?.keyword ?? parameter.keyword);
      if (extensions.has(keyword) || (parameter.keyword === "BODY" && !binary && extensions.has("BINARYMIME")))
        continue;
      // Servers that do not list it take it: 8BITMIME is part of SMTPUTF8 (RFC 6531 §3.1).
      if (parameter.keyword === "BODY" && !binary && extensions.has("SMTPUTF8")) continue;
      context.report({
        at: { wire: exchange.wire, from: parameter.from, to: parameter.to },
        message: binary ? "binary" : known ? "default" : "unknown",
        data: { parameter: parameter.keyword, keyword },
        severity: severityByOutcome(exchange.reply, { accepted: "warning", refused: "error", unseen: "error" }),
        related: relatedReply(exchange.reply, "reply"),
        fix: {
          title: "fix",
          data: { parameter: parameter.keyword },
          kind: "structure",
          edits: withoutParameter(used),
        },
      });
    }
  },
};
