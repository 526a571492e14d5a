import { isoTime, syslogHead } from "./log-head.js";
import type { Delivery, ReadContext, WireExtras } from "./types.js";

/** A delivery found in one line: everything but its place, with the columns of the reply (or of the whole message). */
export interface FoundDelivery extends Omit<Delivery, "line" | "start" | "end"> {
  readonly from: number;
  readonly to: number;
}

type Parts = Partial<Omit<FoundDelivery, "from" | "to" | "status">>;

const CODE = /(?:^|[^\d.])([245]\d\d)(?:[ -]|$)/;
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
function found(
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

/** Finds the delivery that a line of a mail log tells of; undefined for other lines. Reads the line's own head. */
export function logDelivery(text: string): FoundDelivery | undefined {
  const mayTell =
    text.includes("status=") ||
    text.includes("stat=") ||
    text.includes("reject") ||
    text.includes("SMTP error") ||
    text.includes(" => ") ||
    text.includes(" -> ") ||
    text.includes(" ** ") ||
    text.includes(" == ");
  if (!mayTell) return undefined;
  const head = syslogHead(text);
  const from = head?.from ?? 0;
  const time = head?.time;
  return (
    postfixStatus(text, from, time) ??
    postfixReject(text, from, time) ??
    sendmailStat(text, from, time) ??
    eximLine(text, from, time)
  );
}

const POSTFIX_TO = /(?:([0-9A-Za-z]{6,20}): )?to=<([^>]{0,1000})>, /y;
const POSTFIX_STATUS = / status=(sent|deferred|bounced|expired|deliverable|undeliverable|SOFTBOUNCE)(?: |$)/;

function postfixStatus(text: string, from: number, time: number | undefined): FoundDelivery | undefined {
  POSTFIX_TO.lastIndex = from;
  const to = POSTFIX_TO.exec(text);
  if (!to) return undefined;
  const status = POSTFIX_STATUS.exec(text);
  if (!status) return undefined;
  const relay = /\brelay=([^,\s]{1,300}),/.exec(text)?.[1];
  const dsn = /\bdsn=([245]\.\d{1,3}\.\d{1,3})/.exec(text)?.[1];
  let start = status.index + status[0].length;
  let end = text.length;
  if (text[start] === "(" && text.endsWith(")")) {
    start++;
    end--;
  }
  const said = saidSpan(text, start, end);
  return found(text, said.from, said.to, postfixOutcome(status[1] as string), {
    recipient: to[2],
    relay: relay === undefined || relay === "none" ? null : relay,
    stage: said.stage ?? (status[1] === "sent" && /^2\d\d/.test(text.slice(said.from, said.to)) ? "end of data" : null),
    queueId: to[1],
    enhanced: replyCodes(text.slice(said.from, said.to)).enhanced ?? dsn,
    time,
  });
}

function postfixOutcome(word: string): Delivery["status"] {
  if (word === "sent" || word === "deliverable") return "sent";
  if (word === "deferred" || word === "SOFTBOUNCE") return "deferred";
  return word === "expired" ? "expired" : "bounced";
}

/** Finds `said: REPLY (in reply to X command)` or `refused to talk to me: REPLY` inside a span; else the whole span. */
export function saidSpan(text: string, start: number, end: number): { from: number; to: number; stage: string | null } {
  const span = text.slice(start, end);
  const said = /(?:\bsaid: |\brefused to talk to me: )/.exec(span);
  if (!said)
    return { from: start, to: end, stage: /conversation with|lost connection/.test(span) ? stageOf(span) : null };
  const from = start + said.index + said[0].length;
  const inReply = span.lastIndexOf(" (in reply to ");
  if (inReply === -1 || start + inReply < from) {
    return { from, to: end, stage: said[0].startsWith("refused") ? "greeting" : null };
  }
  return { from, to: start + inReply, stage: stageOf(span.slice(inReply)) };
}

const POSTFIX_REJECT =
  /(?:([0-9A-Za-z]{6,20}): )?(?:milter-)?reject(?:_warning)?: (\S{1,40}) from (\S{1,300}): ((?:[245]\d\d[ -]|[245]\.\d{1,3}\.\d{1,3} ).*)$/;

function postfixReject(text: string, from: number, time: number | undefined): FoundDelivery | undefined {
  const at = text.indexOf("reject", from);
  if (at === -1) return undefined;
  const match = POSTFIX_REJECT.exec(text);
  if (!match) return undefined;
  const start = text.length - (match[4] as string).length;
  const tail = /; (?:from|to|proto|helo)=/.exec(text.slice(start));
  const queueId = match[1] === "NOQUEUE" ? null : match[1];
  return found(text, start, tail ? start + tail.index : text.length, undefined, {
    recipient: / to=<([^>]{0,1000})>/.exec(text)?.[1],
    stage: stageOf(match[2] as string),
    queueId,
    time,
  });
}

const SENDMAIL_QUEUE_ID = /([0-9A-Za-z]{12,20}): /y;

function sendmailStat(text: string, from: number, time: number | undefined): FoundDelivery | undefined {
  SENDMAIL_QUEUE_ID.lastIndex = from;
  const id = SENDMAIL_QUEUE_ID.exec(text)?.[1];
  const relay = /[ ,]relay=([^,]{1,300})/.exec(text)?.[1]?.trim();
  const dsn = /[ ,]dsn=([245]\.\d{1,3}\.\d{1,3})/.exec(text)?.[1];
  const reject = text.indexOf(", reject=");
  if (reject !== -1 && text.includes("ruleset=")) {
    const start = reject + ", reject=".length;
    const rule = /ruleset=check_(\w{1,20})/.exec(text)?.[1] ?? "";
    const recipient = rule === "rcpt" ? /arg1=<?([^>,]{1,1000})/.exec(text)?.[1] : null;
    return found(text, start, text.length, undefined, { recipient, stage: stageOf(rule), queueId: id, time });
  }
  const stat = text.lastIndexOf("stat=");
  if (stat === -1 || !/[ ,]to=/.test(text)) return undefined;
  const to = /[ ,:]to=(.{1,2000}?), (?:ctladdr|delay|xdelay|mailer)=/.exec(text)?.[1];
  const start = stat + "stat=".length;
  const words = text.slice(start);
  const sent = /^Sent\b(?: \((.*)\)$)?/.exec(words);
  const deferred = /^(?:Deferred|queued|I\/O error)/i.test(words);
  const span = sent?.[1] === undefined ? start : start + "Sent (".length;
  const reply = replyField(text);
  const end = sent?.[1] === undefined ? text.length : text.length - 1;
  return found(text, reply?.from ?? span, reply?.to ?? end, sent ? "sent" : deferred ? "deferred" : "bounced", {
    recipient: to?.split(",")[0]?.replace(/^<|>$/g, ""),
    relay: relay ?? null,
    stage: sent && relay ? "end of data" : null,
    queueId: id,
    enhanced: dsn,
    code: CODE.exec(words)?.[1] === undefined ? undefined : Number(CODE.exec(words)?.[1]),
    time,
  });
}

/** The `reply=550 5.1.1 …` field of newer sendmail log lines (it stands before `stat=`). */
function replyField(text: string): { from: number; to: number } | undefined {
  const match = /, reply=(?:read error from|([245]\d\d[ -].*?)), stat=/.exec(text);
  if (match?.[1] === undefined) return undefined;
  const from = match.index + ", reply=".length;
  return { from, to: from + match[1].length };
}

const EXIM =
  /(?:(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?(?: [+-]\d{4})?) )?(?:\[\d{1,10}\] )?(?:([0-9A-Za-z]{6}-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4}) )? {0,4}(=>|->|>>|\*>|\*\*|==) (\S{1,1000})(?= |$|:)/y;

