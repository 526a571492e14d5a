import { stampAt } from "./log-head.js";
import type { Dialect, ReadContext, ToolNote, WireExtras } from "./types.js";

const HEAD = /^\[(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\] ([A-Z]{4,5}) {1,2}(?:\[([\w-]{1,40})\] )?/;
const MARKED = /^\[[\d-]{10} [\d:]{8}\] DEBUG \[[\w-]{1,40}\] (?:S: [2-5]\d\d(?:[ -]|$)|C: )/;
const ESTABLISHED = /^(Secure connection|Connection) established to (\[[0-9a-fA-F:.]+\]|[^\s:]+):(\d{1,5})/;
/** `/* secret *\/` in base64, by its place among the octets. */
const SECRETS = ["Lyogc2VjcmV0ICov", "8qIHNlY3JldCAqL", "vKiBzZWNyZXQgKi"];

/**
 * nodemailer with `debug` and `logger`: the number in brackets is the connection. Lines of the message have no `C:`. The
 * password is replaced before it is encoded. QUIT is never sent: the connection is ended.
 */
export const nodemailer: Dialect = {
  id: "nodemailer",
  title: "nodemailer",
  seenWith: "nodemailer 10.6.0",
  traits: {
    body: "stuffed",
    sides: "both",
    endOfDataShown: true,
    order: "wire",
    closeShown: false,
    origin: "recorded",
    startShown: true,
    masksCredentials: true,
    repliesWhole: true,
  },
  detect(sample) {
    const own = sample.count(
      /^\[[\d-]{10} [\d:]{8}\] (?:DEBUG|INFO|ERROR) {1,2}(?:\[[\w-]{1,40}\] )?(?:Creating transport: |Sending mail using |SMTP handshake finished|(?:Secure c|C)onnection established to |Closing connection to the server using|Connection closed, reason)/,
    );
    const lines = sample.count(MARKED);
    if (lines === 0) return own > 0 ? 0.9 : 0;
    return own > 0 ? 0.98 : 0.7;
  },
  read,
};

function read(context: ReadContext): void {
  const { view } = context;
  const inData = new Set<string>();
  for (let line = 0; line < view.lineCount; line++) {
    const text = view.text(line);
    if (text === "") continue;
    const head = HEAD.exec(text);
    const channel = head?.[3];
    if (!head || channel === undefined) {
      context.tool(line);
      continue;
    }
    const from = head[0].length;
    const extras: WireExtras = { time: stampAt(text, 1), channel };
    const debug = head[2] === "DEBUG";
    if (debug && text.startsWith("S: ", from)) {
      context.emit("server", line, from + 3, text.length, extras);
      if (text.startsWith("354", from + 3)) inData.add(channel);
      else inData.delete(channel);
    } else if (debug && inData.has(channel)) {
      context.emit("client", line, from, text.length, extras);
      if (text.length === from + 1 && text[from] === ".") inData.delete(channel);
    } else if (debug && text.startsWith("C: ", from)) {
      const masked = SECRETS.some((secret) => text.includes(secret)) || text.includes("/* secret */");
      context.emit("client", line, from + 3, text.length, masked ? { ...extras, masked } : extras);
    } else {
      emitNote(context, line, text, from, extras);
    }
  }
}

function emitNote(context: ReadContext, line: number, text: string, from: number, extras: WireExtras): void {
  const own = text.slice(from, from + 300);
  const established = ESTABLISHED.exec(own);
  if (!established) {
    context.tool(line, noteOf(own), extras);
    return;
  }
  const host = established[2] as string;
  const place = /^[\d.]+$|^\[/.test(host) ? { ip: host } : { host };
  context.tool(line, { kind: "connect", ...place, port: Number(established[3]) }, extras);
  if (established[1] === "Secure connection") {
    const note: ToolNote = { kind: "tls-started", implicit: true };
    context.emit("tool", line, text.length, text.length, { ...extras, note });
  }
}

function noteOf(text: string): ToolNote | undefined {
  if (text.startsWith("Connection upgraded with STARTTLS")) return { kind: "tls-started" };
  if (text.startsWith("Closing connection to the server")) return { kind: "close", by: "client" };
  if (/^(?:Connection closed unexpectedly|Connection closed, reason|Socket closed)/i.test(text)) {
    return { kind: "close", by: "server" };
  }
  if (/^(?:Error initiating TLS|Error upgrading connection|self.signed certificate|unable to verify)/i.test(text)) {
    return { kind: "tls-failed", text };
  }
  return undefined;
}
