import { stampAt } from "./log-head.js";
import type { Dialect, ReadContext, ToolNote } from "./types.js";

const STAMP = /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,7})?)(?:Z|[+-]\d\d:?\d\d)? /;
const CONNECTED = /^Connected to (smtps?):\/\/(\[[0-9a-fA-F:.]+\]|[^\s:/]+)(?::(\d{1,5}))?/;

/** MailKit's ProtocolLogger: `C: ` and `S: ` behind a line that names the server; later versions mask what AUTH sends. */
export const mailkit: Dialect = {
  id: "mailkit",
  title: "MailKit ProtocolLogger",
  seenWith: "MailKit's documentation of ProtocolLogger",
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
    const connected = sample.count(/^(?:[\dT:Z.+ -]{19,35} )?Connected to smtps?:\/\//);
    return connected > 0 && sample.count(/^(?:[\dT:Z.+ -]{19,35} )?[CS]: /) > 0 ? 0.98 : 0;
  },
  read,
};

function read(context: ReadContext): void {
  const { view } = context;
  for (let line = 0; line < view.lineCount; line++) {
    const text = view.text(line);
    if (text === "") continue;
    const stamp = STAMP.exec(text);
    const from = stamp ? stamp[0].length : 0;
    const extras = { time: stamp ? stampAt(text, 0) : undefined };
    const server = text.startsWith("S: ", from);
    if (server || text.startsWith("C: ", from)) {
      const masked = !server && text.includes("********", from + 3) ? true : undefined;
      context.emit(server ? "server" : "client", line, from + 3, text.length, { ...extras, masked });
      continue;
    }
    const connected = CONNECTED.exec(text.slice(from, from + 300));
    if (!connected) {
      context.tool(line, undefined, extras);
      continue;
    }
    const port = connected[3] === undefined ? undefined : Number(connected[3]);
    context.tool(line, { kind: "connect", host: connected[2], port }, extras);
    if (connected[1] === "smtps") {
      const note: ToolNote = { kind: "tls-started", implicit: true };
      context.emit("tool", line, text.length, text.length, { ...extras, note });
    }
  }
}