/** Exim's main log and the `LOG: MAIN` blocks of its debug output (Exim specification, chapter 52). */
function eximLine(text: string, from: number, time: number | undefined): FoundDelivery | undefined {
  EXIM.lastIndex = from;
  const match = EXIM.exec(text);
  if (!match) return eximReject(text);
  const sign = match[3] as string;
  const rest = text.slice(EXIM.lastIndex);
  // A lone arrow in other logs (`client -> server`) is none of Exim's: its lines name a router or transport.
  if (!/ (?:R|T|F|H|P|routing|S)[=\s]|: /.test(rest)) return undefined;
  const base = {
    recipient: (match[4] as string).replace(/:$/, ""),
    relay: /(?:^| )H=(\S{1,255}(?: \[[^\]]{1,60}\](?::\d{1,5})?)?)/.exec(rest)?.[1] ?? null,
    queueId: match[2],
    time: match[1] === undefined ? time : isoTime(match[1]),
  };
  if (sign === "**" || sign === "==") {
    return eximFailure(text, EXIM.lastIndex, sign === "**" ? "bounced" : "deferred", base);
  }
  const confirmation = / C="/.exec(rest);
  if (!confirmation) return found(text, from, text.length, "sent", { ...base, stage: null });
  const start = EXIM.lastIndex + confirmation.index + confirmation[0].length;
  const end = text.indexOf('"', start);
  return found(text, start, end === -1 ? text.length : end, "sent", { ...base, stage: "end of data" });
}

