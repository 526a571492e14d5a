import type { Parameter } from "../protocol/command.js";
import { exampleSession } from "./lib/example.js";
import { parametersOf } from "./lib/parameters.js";
import { envelopeCommands, relatedReply, replaceIn, type ShownCommand, severityByOutcome } from "./support.js";
import type { Fix, Rule, RuleContext, Session } from "./types.js";

const KEYWORD = /^[A-Z0-9][A-Z0-9-]*$/;
/** Values in xtext and addresses have rules of their own. */
const OWN_SYNTAX = new Set(["AUTH", "ENVID", "ORCPT", "SIZE", "BODY", "NOTIFY", "RET", "SMTPUTF8"]);

/** A parameter that is not KEYWORD or KEYWORD=value. */
export const paramSyntax: Rule = {
  id: "param-syntax",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 5321", section: "4.1.2" }],
  topic: "parameters",
  title: "Parameter that is not written KEYWORD=value",
  messages: {
    default:
      "“{parameter}” is no parameter: letters, digits and hyphens, then perhaps = and a value without blanks. The server refuses the command with 501 or 555.",
    blank:
      "No blank may stand around the = of a parameter. The server reads three parameters here and refuses the command: write {parameter}.",
    reply: "The server's answer: {code}",
    fix: "Write {parameter}",
  },
  why: "What follows the address in MAIL and RCPT is a list of KEYWORD or KEYWORD=value, separated by one blank (RFC 5321 §4.1.2). Anything else is a syntax error, and the sender or recipient is not taken.",
  fix: "Write the parameter without blanks and without a second =. Values with odd characters are encoded as xtext where the extension says so (RFC 3461 §4).",
  elsewhere: "Postfix 555 5.5.4",
  wrong: exampleSession(
    ["SIZE 10240000"],
    "C: MAIL FROM:<alice@example.org> SIZE = 1200",
    "S: 555 5.5.4 Unsupported option: =",
  ),
  right: exampleSession(["SIZE 10240000"], "C: MAIL FROM:<alice@example.org> SIZE=1200", "S: 250 2.1.0 Ok"),
  fixable: true,
  check(session: Session, context: RuleContext): void {
    for (const exchange of envelopeCommands(session)) {
      const fault = faultOf(exchange);
      if (!fault || context.isConsequence(exchange)) continue;
      context.report({
        at: { wire: exchange.wire, from: fault.from, to: fault.to },
        message: fault.joined === undefined ? "default" : "blank",
        data: { parameter: fault.joined ?? exchange.wire.text.slice(fault.from, fault.to) },
        severity: severityByOutcome(exchange.reply, { accepted: "warning", refused: "error", unseen: "error" }),
        related: relatedReply(exchange.reply, "reply"),
        fix: fixOf(exchange, fault),
      });
    }
  },
};

interface Fault {
  readonly from: number;
  readonly to: number;
  /** The parameter with the blanks around its "=" taken out; undefined where that is not what is wrong. */
  readonly joined: string | undefined;
}

function faultOf(exchange: ShownCommand): Fault | undefined {
  const parameters = parametersOf(exchange);
  const first = parameters[0];
  const last = parameters[parameters.length - 1];
  if (!first || !last) return undefined;
  if (parameters.every(isWellFormed)) return undefined;
  const text = exchange.wire.text;
  const spaced = /[A-Za-z0-9-]+(?:[ \t]+=[ \t]*|=[ \t]+)[^ \t=]+/.exec(text.slice(first.from, last.to));
  if (spaced && parameters.some((one) => one.keyword === "" || one.value === "")) {
    const from = first.from + spaced.index;
    return { from, to: from + spaced[0].length, joined: spaced[0].replace(/[ \t]/g, "") };
  }
  const fault = parameters.find((parameter) => !isSound(parameter));
  return fault && { from: fault.from, to: fault.to, joined: undefined };
}

/** No blank can hide in it: a keyword, and a value if there is a "=". */
function isWellFormed(parameter: Parameter): boolean {
  return parameter.value !== "" && isSound(parameter);
}

function isSound({ keyword, value }: Parameter): boolean {
  if (!KEYWORD.test(keyword)) return false;
  if (value === null || OWN_SYNTAX.has(keyword)) return true;
  return value !== "" && !/[=\u0000-\u0020\u007f]/.test(value);
}

function fixOf(exchange: ShownCommand, { from, to, joined }: Fault): Fix | undefined {
  if (joined === undefined) return undefined;
  const edits = [replaceIn(exchange.wire, from, to, joined)];
  return { title: "fix", data: { parameter: joined }, kind: "spelling", edits };
}
