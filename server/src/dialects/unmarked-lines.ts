import type { Sample } from "./types.js";

const REPLY_LINE = /^[2-5][0-9]{2}(?:[ -]|$)/;
/** Narrow enough for prose ("Mail was sent", "help me") not to match. */
const VERB_LINE =
  /^(?:(?:EHLO|HELO|LHLO) \S+[ \t]*$|(?:MAIL[ \t]+FROM|RCPT[ \t]+TO)[ \t]*:|(?:DATA|QUIT|STARTTLS|RSET|NOOP|HELP|EHLO|HELO)[ \t]*$|AUTH [\w-]+(?: [\w+/=*]+)?[ \t]*$|(?:VRFY|EXPN|ETRN) \S+[ \t]*$|BDAT \d+(?: LAST)?[ \t]*$|XCLIENT |XFORWARD )/i;

/** True if a line reads as a reply line of a server. */
export function looksLikeServerLine(text: string): boolean {
  return REPLY_LINE.test(text);
}

/** True if a line begins with a verb of SMTP. */
export function looksLikeCommand(text: string): boolean {
  return VERB_LINE.test(text);
}

/** How many sampled lines are replies and commands without any mark. */
export function unmarkedCounts(sample: Sample): { replies: number; commands: number } {
  return { replies: sample.count(/^[2-5][0-5]\d(?:[ -]|$)/), commands: sample.count(VERB_LINE) };
}
