import { logDelivery, saidSpan, tellDelivery } from "./deliveries.js";
import { replyCodes, statusOf } from "./delivery-found.js";
import { REPORT_TRAITS } from "./delivery-report.js";
import { ReportReader } from "./report-text.js";
import type { Dialect, ReadContext, Sample } from "./types.js";

/** A reply with an outcome, perhaps quoted or behind words such as "said:" or "Error:". */
const LONE = /^\s*["'`([]?([245]\d\d)(?:([ -])|$)/;
const BEHIND =
  /(?:^|["'`(<=]|: )(?=[45]\d\d[ -](?:#?[45]\.\d{1,3}\.\d{1,3}\b|[A-Z<]))|\s(?=[45]\d\d[ -]#?[45]\.\d{1,3}\.\d{1,3}\b)/;
/** smtplib's exceptions: `(550, b'5.1.1 …')`. */
const TUPLE = /\(([45]\d\d), b?(['"])/;
const VERB = /^(?:>>> |C: )?(?:EHLO|HELO|LHLO|MAIL FROM|RCPT TO|DATA$|QUIT$|AUTH |STARTTLS$)/i;
/** Frames of a stack trace. */
const TRACE =
  /^(?:Traceback \(most recent call last\):| {2}File "[^"]+", line \d+| +at [\w$.<>[\] ]+[ (]|[\w.]+(?:Exception|Error): )/;
/** What Node.js, Python and others say of a connection that did not come about. */
const NO_CONNECTION =
  /^(?:\S+: )?(?:connect|getaddrinfo|queryA) E(?:CONNREFUSED|TIMEDOUT|NOTFOUND|HOSTUNREACH|NETUNREACH|AI_AGAIN)\b|^(?:ConnectionRefusedError|TimeoutError|socket\.(?:gaierror|timeout)|OSError): \[?Errno|\b(?:SocketException|ConnectException|UnknownHostException): /;
const CODES = /(?:^|[^\d.])([45]\d\d)[ -]#?([45]\.\d{1,3}\.\d{1,3})\b/;
/** More lines than this are no pasted line. */
const FEW = 12;

/** One line (or one reply) somebody pasted: the outcome of a delivery without its session. */
export const deliveryLine: Dialect = {
  id: "delivery-line",
  title: "A single line about a delivery",
  seenWith: "pasted reply and log lines",
  traits: REPORT_TRAITS,
  detect,
  read,
};

function detect(sample: Sample): number {
  const { lines } = sample;
  if (lines.length === 0 || sample.count(VERB) > 0) return 0;
  if (lines.length < 200 && sample.count(NO_CONNECTION) > 0 && sample.count(/^[2-5]\d\d[ -]/) === 0) return 0.3;
  if (lines.length > FEW) return isTrace(sample) ? 0.4 : 0;
  if (isOneReply(lines)) return 0.8;
  // Refusals one after another, with nothing they would answer.
  if (lines.every((line) => /^[45]\d\d[ -]/.test(line))) return 0.6;
  if (lines.some((line) => logDelivery(line) !== undefined)) return lines.length === 1 ? 0.85 : 0.6;
  if (sample.count(/\bsaid: [245]\d\d[ -]|\(in reply to [A-Z ]+ command\)/) > 0) return 0.7;
  if (isTrace(sample)) return 0.4;
  // Anything else that quotes a refusal; weaker than every tool's own lines.
  return lines.length <= 3 && sample.count(BEHIND) + sample.count(TUPLE) > 0 && sample.count(LONE) < 2 ? 0.4 : 0;
}

/** What a program printed when it gave up (Python, Node.js, Java, .NET), with the refusal somewhere in it. */
function isTrace(sample: Sample): boolean {
  return sample.count(TRACE) > 0 && sample.count(BEHIND) + sample.count(TUPLE) > 0 && sample.count(/^[2-5]\d\d-/) < 2;
}

/** All lines are one reply that decides something: a refusal, or a 250 that names what it did. */
function isOneReply(lines: readonly string[]): boolean {
  const code = LONE.exec(lines[0] as string)?.[1];
  if (code === undefined || (code < "400" && !/\bqueued\b|\bid=|accepted|\b2\.\d\.\d\b/i.test(lines.join(" "))))
    return false;
  if (code < "400" && lines.length > 1) return false;
  return lines.every((line, k) => {
    const match = LONE.exec(line);
    return match?.[1] === code && (k === lines.length - 1 || match[2] === "-");
  });
}

function read(context: ReadContext): void {
  const { view } = context;
  const reports = new ReportReader(context);
  const told = new Set<string>();
  for (let line = 0; line < view.lineCount; line++) {
    const text = view.text(line);
    if (text.trim() === "") continue;
    const delivery = logDelivery(text);
    if (delivery) {
      tellDelivery(context, line, delivery);
      continue;
    }
    // A trace repeats what its first line said: indented, as properties of the error.
    const codes = CODES.exec(text);
    const both = codes ? `${codes[1]} ${codes[2]}` : "";
    if (told.has(both) && /^\s/.test(text)) {
      context.tool(line);
      continue;
    }
    if (codes) told.add(both);
    if (NO_CONNECTION.test(text)) {
      context.tool(line, { kind: "connect-failed", text: text.trim() });
      continue;
    }
    const last = LONE.test(text) ? tellReply(context, line) : undefined;
    if (last !== undefined) {
      line = last;
      continue;
    }
    context.tool(line);
    if (!reports.take(line)) line = tellQuoted(context, line, text);
  }
}

/** A reply of one or more lines; gives the number of its last line. */
function tellReply(context: ReadContext, line: number): number {
  const { view } = context;
  const first = view.text(line);
  const from = first.search(/[245]\d\d/);
  let last = line;
  let text = first.slice(from).replace(/["'`)\]]?\s*$/, "");
  while (view.text(last)[from + 3] === "-" && last + 1 < view.lineCount && LONE.test(view.text(last + 1))) {
    last++;
    text += more(view.text(last), text);
  }
  for (let k = line; k <= last; k++) context.tool(k);
  const codes = replyCodes(text);
  const said = saidSpan(text, 0, text.length);
  context.delivery({
    line,
    start: view.offset(line, from),
    end: view.offset(last, view.text(last).length),
    recipient: recipientIn(text),
    relay: null,
    stage: said.stage,
    status: statusOf(codes.code, codes.enhanced),
    code: codes.code,
    enhanced: codes.enhanced,
    text,
    queueId: /\bqueued as ([0-9A-Za-z]{6,20})\b/.exec(text)?.[1] ?? null,
  });
  return last;
}

/** What a further line of a reply adds to its text: without the codes, which stand in the first line. */
function more(line: string, text: string): string {
  const { enhanced } = replyCodes(text);
  const rest = line.trim().replace(/^["'`([]?[2-5]\d\d[ -]?/, "");
  const said = (enhanced !== null && rest.startsWith(enhanced) ? rest.slice(enhanced.length) : rest).trim();
  return said === "" ? "" : ` ${said}`;
}

/** A refusal quoted inside a sentence or a program's message, with its second line where it has one; gives the last line. */
function tellQuoted(context: ReadContext, line: number, text: string): number {
  const quoted = BEHIND.exec(text);
  if (!quoted) {
    tellTuple(context, line, text);
    return line;
  }
  const said = /\bsaid: /.test(text) ? saidSpan(text, 0, text.length) : undefined;
  const from = said && /^[245]\d\d/.test(text.slice(said.from)) ? said.from : quoted.index + quoted[0].length;
  const opening = from > 0 ? text[from - 1] : undefined;
  // Microsoft's traces write {LED=550 5.1.1 …};{FQDN=…}.
  const brace = opening === "=" ? "}" : undefined;
  const inString = text.slice(Math.max(0, from - 2000), from).split('"').length % 2 === 0 ? '"' : undefined;
  const quote = opening === '"' || opening === "'" || opening === "`" ? opening : (brace ?? inString);
  const closing = quote === undefined ? -1 : text.indexOf(quote, from);
  const to = said && from === said.from ? said.to : closing === -1 ? text.length : closing;
  const { view } = context;
  const first = text.slice(from, to).replace(/["'`)\]]\s*$/, "");
  const next = line + 1 < view.lineCount ? view.text(line + 1) : "";
  const goesOn = first[3] === "-" && next.trimStart().startsWith(`${first.slice(0, 3)} `);
  const reply = goesOn ? first + more(next.replace(/["'`)\].]*\s*$/, ""), first) : first;
  if (goesOn) context.tool(line + 1);
  const codes = replyCodes(reply);
  context.delivery({
    line,
    start: view.offset(line, from),
    end: view.offset(line, from + first.length),
    recipient: recipientIn(text),
    relay: /\bhost (\S{1,300}?\[[^\]]{1,60}\])/.exec(text)?.[1] ?? null,
    stage: said?.stage ?? null,
    status: statusOf(codes.code, codes.enhanced),
    code: codes.code,
    enhanced: codes.enhanced,
    text: reply,
    queueId: null,
  });
  return goesOn ? line + 1 : line;
}

/** Code and text of a reply stand apart in a Python tuple; the text of the delivery is put together from both. */
function tellTuple(context: ReadContext, line: number, text: string): void {
  const tuple = TUPLE.exec(text);
  if (!tuple) return;
  const { view } = context;
  const from = tuple.index + tuple[0].length;
  const closing = text.indexOf(tuple[2] as string, from);
  const to = closing === -1 ? text.length : closing;
  const codes = replyCodes(`${tuple[1]} ${text.slice(from, to)}`);
  context.delivery({
    line,
    start: view.offset(line, tuple.index + 1),
    end: view.offset(line, to),
    recipient: /['"]([^'"\s@]{1,64}@[^'"\s]{1,255})['"]: \(/.exec(text.slice(0, 4000))?.[1] ?? recipientIn(text),
    relay: null,
    stage: /SMTPRecipientsRefused/.test(text) ? "RCPT" : /SMTPSenderRefused/.test(text) ? "MAIL" : null,
    status: statusOf(codes.code, codes.enhanced),
    code: codes.code,
    enhanced: codes.enhanced,
    text: `${tuple[1]} ${text.slice(from, to)}`,
    queueId: null,
  });
}

function recipientIn(text: string): string | null {
  const start = text.slice(0, 4000);
  const named = /\b(?:to|rcpt|recipient|emailAddress)["']?[=:] ?["'<]?([^\s"'<>,;@]{1,64}@[^\s"'<>,;]{1,255})/i;
  return (/<([^<>\s@]{1,64}@[^<>\s]{1,255})>/.exec(start) ?? named.exec(start))?.[1] ?? null;
}
