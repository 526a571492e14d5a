import { type FoundDelivery, found, replyCodes, stageOf } from "./delivery-found.js";
import { eximLine } from "./exim-lines.js";
import { syslogHead } from "./log-head.js";
import type { Delivery, ReadContext, WireExtras } from "./types.js";

const CODE = /(?:^|[^\d.])([245]\d\d)(?:[ -]|$)/;
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
    opensmtpdDelivery(text, from, time) ??
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

const OPENSMTPD_RESULTS: Readonly<Record<string, Delivery["status"]>> = {
  Ok: "sent",
  TempFail: "deferred",
  PermFail: "bounced",
  Loop: "bounced",
};

/** `mta delivery evpid=… to=<…> … relay="ip (host)" … result="PermFail" stat="550 …"` of OpenSMTPD 6. */
function opensmtpdDelivery(text: string, from: number, time: number | undefined): FoundDelivery | undefined {
  if (!/\bm[dt]a (?:event=)?delivery /.test(text.slice(from, from + 60))) return undefined;
  const result = /\bresult="?(Ok|TempFail|PermFail|Loop)"? stat="?/.exec(text);
  if (!result) return undefined;
  const start = result.index + result[0].length;
  const relay = /\brelay="?([^"\s]{1,255}(?: \([^)"]{1,255}\))?)/.exec(text)?.[1];
  return found(
    text,
    start,
    text.endsWith('"') ? text.length - 1 : text.length,
    OPENSMTPD_RESULTS[result[1] as string],
    {
      recipient: /\bto=<([^>]{0,1000})>/.exec(text)?.[1],
      relay,
      stage: result[1] === "Ok" && relay ? "end of data" : null,
      queueId: /\bevpid=([0-9a-f]{8,16})/.exec(text)?.[1],
      time,
    },
  );
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

/** Hands a found delivery to the context and emits its line as a tool line. */
export function tellDelivery(context: ReadContext, line: number, delivery: FoundDelivery, extras?: WireExtras): void {
  const { from, to, ...rest } = delivery;
  const { view } = context;
  context.tool(line, undefined, extras);
  context.delivery({ ...rest, line, start: view.offset(line, from), end: view.offset(line, to) });
}
