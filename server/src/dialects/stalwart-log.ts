import { emitLiteral } from "./escapes.js";
import { isoTime } from "./log-head.js";
import type { Dialect, ReadContext, Speaker, ToolNote, WireExtras } from "./types.js";

const LINE =
  /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z) (TRACE|DEBUG|INFO|WARN|ERROR) .{1,120}? \(([a-z0-9]+(?:-[a-z0-9]+)*\.[a-z0-9-]+)\) /;
const RAW = /\((?:smtp|delivery)\.raw-(?:input|output)\) .*\bcontents = "/;

/** Stalwart's trace log: the octets of each read and write as a quoted literal. */
export const stalwartLog: Dialect = {
  id: "stalwart-log",
  title: "Stalwart trace log",
  seenWith: "Stalwart 0.9 to 0.13, events smtp.raw-input and delivery.raw-input",
  traits: {
    body: "stuffed",
    sides: "both",
    endOfDataShown: true,
    // Several events of one second may be written in another order than they passed.
    order: "loose",
    closeShown: false,
    origin: "recorded",
    startShown: true,
    repliesWhole: true,
  },
  detect: (sample) => (sample.count(RAW) > 0 ? 0.97 : 0),
  read,
};

function read(context: ReadContext): void {
  const { view } = context;
  let segment = 0;
  for (let line = 0; line < view.lineCount; line++) {
    const text = view.text(line);
    if (text.trim() === "") continue;
    const head = LINE.exec(text.length > 2000 ? text.slice(0, 2000) : text);
    if (!head) {
      context.tool(line);
      continue;
    }
    const event = head[3] as string;
    const ip = /\bremoteIp = ([0-9A-Fa-f.:]{2,45})/.exec(text)?.[1];
    const port = /\bremotePort = (\d{1,5})/.exec(text)?.[1];
    const extras: WireExtras = { channel: `${ip ?? ""} ${port ?? ""}`, time: isoTime(head[1] as string) };
    const contents = text.indexOf('contents = "', head.index);
    if (contents !== -1 && /\.raw-(?:input|output)$/.test(event)) {
      const own = event.startsWith("smtp.") ? "server" : "client";
      const other = own === "server" ? "client" : "server";
      const speaker: Speaker = event.endsWith("output") ? own : other;
      emitLiteral(
        context,
        speaker,
        line,
        contents + "contents = ".length,
        { octets: true },
        { ...extras, segment: ++segment },
      );
    } else {
      context.tool(line, note(event, text), extras);
    }
  }
}

function note(event: string, text: string): ToolNote | undefined {
  if (event === "tls.handshake" || event === "smtp.start-tls") {
    const version = /\bversion = "?([\w. ]{2,20})"?/.exec(text)?.[1];
    return event === "tls.handshake" ? { kind: "tls-started", version } : undefined;
  }
  if (event === "tls.handshake-error") return { kind: "tls-failed", text };
  return undefined;
}
