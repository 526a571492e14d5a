import type { Dialect, ReadContext, ToolNote } from "./types.js";

const HEAD = "smtp-sink: ";
const OWN =
  /^smtp-sink: (?:name_mask: |trying\.\.\. |connect |disconnect|vstream_|fd=\d|smtp_stream_setup: |warning: |fatal: |panic: |error: |reset|timeout)/;
const CONNECT = /^smtp-sink: connect \((?:AF_INET6? )?([^)\s]+)\)/;

/** Postfix smtp-sink -v: a test server that prints what the client sends and nothing of its replies. */
export const smtpSink: Dialect = {
  id: "smtp-sink",
  title: "Postfix smtp-sink -v",
  seenWith: "Postfix 3.7",
  traits: {
    body: "hidden",
    sides: "client",
    endOfDataShown: true,
    order: "wire",
    closeShown: true,
    origin: "recorded",
    startShown: true,
    repliesWhole: true,
  },
  detect: (sample) => (sample.count(/^smtp-sink: /) > 0 ? 0.98 : 0),
  read,
};

function read(context: ReadContext): void {
  const { view } = context;
  for (let line = 0; line < view.lineCount; line++) {
    const text = view.text(line);
    if (text.startsWith(HEAD) && !OWN.test(text)) context.emit("client", line, HEAD.length, text.length);
    else if (text !== "") context.tool(line, noteOf(text));
  }
}

function noteOf(text: string): ToolNote | undefined {
  const connect = CONNECT.exec(text);
  if (connect) return { kind: "connect", ip: connect[1] };
  return text.startsWith("smtp-sink: disconnect") ? { kind: "close", by: "unknown" } : undefined;
}
