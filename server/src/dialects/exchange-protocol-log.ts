import { isoTime } from "./log-head.js";
import type { Dialect, ReadContext, Speaker, ToolNote, WireExtras } from "./types.js";

/** date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context */
const RECORD =
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{1,7}Z?),((?:"[^"]{0,300}")|[^,]{0,300}),([0-9A-Fa-f]{8,32}),(\d{1,9}),([^,]{0,80}),([^,]{0,80}),([+\-<>*]),/;
const FIELDS =
  /^#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context/;
/** Keywords that Exchange strings together in one record behind `Hello [ip]`. */
const KEYWORD =
  / (?=(?:SIZE|PIPELINING|DSN|ENHANCEDSTATUSCODES|STARTTLS|X-ANONYMOUSTLS|AUTH|X-EXPS|8BITMIME|BINARYMIME|CHUNKING|XEXCH50|XRDST|XSHADOW|XSHADOWREQUEST|SMTPUTF8|XPROXY|XPROXYFROM|XPROXYTO|X-LINK2STATE|X-OORG|XORIGFROM|XSYSPROBE|X-XPROXYFROM)(?: |$))/g;

/** Exchange Server's protocol logs of Send and Receive connectors. */
export const exchangeProtocolLog: Dialect = {
  id: "exchange-protocol-log",
  title: "Exchange protocol log",
  seenWith: 'Microsoft Learn, "Protocol logging in Exchange Server"',
  traits: {
    body: "hidden",
    sides: "both",
    endOfDataShown: false,
    order: "wire",
    closeShown: true,
    origin: "recorded",
    startShown: true,
    masksCredentials: true,
    repliesWhole: false,
  },
  detect(sample) {
    const records = sample.count(RECORD);
    if (records === 0) return sample.count(FIELDS) > 0 ? 0.9 : 0;
    return sample.count(FIELDS) > 0 || records > 1 ? 0.98 : 0.9;
  },
  read,
};

interface Csv {
  /** Columns of the data field, quotes left out. */
  readonly from: number;
  readonly to: number;
  readonly data: string;
  readonly columns: readonly number[] | undefined;
}

function read(context: ReadContext): void {
  const { view } = context;
  let sends: boolean | undefined;
  /** Sessions in which this server is the client (Send connectors), by what opened them. */
  const isClient = new Map<string, boolean>();
  for (let line = 0; line < view.lineCount; line++) {
    const text = view.text(line);
    if (text === "") continue;
    const type = /^#Log-type: SMTP (Send|Receive) Protocol Log/.exec(text);
    if (type) sends = type[1] === "Send";
    const record = RECORD.exec(text);
    if (!record) {
      context.tool(line);
      continue;
    }
    const channel = record[3] as string;
    const extras: WireExtras = { channel, time: isoTime(record[1] as string) };
    const field = csvField(text, record[0].length);
    const event = record[7] as string;
    if (event !== "<" && event !== ">") {
      context.tool(line, note(event, record, field.data, sends), extras);
      continue;
    }
    let client = isClient.get(channel) ?? sends;
    if (client === undefined) {
      const reply = /^[2-5]\d\d[ -]/.test(field.data);
      client = (event === "<") === reply;
    }
    isClient.set(channel, client);
    const speaker: Speaker = (event === ">") === client ? "client" : "server";
    emit(context, speaker, line, field, extras);
  }
}

function note(event: string, record: RegExpExecArray, data: string, sends: boolean | undefined): ToolNote | undefined {
  if (event === "+") {
    const remote = /^\[?([0-9A-Fa-f.:]{2,45}?)\]?:(\d{1,5})$/.exec(record[6] as string);
    return { kind: "connect", ip: remote?.[1], port: sends && remote ? Number(remote[2]) : undefined };
  }
  if (event === "-") {
    return { kind: "close", by: /^Remote|,Remote/.test(data) ? (sends ? "server" : "client") : "unknown" };
  }
  const tls = /\bTLS protocol (\S{1,30}) negotiation succeeded using .{0,80}?\b(\S{3,30}) with strength/.exec(data);
  return tls ? { kind: "tls-started", version: tls[1], cipher: tls[2] } : undefined;
}

/** A field of RFC 4180 CSV from a column on: quoted with doubled quotes, or plain up to the comma. */
function csvField(text: string, at: number): Csv {
  if (text[at] !== '"') {
    // Exchange does not quote data with blanks; a command never holds a comma, a reply is quoted if it does.
    const comma = text.indexOf(",", at);
    const to = comma === -1 ? text.length : comma;
    return { from: at, to, data: text.slice(at, to), columns: undefined };
  }
  let data = "";
  const columns: number[] = [];
  let k = at + 1;
  for (; k < text.length; k++) {
    if (text[k] === '"') {
      if (text[k + 1] !== '"') break;
      columns.push(k);
      data += '"';
      k++;
    } else {
      columns.push(k);
      data += text[k];
    }
  }
  columns.push(Math.min(k, text.length));
  const doubled =
    columns.length > 1 && (columns[columns.length - 1] as number) - (columns[0] as number) !== data.length;
  return { from: at + 1, to: k, data, columns: doubled ? columns : undefined };
}

/** The keywords of an EHLO reply stand in one record behind each other; they are told apart by name. */
function emit(context: ReadContext, speaker: Speaker, line: number, field: Csv, extras: WireExtras): void {
  const { data, columns, from } = field;
  if (columns) {
    context.emitMapped(speaker, line, data, columns, extras);
    return;
  }
  const hello = speaker === "server" ? /^250[ -] ?\S+ Hello \S+/.exec(data) : null;
  if (!hello) {
    context.emit(speaker, line, from, from + data.length, extras);
    return;
  }
  const starts = [0, ...[...data.matchAll(KEYWORD)].map((match) => (match.index as number) + 1)];
  starts.forEach((start, k) => {
    const stop = k + 1 < starts.length ? (starts[k + 1] as number) - 1 : data.length;
    const content = k === 0 ? data.slice(3, stop).replace(/^[ -] */, "") : data.slice(start, stop);
    const text = `250${k + 1 === starts.length ? " " : "-"}${content.replace(/,$/, "")}`;
    const places: number[] = [];
    const shift = stop - start - (text.length - 4);
    for (let at = 0; at <= text.length; at++)
      places.push(from + (at < 4 ? start : Math.min(stop, start + at - 4 + Math.max(0, shift))));
    context.emitMapped(speaker, line, text, places, extras);
  });
}
