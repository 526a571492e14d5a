import { lexPath, type Path } from "./path.js";

/** A parameter of MAIL or RCPT (RFC 5321 §4.1.2, esmtp-param). Columns count UTF-16 units in the wire line. */
export interface Parameter {
  /** Keyword in upper case. */
  readonly keyword: string;
  /** Value behind "="; null where there is none. */
  readonly value: string | null;
  readonly from: number;
  readonly to: number;
  /** Column where the value begins; equals `to` where there is none. */
  readonly valueFrom: number;
}

/** What stands between the verb and the path of MAIL and RCPT, with what is wrong about it. */
export interface PathArgument {
  /** The word before the colon in upper case, "FROM" or "TO", or what stands there; null where it is missing. */
  readonly keyword: string | null;
  readonly colon: boolean;
  /** Columns of white space before or behind the colon; null where there is none. */
  readonly space: { readonly from: number; readonly to: number } | null;
  readonly path: Path | null;
  readonly parameters: readonly Parameter[];
}

/** The verb of a client line and what stands behind it. Columns count UTF-16 units in the wire line. */
interface VerbParts {
  /** Verb in upper case; "" for an empty line. */
  readonly verb: string;
  readonly verbFrom: number;
  readonly verbTo: number;
  /** Text behind the verb, without blanks around it. */
  readonly argument: string;
  readonly argumentFrom: number;
}

/** A client line taken apart as a command (RFC 5321 §4.1.1). */
export interface CommandParts extends VerbParts {
  /** Set for MAIL and RCPT (and SEND, SOML, SAML). */
  readonly path?: PathArgument;
}

const PATH_VERBS = new Set(["MAIL", "RCPT", "SEND", "SOML", "SAML"]);
const VERB = /^([ \t]*)([^\s:<]*)/;

/** Takes a client line apart; never fails. "MAILFROM:<a@b>" keeps the verb "MAILFROM" as written. */
export function lexCommand(content: string): CommandParts {
  const { verb, verbFrom, verbTo, argument, argumentFrom } = lexVerb(content);
  const path = PATH_VERBS.has(verb) ? lexPathArgument(content, argumentFrom) : undefined;
  return { verb, verbFrom, verbTo, argument, argumentFrom, path };
}

/** As `lexCommand`, without a look at the path of MAIL and RCPT. */
export function lexVerb(content: string): VerbParts {
  const match = VERB.exec(content) as RegExpExecArray;
  const verbFrom = (match[1] as string).length;
  const verbTo = match[0].length;
  const verb = (match[2] as string).toUpperCase();
  const rest = content.slice(verbTo);
  const argument = rest.trim();
  const argumentFrom = verbTo + (rest.length - rest.trimStart().length);
  return { verb, verbFrom, verbTo, argument, argumentFrom };
}

const KEYWORD = /([A-Za-z]*)([ \t]*)(:?)([ \t]*)/y;

function lexPathArgument(content: string, from: number): PathArgument {
  KEYWORD.lastIndex = from;
  const match = KEYWORD.exec(content) as RegExpExecArray;
  const [, word = "", before = "", colon = "", behind = ""] = match;
  const hasColon = colon === ":";
  const hasKeyword = word !== "" && (hasColon || /^(?:FROM|TO)$/i.test(word));
  const afterWord = from + word.length;
  const pathFrom = hasKeyword ? from + match[0].length : from;
  const space =
    hasColon && before !== ""
      ? { from: afterWord, to: afterWord + before.length }
      : hasColon && behind !== ""
        ? { from: afterWord + before.length + 1, to: pathFrom }
        : null;
  const path = pathFrom < content.trimEnd().length ? lexPath(content, pathFrom) : null;
  return {
    keyword: hasKeyword ? word.toUpperCase() : null,
    colon: hasColon,
    space,
    path,
    parameters: lexParameters(content, path ? path.to : pathFrom),
  };
}

/** Reads blank-separated `KEYWORD[=value]` items from a column on (RFC 5321 §4.1.2). */
export function lexParameters(content: string, from: number): Parameter[] {
  const parameters: Parameter[] = [];
  const item = /[^ \t]+/g;
  item.lastIndex = from;
  for (let match = item.exec(content); match; match = item.exec(content)) {
    const equals = match[0].indexOf("=");
    const to = match.index + match[0].length;
    parameters.push({
      keyword: (equals === -1 ? match[0] : match[0].slice(0, equals)).toUpperCase(),
      value: equals === -1 ? null : match[0].slice(equals + 1),
      from: match.index,
      to,
      valueFrom: equals === -1 ? to : match.index + equals + 1,
    });
  }
  return parameters;
}
