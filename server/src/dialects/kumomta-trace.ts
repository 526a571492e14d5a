import type { Dialect, ReadContext, Speaker, ToolNote } from "./types.js";

/** `[client->server] 12ms  -> line`: the key of the connection and the time since it opened. */
const LINE =
  /^\[([^\]\s]{0,200}->[^\]\s]{0,200}|[^\]]{1,200})\] {1,8}(\d{1,9}(?:\.\d{1,9})?(?:ns|\u00b5s|us|ms|s))? {1,8}(-> |<- {2}|=== )/;

/** `kcli trace-smtp-server` and `trace-smtp-client` of KumoMTA. */
export const kumomtaTrace: Dialect = {
  id: "kumomta-trace",
  title: "KumoMTA trace",
  seenWith: "KumoMTA, kcli trace-smtp-server",
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
  detect(sample) {
    const lines = sample.count(LINE);
    if (lines === 0) return 0;
    return sample.count(/^\[[^\]]+\] .*(?:<- {2}[2-5]\d\d| -> [A-Z]{4}|=== (?:Connected|Closed|conn_meta))/) > 0
      ? 0.96
      : 0.4;
  },
  read,
};

function read(context: ReadContext): void {
  const { view } = context;
  for (let line = 0; line < view.lineCount; line++) {
    const text = view.text(line);
    if (text === "") continue;
    const match = LINE.exec(text);
    if (!match) {
      context.tool(line);
      continue;
    }
    const extras = { channel: match[1], time: milliseconds(match[2]) };
    if (match[3] === "=== ") {
      context.tool(line, note(text.slice(match[0].length)), extras);
      continue;
    }
    const speaker: Speaker = match[3] === "-> " ? "client" : "server";
    context.emit(speaker, line, match[0].length, text.length, extras);
  }
}

function note(text: string): ToolNote | undefined {
  if (text.startsWith("Connected")) return { kind: "session-start" };
  if (text.startsWith("Closed")) return { kind: "close", by: "unknown" };
  return undefined;
}

function milliseconds(delta: string | undefined): number | undefined {
  const match = delta === undefined ? null : /^([\d.]+)(ns|\u00b5s|us|ms|s)$/.exec(delta);
  if (!match) return undefined;
  const unit = match[2] === "s" ? 1000 : match[2] === "ms" ? 1 : match[2] === "ns" ? 1e-6 : 1e-3;
  return Number(match[1]) * unit;
}
