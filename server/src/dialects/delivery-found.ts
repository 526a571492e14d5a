import type { Delivery } from "./types.js";

/** A delivery found in one line: everything but its place, with the columns of the reply (or of the whole message). */
export interface FoundDelivery extends Omit<Delivery, "line" | "start" | "end"> {
  readonly from: number;
  readonly to: number;
}

export type Parts = Partial<Omit<FoundDelivery, "from" | "to" | "status">>;

const REPLY_START = /^([2-5]\d\d)(?:[ -]#?([245]\.\d{1,3}\.\d{1,3}))?(?=[ :;,-]|$)/;
const STATUS_CODE = /(?:^|[ (#])([245]\.\d{1,3}\.\d{1,3})(?=[ :;,)-]|$)/;

/** Code and enhanced code at the start of a reply text, null where none stands there. */
export function replyCodes(text: string): { code: number | null; enhanced: string | null } {
  const match = REPLY_START.exec(text);
  if (!match) return { code: null, enhanced: STATUS_CODE.exec(text)?.[1] ?? null };
  return { code: Number(match[1]), enhanced: match[2] ?? null };
}

/** What became of a message by the code of a reply, or by an enhanced status code where there is no reply. */
export function statusOf(code: number | null, enhanced: string | null): Delivery["status"] {
  const first = code === null ? enhanced?.[0] : String(code)[0];
  return first === "2" ? "sent" : first === "4" ? "deferred" : "bounced";
}

const STAGES: readonly (readonly [RegExp, string])[] = [
  [/end of (?:DATA|data|BDAT|message)|END-OF-MESSAGE|message content/i, "end of data"],
  [/\bRCPT\b/i, "RCPT"],
  [/\bMAIL\b/i, "MAIL"],
  [/\bDATA\b/i, "DATA"],
  [/\bBDAT\b/i, "BDAT"],
  [/\b(?:EHLO|HELO|LHLO)\b/i, "EHLO"],
  [/\bAUTH\b/i, "AUTH"],
  [/\bSTARTTLS\b/i, "STARTTLS"],
  [/initial connection|greeting|\bCONNECT\b/i, "greeting"],
];

/** The command that a reply answered, from the words of a log: "RCPT", "end of data"; null where they name none. */
export function stageOf(words: string): string | null {
  for (const [pattern, stage] of STAGES) if (pattern.test(words)) return stage;
  return null;
}

/** Puts a delivery together; what is not said is null. `from` and `to` are columns of the reply text. */
export function found(
  text: string,
  from: number,
  to: number,
  status: Delivery["status"] | undefined,
  parts: Parts,
): FoundDelivery {
  const reply = text.slice(from, to);
  const codes = replyCodes(reply);
  const code = parts.code ?? codes.code;
  const enhanced = parts.enhanced ?? codes.enhanced;
  return {
    recipient: parts.recipient ?? null,
    relay: parts.relay ?? null,
    stage: parts.stage ?? null,
    code,
    enhanced,
    status: status ?? statusOf(code, enhanced),
    text: reply === "" ? null : reply,
    queueId: parts.queueId ?? null,
    time: parts.time,
    from,
    to,
  };
}
