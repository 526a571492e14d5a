import type { Dialect, ReadContext, ToolNote } from "./types.js";

const MARK = /^(?:s-nail|mailx|[mM]ail|nail): >>> (SERVER: ?)?/;
const OWN = /^(?:s-nail|mailx|[mM]ail|nail): /;
const CONNECTED = /^Connecting to (\[?[0-9a-fA-F.:]+?\]?|[\w.-]+):(\d{1,5}) \.\.\. connected/;
const TLS = /^TLS connection using (\S+) \/ (\S+)/;

/**
 * `s-nail -v -v` (mailx): the same arrow both ways, the server's lines with `SERVER: `. The message is printed without the
 * dots that the client adds. With one `-v` only the connection is told of.
 */
export const sNailV: Dialect = {
  id: "s-nail-v",
  title: "s-nail -v -v",
  seenWith: "s-nail 14.9.24",
  traits: {
    body: "unstuffed",
    sides: "both",
    endOfDataShown: true,
    order: "wire",
    closeShown: false,
    origin: "recorded",
    startShown: true,
    repliesWhole: true,
  },
  detect(sample) {
    if (sample.count(/^(?:s-nail|mailx|[mM]ail|nail): >>> SERVER: [2-5]\d\d/) > 0) return 0.99;
    return sample.count(/^(?:s-nail|mailx): (?:Resolving host|Connecting to|P\(seudo\)R)/) > 0 ? 0.9 : 0;
  },
  read,
};

function read(context: ReadContext): void {
  const { view } = context;
  let spoke = false;
  for (let line = 0; line < view.lineCount; line++) {
    const text = view.text(line);
    const mark = MARK.exec(text);
    if (mark) {
      const server = mark[1] !== undefined;
      spoke ||= server;
      context.emit(server ? "server" : "client", line, mark[0].length, text.length);
    } else if (text !== "") {
      const own = OWN.exec(text);
      const note = own ? noteOf(text.slice(own[0].length), !spoke) : undefined;
      if (note?.kind === "connect") spoke = false;
      context.tool(line, note);
    }
  }
}

function noteOf(text: string, beforeGreeting: boolean): ToolNote | undefined {
  const connected = CONNECTED.exec(text);
  if (connected) {
    const host = connected[1] as string;
    return { kind: "connect", [/^[\d.]+$|:/.test(host) ? "ip" : "host"]: host, port: Number(connected[2]) };
  }
  const tls = TLS.exec(text);
  if (tls) return { kind: "tls-started", implicit: beforeGreeting, version: tls[1], cipher: tls[2] };
  if (text.startsWith("TLS certificate ok")) return { kind: "tls-detail", verified: true };
  if (/^(?:TLS certificate (?:does not|not)|could not initiate TLS|SSL\/TLS handshake)/i.test(text)) {
    return { kind: "tls-failed", text };
  }
  if (/^Connecting to .* failed/.test(text)) return { kind: "connect-failed", text };
  return undefined;
}
