/** Reads reply codes out of what a person types or pastes. */
import { leftOutReason, replyEntry } from "./lookup.js";
import type { Stage } from "./types.js";

/** The codes of a reply, a bounce or a log line. */
export interface CodesInText {
  /** Basic reply code, or null. */
  readonly code: number | null;
  /** Enhanced code, without leading zeros, or null. */
  readonly enhanced: string | null;
}

const ENHANCED = /(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.]*\d)/g;
const BASIC = /(?<![\d.:\-/[(#])([2-5]\d\d)(?=$|[\s\-#,;:)\]]|\.(?:\s|$))/g;
/** Where a basic code in a longer text is surely one: after these words, or before an enhanced code. */
const INTRODUCED = /(?:said|says|response|reply|error|status|code|smtp;|returned|got|server)\W{0,12}$/i;

function enhancedIn(text: string): { code: string; at: number } | undefined {
  ENHANCED.lastIndex = 0;
  const match = ENHANCED.exec(text);
  return match ? { code: `${match[1]}.${Number(match[2])}.${Number(match[3])}`, at: match.index } : undefined;
}

/** How likely a three-digit number in a text is a reply code; 0 for "surely not". */
function likelihood(
  text: string,
  at: number,
  digits: string,
  enhanced: { code: string; at: number } | undefined,
): number {
  const before = text.slice(Math.max(0, at - 24), at);
  const code = Number(digits);
  let points = replyEntry(code) || leftOutReason(code) ? 2 : 0;
  if (enhanced && enhanced.at > at && enhanced.at - at <= 6 && enhanced.code[0] === digits[0]) points += 6;
  if (INTRODUCED.test(before)) points += 3;
  if (/(?:^|\n)\W{0,4}(?:S:\s{0,4})?$/.test(before)) points += 3;
  if (code >= 400) points += 1;
  return points;
}

/**
 * Finds the reply code and the enhanced code in a text, such as `550 5.1.1 User unknown`, `451`, `5.7.1`, or a whole line
 * of a log or bounce (`… said: 554 5.7.1 <a@b.example>: Relay access denied (in reply to RCPT TO command)`).
 * Numbers in addresses, times and versions are not taken for codes.
 * @param text anything; only the first 8192 characters are looked at
 */
export function readCodes(text: string): CodesInText {
  const sample = text.slice(0, 8192);
  const enhanced = enhancedIn(sample);
  let code: number | null = null;
  let best = 1;
  BASIC.lastIndex = 0;
  for (let match = BASIC.exec(sample); match; match = BASIC.exec(sample)) {
    const points = likelihood(sample, match.index, match[1]!, enhanced);
    if (points > best) {
      best = points;
      code = Number(match[1]);
    }
  }
  return { code, enhanced: enhanced?.code ?? null };
}

const STAGES: Readonly<Record<string, Stage>> = {
  CONNECT: "greeting",
  GREETING: "greeting",
  EHLO: "ehlo",
  HELO: "ehlo",
  LHLO: "ehlo",
  STARTTLS: "starttls",
  AUTH: "auth",
  "AUTH-RESPONSE": "auth",
  MAIL: "mail",
  RCPT: "rcpt",
  DATA: "data",
  "DATA-END": "end-of-data",
  "END-OF-DATA": "end-of-data",
  DOT: "end-of-data",
  ".": "end-of-data",
  BDAT: "end-of-data",
  BURL: "end-of-data",
};

/**
 * The stage that a command stands for.
 * @param command a verb (`RCPT`, `rcpt to`), CONNECT, DATA-END, AUTH-RESPONSE, a stage, or `.`; anything else is `any`
 * @returns undefined for an empty or missing command
 */
export function stageOf(command: string | undefined): Stage | undefined {
  const words = (command ?? "").trim().toUpperCase();
  if (words === "") return undefined;
  if (/^END OF DATA|^FINAL DOT/.test(words)) return "end-of-data";
  return STAGES[words.split(/[\s:]/, 1)[0]!] ?? "any";
}
