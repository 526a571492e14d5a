import { emitLiteral } from "./escapes.js";
import type { Dialect, ReadContext, ToolNote } from "./types.js";

const OPENED = /^Connection opened: (\[[0-9a-fA-F:.]+\]|[^\s:]+):(\d{1,5})/;
const WROTE = /^wrote (\d{1,12}) bytes/;
const KIND = { octets: false, ruby: true };

/** Ruby net/smtp with `set_debug_output`: `->` is the server's, `<-` the client's. The message is never printed. */
export const rubyNetSmtp: Dialect = {
  id: "ruby-net-smtp",
  title: "Ruby net/smtp",
  seenWith: "Ruby 3.1 net/smtp",
  traits: {
    body: "hidden",
    sides: "both",
    endOfDataShown: false,
    order: "wire",
    closeShown: false,
    origin: "recorded",
    startShown: true,
    repliesWhole: true,
  },
  detect(sample) {
    const replies = sample.count(/^-> "[2-5]\d\d[ -]/);
    const own = sample.count(/^(?:Connection opened: \S+:\d+|TLS connection started|writing message from )/);
    if (replies > 0) return 0.98;
    return own > 0 ? 0.8 : sample.count(/^<- "[A-Z]{4}/) > 0 ? 0.7 : 0;
  },
  read,
};

function read(context: ReadContext): void {
  const { view } = context;
  let spoke = false;
  let opened = false;
  let tlsFirst = false;
  for (let line = 0; line < view.lineCount; line++) {
    const text = view.text(line);
    if (text === "") continue;
    const server = text.startsWith('-> "');
    if (server || text.startsWith('<- "')) {
      spoke ||= server;
      emitLiteral(context, server ? "server" : "client", line, 3, KIND);
      continue;
    }
    if (text.startsWith("TLS connection started")) {
      // With implicit TLS this line may stand before that of the connection.
      if (opened) context.tool(line, { kind: "tls-started", implicit: !spoke });
      else {
        tlsFirst = true;
        context.tool(line);
      }
      continue;
    }
    const note = noteOf(text);
    context.tool(line, note);
    if (note?.kind === "connect") {
      if (tlsFirst)
        context.emit("tool", line, text.length, text.length, { note: { kind: "tls-started", implicit: true } });
      opened = true;
      tlsFirst = false;
      spoke = false;
    } else if (note?.kind === "close") opened = false;
  }
}

function noteOf(text: string): ToolNote | undefined {
  const connection = OPENED.exec(text);
  if (connection) return { kind: "connect", host: connection[1], port: Number(connection[2]) };
  const wrote = WROTE.exec(text);
  if (wrote) return { kind: "data-hidden", octets: Number(wrote[1]) };
  if (/^(?:OpenSSL::SSL::SSLError|.*\(OpenSSL::SSL::SSLError\))/.test(text)) return { kind: "tls-failed", text };
  if (/^(?:Errno::ECONNREFUSED|Net::OpenTimeout|Errno::EHOSTUNREACH)/.test(text))
    return { kind: "connect-failed", text };
  if (/^(?:EOFError|Errno::ECONNRESET)/.test(text)) return { kind: "close", by: "server" };
  return undefined;
}
