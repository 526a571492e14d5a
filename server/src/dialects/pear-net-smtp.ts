import { phpStampAt } from "./php-stamp.js";
import type { Dialect, ReadContext, WireExtras } from "./types.js";

/** `DEBUG: Send: `, or with a handler as Roundcube has it `[23-Nov-2026 16:27:10 +0000]: <session> Send: `. */
const MARK = /^(?:DEBUG: |\[(\d\d-\w{3}-\d{4} \d\d:\d\d:\d\d)[^\]]{0,12}\]: (?:<([^>]{1,64})> )?)(Send|Recv): ?/;

/**
 * PEAR Net_SMTP with debugging on, as Roundcube logs it. Each write ends in an empty line; of the message only the first
 * line has a mark.
 */
export const pearNetSmtp: Dialect = {
  id: "pear-net-smtp",
  title: "PEAR Net_SMTP (Roundcube)",
  seenWith: "PEAR Net_SMTP (Debian 12)",
  traits: {
    body: "stuffed",
    sides: "both",
    endOfDataShown: true,
    order: "wire",
    closeShown: false,
    origin: "recorded",
    startShown: true,
    repliesWhole: true,
  },
  detect(sample) {
    const lines = sample.count(
      /^(?:DEBUG: |\[\d\d-\w{3}-\d{4} [\d:]{8}[^\]]{0,12}\]: (?:<[^>]{1,64}> )?)(?:Send: |Recv: [2-5]\d\d)/,
    );
    return lines > 0 ? 0.98 : 0;
  },
  read,
};

function read(context: ReadContext): void {
  const { view } = context;
  let inData = false;
  let extras: WireExtras = {};
  let closed = true;
  for (let line = 0; line < view.lineCount; line++) {
    const text = view.text(line);
    const mark = MARK.exec(text);
    if (!mark) {
      // The empty line before the next mark ends the tool's print, it is no line of the message.
      if (inData && !closed && (text !== "" || !nextIsMark(context, line))) {
        context.emit("client", line, 0, text.length, extras);
      } else if (text !== "") {
        const failed = text.startsWith("STARTTLS failed");
        context.tool(line, failed ? { kind: "tls-failed", text } : undefined, extras);
      }
      continue;
    }
    const from = mark[0].length;
    extras = { time: mark[1] ? phpStampAt(mark[1], 0) : undefined, channel: mark[2] };
    if (mark[3] === "Send") {
      context.emit("client", line, from, text.length, extras);
      closed = inData && text.slice(from) === ".";
      continue;
    }
    inData = text.startsWith("354", from);
    closed = false;
    // After a failed handshake the octets of TLS are logged as if they were a reply.
    if (/^[2-5]\d\d(?:[ -]|$)/.test(text.slice(from, from + 4))) {
      context.emit("server", line, from, text.length, extras);
    } else {
      context.tool(line, undefined, extras);
    }
  }
}

function nextIsMark(context: ReadContext, line: number): boolean {
  const next = line + 1;
  return next >= context.view.lineCount || MARK.test(context.view.text(next).slice(0, 160));
}
