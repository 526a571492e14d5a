import { isoTime } from "./log-head.js";
import type { Dialect, ReadContext, ToolNote, WireExtras } from "./types.js";

const HEAD = /^\[(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\] ([A-Z]{3,6}) {1,3}\[#([0-9a-z]{8,24})\] /;
const HIDDEN = /^C: <(\d{1,12}) bytes of DATA>$/;

/** The npm module smtp-server with `logger: true`. */
export const nodeSmtpServerLog: Dialect = {
  id: "node-smtp-server-log",
  title: "smtp-server (Node.js) log",
  seenWith: "smtp-server 3 (npm)",
  traits: {
    body: "hidden",
    sides: "both",
    endOfDataShown: false,
    order: "wire",
    closeShown: true,
    origin: "recorded",
    startShown: true,
    masksCredentials: true,
    repliesWhole: true,
  },
  detect(sample) {
    return sample.count(HEAD) > 0 ? 0.97 : 0;
  },
  read,
};

function read(context: ReadContext): void {
  const { view } = context;
  for (let line = 0; line < view.lineCount; line++) {
    const text = view.text(line);
    if (text === "") continue;
    const head = HEAD.exec(text);
    if (!head) {
      context.tool(line);
      continue;
    }
    const extras: WireExtras = { channel: head[3], time: isoTime(head[1] as string) };
    const from = head[0].length;
    const hidden = HIDDEN.exec(text.slice(from));
    if (hidden) context.tool(line, { kind: "data-hidden", octets: Number(hidden[1]) }, extras);
    else if (text.startsWith("S: ", from)) context.emit("server", line, from + 3, text.length, extras);
    else if (text.startsWith("C:", from)) {
      const content = Math.min(from + 3, text.length);
      context.emit("client", line, content, text.length, { ...extras, masked: text.includes("/* secure") });
    } else if (head[2] === "DEBUG" && /^[2-5]\d\d(?:[ -]|$)/.test(text.slice(from))) {
      // Only the first line of a reply is marked.
      context.emit("server", line, from, text.length, extras);
    } else context.tool(line, note(text.slice(from)), extras);
  }
}

function note(message: string): ToolNote | undefined {
  const connect = /^(?:Secure connection|Connection) from (\S{0,255}) ?\[?([0-9a-fA-F.:]{2,45})?\]?/.exec(message);
  if (connect) return { kind: "connect", ip: connect[2] ?? /\[([^\]]{2,45})\]/.exec(message)?.[1] };
  const tls = /^Connection upgraded to TLS using (\S{1,80})/.exec(message);
  if (tls) return { kind: "tls-started", cipher: tls[1] };
  if (message.startsWith("Connection closed to ")) return { kind: "close", by: "unknown" };
  return undefined;
}