const REMOTE_ERROR =
  /^[LS]MTP error from remote mail(?:er| server) after ([^:]{1,40})(?::<[^>]{0,1000}>)?[^:]{0,200}:(?: host \S{1,255} \[[^\]]{1,60}\]:)? ?/;

function eximFailure(text: string, at: number, status: Delivery["status"], base: Parts): FoundDelivery {
  const rest = text.slice(at);
  // Only the first of its kind is looked at, so that a line of nothing else costs no more than its length.
  const place = rest.search(/[LS]MTP error from remote mail/);
  const error = place === -1 ? null : REMOTE_ERROR.exec(rest.slice(place, place + 2000));
  const timing = / (?:QT|DT)=[\d.]{1,20}[smhd]?(?: DT=[\d.]{1,20}[smhd]?)?$/.exec(text);
  const end = timing ? timing.index : text.length;
  if (!error) {
    const colon = text.lastIndexOf(": ", end);
    return found(text, colon > at ? colon + 2 : at, end, status, base);
  }
  const start = at + place + error[0].length;
  return found(text, start, Math.max(start, end), status, { ...base, stage: stageOf(error[1] as string) });
}

function eximReject(text: string): FoundDelivery | undefined {
  const match =
    /^(?:(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?(?: [+-]\d{4})?) )?(?:\[\d{1,10}\] )?(?:([0-9A-Za-z]{6}-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4}) )?(?:H=|U=)[^:]{1,600}? (temporarily )?rejected (RCPT|MAIL|EHLO or HELO|HELO|after DATA|DATA|connection)(?: <([^>]{0,1000})>)?[^:]{0,300}: ?/.exec(
      text,
    );
  if (!match) return undefined;
  const stage =
    match[4] === "after DATA" ? "end of data" : match[4] === "connection" ? "greeting" : stageOf(match[4] as string);
  return found(text, match[0].length, text.length, match[3] === undefined ? "bounced" : "deferred", {
    recipient: match[4] === "RCPT" ? match[5] : null,
    stage,
    queueId: match[2],
    time: match[1] === undefined ? undefined : isoTime(match[1]),
  });
}

/** Hands a found delivery to the context and emits its line as a tool line. */
export function tellDelivery(context: ReadContext, line: number, delivery: FoundDelivery, extras?: WireExtras): void {
  const { from, to, ...rest } = delivery;
  const { view } = context;
  context.tool(line, undefined, extras);
  context.delivery({ ...rest, line, start: view.offset(line, from), end: view.offset(line, to) });
}
