import type { Dialect, ReadContext, ToolNote } from "./types.js";

/** Marker, then the content: `<-  `, `<** `, ` -> `, and the same with `~` under TLS. */
const MARK = /^(<- {2}|<\*\* |<~ {2}|<~\* | -> | ~> )/;
const MARK_EMPTY = /^(?:<-|<\*\*|<~|<~\*| ->| ~>) ?$/;
const RAW_ROW = /^(?:<| {2}>) {0,3}\d{4,}: (?:[0-9A-F]{2} {0,2}){1,16}/;
const LINES_SENT = /^(\d+) lines sent$/;

/** swaks: every line has its own marker; after the handshake the arrows are wavy. */
export const swaks: Dialect = {
  id: "swaks",
  title: "swaks",
  seenWith: "swaks 20201014.0",
  traits: {
    body: "stuffed",
    sides: "both",
    endOfDataShown: true,
    order: "wire",
    closeShown: true,
    origin: "recorded",
    startShown: true,
    repliesWhole: true,
  },
  inParts: true,
  detect(sample) {
    const own = sample.count(/^=== (?:Trying|Connected to|TLS started|Connection closed)/);
    const arrows = sample.count(/^(?:<- {2}|<\*\* |<~ {2}|<~\* )[2-5]\d\d| [-~]> [A-Z]/);
    // It never got as far as a dialogue.
    if (arrows === 0) return own > 0 && sample.count(/^\*\*\* (?:Error connecting|TLS startup failed)/) > 0 ? 0.9 : 0;
    return own > 0 ? 0.99 : 0.8;
  },
  read,
};

function read(context: ReadContext): void {
  const { view } = context;
  let server = 0;
  let client = 0;
  for (let line = 0; line < view.lineCount; line++) {
    const text = view.text(line);
    const mark = MARK.exec(text)?.[1] ?? (MARK_EMPTY.test(text) ? text : undefined);
    if (mark !== undefined) {
      const fromServer = mark.startsWith("<");
      const tls = mark.includes("~");
      const sent = fromServer ? null : LINES_SENT.exec(text.slice(mark.length));
      if (sent) {
        context.tool(line, { kind: "data-hidden" });
        continue;
      }
      if (fromServer) server++;
      else client++;
      context.emit(fromServer ? "server" : "client", line, Math.min(mark.length, text.length), text.length, {
        tls,
        masked: isMasked(text),
      });
    } else if (text !== "") {
      context.tool(line, RAW_ROW.test(text) ? undefined : noteOf(text));
    }
  }
  if (server === 0 && client > 0) context.traits({ sides: "client" });
  if (client === 0 && server > 0) context.traits({ sides: "server" });
}

/** --auth-hide-password puts the base64 form of PROVIDED_BUT_REMOVED in the password's place. */
function isMasked(text: string): boolean {
  return text.includes("UFJPVklERURfQlVUX1JFTU9WRUQ") || text.includes("PROVIDED_BUT_REMOVED");
}

function noteOf(text: string): ToolNote | undefined {
  const trying = /^=== Trying (\S+):(\d+)\.\.\.$/.exec(text);
  if (trying) return { kind: "connect", host: trying[1], port: Number(trying[2]) };
  const tls = /^=== TLS started with cipher ([^:]+):([^:]+)/.exec(text);
  if (tls) return { kind: "tls-started", version: tls[1], cipher: tls[2] };
  if (/^\*\*\* TLS startup failed/.test(text)) return { kind: "tls-failed", text: text.slice(4) };
  if (/^\*\*\* (?:Error connecting|\tIO::Socket)/.test(text)) return { kind: "connect-failed", text: text.slice(4) };
  if (text.startsWith("=== Dropping connection")) return { kind: "close", by: "client" };
  if (text.startsWith("*** Remote host closed connection unexpectedly")) return { kind: "close", by: "server" };
  if (text.startsWith("=== Connection closed with remote host")) return { kind: "close", by: "unknown" };
  return undefined;
}
