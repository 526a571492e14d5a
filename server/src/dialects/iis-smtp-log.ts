import { isoTime } from "./log-head.js";
import type { Dialect, ReadContext, WireExtras } from "./types.js";

/** The SMTP service of IIS with W3C extended logging: one line a command, with the code of its reply. */
export const iisSmtpLog: Dialect = {
  id: "iis-smtp-log",
  title: "IIS SMTP service log (W3C)",
  seenWith: "Microsoft documentation of the SMTP service's W3C extended log format",
  traits: {
    body: "hidden",
    sides: "both",
    endOfDataShown: false,
    order: "loose",
    closeShown: false,
    origin: "recorded",
    startShown: false,
    repliesWhole: false,
  },
  detect(sample) {
    if (sample.count(/^#Fields: .*\bcs-method\b.*\bsc-status\b/) === 0) return 0;
    return sample.count(/\bSMTPSVC\d\b/) > 0 ? 0.97 : 0;
  },
  read,
};

function read(context: ReadContext): void {
  const { view } = context;
  let fields: string[] = [];
  for (let line = 0; line < view.lineCount; line++) {
    const text = view.text(line);
    if (text === "") continue;
    if (text.startsWith("#")) {
      if (text.startsWith("#Fields: ")) fields = text.slice("#Fields: ".length).trim().split(/\s+/);
      context.tool(line);
    } else if (fields.length > 0) record(context, line, text, fields);
    else context.tool(line);
  }
}

/** A field with its columns. */
interface Field {
  readonly text: string;
  readonly from: number;
}

function record(context: ReadContext, line: number, text: string, names: readonly string[]): void {
  const values = new Map<string, Field>();
  let at = 0;
  for (const name of names) {
    if (at >= text.length) break;
    const blank = text.indexOf(" ", at);
    const to = blank === -1 ? text.length : blank;
    values.set(name, { text: text.slice(at, to), from: at });
    at = to + 1;
  }
  const verb = values.get("cs-method");
  const query = values.get("cs-uri-query");
  const user = values.get("cs-username")?.text ?? "";
  const address = values.get("c-ip")?.text;
  const outbound = user.startsWith("OutboundConnection");
  const stamp = `${values.get("date")?.text ?? ""} ${values.get("time")?.text ?? ""}`;
  const extras: WireExtras = { channel: `${outbound ? "to" : "from"} ${address ?? ""}`, time: isoTime(stamp) };
  if (user === "OutboundConnectionResponse" && query && query.text !== "-") {
    const columns = Array.from({ length: query.text.length + 1 }, (_, k) => query.from + k);
    context.emitMapped("server", line, query.text.replaceAll("+", " "), columns, extras);
    return;
  }
  if (!verb || verb.text === "-") {
    context.tool(line, undefined, extras);
    return;
  }
  command(context, line, verb, query, extras);
  const status = values.get("sc-status");
  if (!outbound && status && /^[2-5]\d\d$/.test(status.text)) {
    context.emit("server", line, status.from, status.from + 3, extras);
  }
}

/** The verb and its argument stand in two fields; blanks of the argument are plus signs. */
function command(context: ReadContext, line: number, verb: Field, query: Field | undefined, extras: WireExtras): void {
  if (!query || query.text === "-" || verb.text === "DATA" || verb.text === "QUIT") {
    context.emit("client", line, verb.from, verb.from + verb.text.length, extras);
    return;
  }
  const argument = query.text.replaceAll("+", " ");
  const skip = argument.startsWith(" ") ? 1 : 0;
  const text = `${verb.text} ${argument.slice(skip)}`;
  const columns: number[] = [];
  for (let k = 0; k < verb.text.length; k++) columns.push(verb.from + k);
  columns.push(query.from);
  for (let k = skip; k <= argument.length; k++) columns.push(query.from + k);
  context.emitMapped("client", line, text, columns, extras);
}
