import type { Parameter } from "../../protocol/command.js";
import { envelopeCommands, type ShownCommand } from "../support.js";
import type { Edit, RuleContext, Session } from "../types.js";
import { perSession } from "./memo.js";

/** A parameter of MAIL or RCPT with the command it stands in. */
export interface UsedParameter {
  readonly exchange: ShownCommand;
  readonly parameter: Parameter;
}

const NO_USE: readonly UsedParameter[] = [];
const NO_PARAMETERS: readonly Parameter[] = [];

/**
 * The parameters of MAIL and RCPT that can be judged: in lines that are shown, whose path can be told from what follows.
 * @param keyword in upper case; all where it is left out.
 */
export function parametersUsed(
  session: Session,
  context: RuleContext,
  verbs: readonly ("MAIL" | "RCPT")[],
  keyword = "",
): readonly UsedParameter[] {
  const used = indexOf(session).get(keyword) ?? NO_USE;
  return used.filter(
    ({ exchange }) => verbs.some((verb) => verb === exchange.verb) && !context.isConsequence(exchange),
  );
}

/** All parameters of a session by keyword; those of all keywords under "". */
const indexOf = perSession((session: Session): ReadonlyMap<string, readonly UsedParameter[]> => {
  const index = new Map<string, UsedParameter[]>([["", []]]);
  for (const exchange of envelopeCommands(session)) {
    for (const parameter of parametersOf(exchange)) {
      index.get("")?.push({ exchange, parameter });
      const list = index.get(parameter.keyword);
      if (list) list.push({ exchange, parameter });
      else index.set(parameter.keyword, [{ exchange, parameter }]);
    }
  }
  return index;
});

/** Parameters of one command; none where the path is broken, since then nobody can say what is a parameter. */
export function parametersOf(exchange: ShownCommand): readonly Parameter[] {
  const { path } = exchange.command;
  if (!path?.path || path.parameters.length === 0 || (path.path.opened && !path.path.closed)) return NO_PARAMETERS;
  // "Bob <bob@example.com>" without quotes: a display name, not a parameter.
  return path.parameters.some((parameter) => /[<>@]/.test(parameter.keyword)) ? NO_PARAMETERS : path.parameters;
}

/** The parameter with a keyword, the first where it is repeated. */
export function parameterOf(exchange: ShownCommand, keyword: string): Parameter | undefined {
  return parametersOf(exchange).find((parameter) => parameter.keyword === keyword);
}

/** Edit that takes a parameter out of its command, with the blanks before it. */
export function withoutParameter({ exchange, parameter }: UsedParameter): Edit[] {
  const { wire } = exchange;
  let from = parameter.from;
  while (from > 0 && /[ \t]/.test(wire.text[from - 1] as string)) from--;
  return wireEdit(exchange, from, parameter.to, "");
}

/** Edit that replaces a parameter's value. */
export function withValue({ exchange, parameter }: UsedParameter, value: string): Edit[] {
  return wireEdit(exchange, parameter.valueFrom, parameter.to, value);
}

function wireEdit(exchange: ShownCommand, from: number, to: number, text: string): Edit[] {
  const { wire } = exchange;
  return [{ start: wire.offsetAt(from), end: wire.offsetAt(to), text }];
}

/** Parameter keyword → EHLO keyword that announces it, and the RFC that says so. */
export const PARAMETER_EXTENSION: ReadonlyMap<string, { readonly keyword: string; readonly reference: string }> =
  new Map([
    ["SIZE", { keyword: "SIZE", reference: "RFC 1870 §3" }],
    ["BODY", { keyword: "8BITMIME", reference: "RFC 6152 §2" }],
    ["RET", { keyword: "DSN", reference: "RFC 3461 §4.3" }],
    ["ENVID", { keyword: "DSN", reference: "RFC 3461 §4.4" }],
    ["NOTIFY", { keyword: "DSN", reference: "RFC 3461 §4.1" }],
    ["ORCPT", { keyword: "DSN", reference: "RFC 3461 §4.2" }],
    ["AUTH", { keyword: "AUTH", reference: "RFC 4954 §5" }],
    ["SMTPUTF8", { keyword: "SMTPUTF8", reference: "RFC 6531 §3.4" }],
    ["BY", { keyword: "DELIVERBY", reference: "RFC 2852 §4" }],
    ["HOLDFOR", { keyword: "FUTURERELEASE", reference: "RFC 4865 §5" }],
    ["HOLDUNTIL", { keyword: "FUTURERELEASE", reference: "RFC 4865 §5" }],
    ["MT-PRIORITY", { keyword: "MT-PRIORITY", reference: "RFC 6710 §3" }],
    ["REQUIRETLS", { keyword: "REQUIRETLS", reference: "RFC 8689 §2" }],
    ["SOLICIT", { keyword: "NO-SOLICITING", reference: "RFC 3865 §3" }],
    ["TRANSID", { keyword: "CHECKPOINT", reference: "RFC 1845 §2" }],
    ["MTRK", { keyword: "MTRK", reference: "RFC 3885 §2" }],
    ["CONPERM", { keyword: "CONPERM", reference: "RFC 4141 §4" }],
    ["CONNEG", { keyword: "CONNEG", reference: "RFC 4141 §5" }],
    ["RRVS", { keyword: "RRVS", reference: "RFC 7293 §3" }],
    ["PRDR", { keyword: "PRDR", reference: "draft-hall-prdr" }],
  ]);

/** The command a parameter belongs to (RFC 3461 §4, RFC 1870 §3 and the others above); CONNEG belongs to RCPT. */
export const PARAMETER_COMMAND: ReadonlyMap<string, "MAIL" | "RCPT"> = new Map([
  ["SIZE", "MAIL"],
  ["BODY", "MAIL"],
  ["RET", "MAIL"],
  ["ENVID", "MAIL"],
  ["AUTH", "MAIL"],
  ["SMTPUTF8", "MAIL"],
  ["BY", "MAIL"],
  ["HOLDFOR", "MAIL"],
  ["HOLDUNTIL", "MAIL"],
  ["MT-PRIORITY", "MAIL"],
  ["REQUIRETLS", "MAIL"],
  ["NOTIFY", "RCPT"],
  ["ORCPT", "RCPT"],
  ["RRVS", "RCPT"],
]);
