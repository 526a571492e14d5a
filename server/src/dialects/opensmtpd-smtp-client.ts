import type { Dialect, ReadContext, ToolNote } from "./types.js";

const MARK = /^(?:mta: )?0x[0-9a-f]{1,16}: (<<<|>>>) ?/;
const STATE = /^0x[0-9a-f]{1,16}: [A-Z_]+ -> [A-Z_]+$/;
const TRYING = /^trying host (\S+) port (\d{1,5})\.\.\./;
const SUMMARY = /^(\S+@\S+|\S+): (EOM|RCPT|MAIL|DATA|BANNER|EHLO|LHLO|HELO): (([2-5]\d\d)[ -].*)$/;
const ENHANCED = /^[2-5]\d\d[ -]([245]\.\d{1,3}\.\d{1,3})(?: |$)/;
const HIDDEN = /^\[\.\.\.(\d{1,12}) bytes\.\.\.\]$/;

/** OpenSMTPD's `smtp` client with -v: state changes, `<<< ` of the server, `mta: … >>> ` of the client; no message. */
export const opensmtpdSmtpClient: Dialect = {
  id: "opensmtpd-smtp-client",
  title: "OpenSMTPD smtp -v -v",
  seenWith: "OpenSMTPD 6.8.0",
  traits: {
    body: "hidden",
    sides: "both",
    endOfDataShown: true,
    order: "wire",
    closeShown: true,
    origin: "recorded",
    startShown: true,
    repliesWhole: true,
  },
  detect(sample) {
    const marks = sample.count(/^(?:mta: )?0x[0-9a-f]{1,16}: (?:<<<|>>>) /);
    const trying = sample.count(TRYING);
    if (marks > 0) return 0.98;
    return trying > 0 || sample.count(STATE) > 0 ? 0.9 : 0;
  },
  read,
};

function read(context: ReadContext): void {
  const { view } = context;
  let shown = false;
  for (let line = 0; line < view.lineCount; line++) {
    const text = view.text(line);
    if (text === "") continue;
    const mark = MARK.exec(text);
    if (!mark) {
      if (!shown) summarise(context, line, text);
      context.tool(line, noteOf(text));
      continue;
    }
    shown = true;
    const from = mark[0].length;
    const hidden = mark[1] === ">>>" ? HIDDEN.exec(text.slice(from, from + 40)) : null;
    if (hidden) context.tool(line, { kind: "data-hidden", octets: Number(hidden[1]), open: true });
    else context.emit(mark[1] === "<<<" ? "server" : "client", line, from, text.length);
  }
}

/** With one -v the outcome of each recipient is all that is printed. */
function summarise(context: ReadContext, line: number, text: string): void {
  const match = SUMMARY.exec(text.slice(0, 2000));
  if (!match) return;
  const reply = match[3] as string;
  const code = Number(match[4]);
  const start = context.view.offset(line, text.indexOf(reply));
  context.delivery({
    line,
    start,
    end: start + reply.length,
    recipient: match[1] as string,
    relay: null,
    stage: match[2] === "EOM" ? "end of data" : (match[2] as string),
    status: code < 300 ? "sent" : code < 500 ? "deferred" : "bounced",
    code,
    enhanced: ENHANCED.exec(reply)?.[1] ?? null,
    text: reply,
    queueId: null,
  });
}

function noteOf(text: string): ToolNote | undefined {
  const trying = TRYING.exec(text);
  if (trying) {
    const host = trying[1] as string;
    return { kind: "connect", [/^[\d.]+$|:/.test(host) ? "ip" : "host"]: host, port: Number(trying[2]) };
  }
  if (text === "valid certificate") return { kind: "tls-started", verified: true };
  if (/^connection error: .*(?:certificate|TLS)/i.test(text)) return { kind: "tls-failed", text };
  if (/^connection error: (?:Connection refused|No route|Network)/.test(text)) return { kind: "connect-failed", text };
  if (text.startsWith("connection closed")) return { kind: "close", by: "client" };
  return undefined;
}
