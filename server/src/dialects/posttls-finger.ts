import type { Dialect, ReadContext, ToolNote } from "./types.js";

const MARK = /^(?:\S{0,40}\/)?posttls-finger(?:\[\d{1,10}\])?: (?:([<>]) )?/;
const CONNECTED = /^Connected to (\S+?)\[([0-9a-fA-F.:]+)\]:(\d{1,5})/;
const TLS = /^(Verified|Trusted|Untrusted|Anonymous) TLS connection established to \S+: (\S+) with cipher (\S+)/;

/** Postfix posttls-finger: probes a server's STARTTLS. */
export const posttlsFinger: Dialect = {
  id: "posttls-finger",
  title: "Postfix posttls-finger",
  seenWith: "Postfix 3.7",
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
  detect: (sample) => (sample.count(/^posttls-finger: (?:[<>] |Connected to |warning: |Failed |\S+: )/) > 0 ? 0.98 : 0),
  read,
};

function read(context: ReadContext): void {
  const { view } = context;
  let spoke = false;
  for (let line = 0; line < view.lineCount; line++) {
    const text = view.text(line);
    if (text === "") continue;
    const mark = MARK.exec(text);
    if (mark?.[1] !== undefined) {
      spoke ||= mark[1] === "<";
      context.emit(mark[1] === "<" ? "server" : "client", line, mark[0].length, text.length);
      continue;
    }
    const note = mark ? noteOf(text.slice(mark[0].length), !spoke) : undefined;
    if (note?.kind === "connect") spoke = false;
    context.tool(line, note);
  }
}

function noteOf(text: string, beforeGreeting: boolean): ToolNote | undefined {
  const connected = CONNECTED.exec(text);
  if (connected) return { kind: "connect", host: connected[1], ip: connected[2], port: Number(connected[3]) };
  const tls = TLS.exec(text);
  if (tls) {
    const verified = tls[1] === "Verified" || tls[1] === "Trusted";
    return { kind: "tls-started", implicit: beforeGreeting, version: tls[2], cipher: tls[3], verified };
  }
  if (/^(?:SSL_connect error|TLS handshake failed|Failed to establish .*TLS)/.test(text))
    return { kind: "tls-failed", text };
  if (/^(?:Failed to establish session|connect to )/.test(text)) return { kind: "connect-failed", text };
  if (/^lost connection/.test(text)) return { kind: "close", by: "server" };
  return undefined;
}
