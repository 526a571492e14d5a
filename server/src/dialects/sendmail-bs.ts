import { sendmailNote } from "./sendmail-v.js";
import { readServerConsole } from "./server-console.js";
import type { Dialect, ReadContext } from "./types.js";

/** sendmail speaking SMTP on standard input and output (`-bs`); after VERB it reports its onward dialogue in `050 ` lines. */
export const sendmailBs: Dialect = {
  id: "sendmail-bs",
  title: "sendmail -bs",
  seenWith: "sendmail 8.17.1",
  traits: {
    body: "stuffed",
    sides: "both",
    endOfDataShown: true,
    order: "loose",
    closeShown: true,
    origin: "recorded",
    startShown: true,
    repliesWhole: true,
  },
  detect(sample) {
    if (sample.count(/^(?:Trying |Connected to |CONNECTED\(|Escape character|Ncat: )/) > 0) return 0.1;
    const banner = sample.count(/^220[ -]\S+ ESMTP Sendmail .*\(No UCE\/UBE\) logging access from: /);
    const local = sample.count(/^250-\S+ Hello \S+@localhost, pleased to meet you$/);
    return sample.count(/^050 /) > 1 ? 0.97 : banner > 0 && local > 0 ? 0.95 : banner + local > 0 ? 0.7 : 0;
  },
  read,
};

function read(context: ReadContext): void {
  readServerConsole(context, {
    isTool: (text) => text.startsWith("050 "),
    take(line, text) {
      nested(context, line, text);
      return true;
    },
  });
}

/** A line of the onward session, which is a connection of its own in the other direction. */
function nested(context: ReadContext, line: number, text: string): void {
  const extras = { channel: "050" };
  if (text.startsWith("050 >>> ")) context.emit("client", line, 8, text.length, extras);
  else if (/^050 [2-5]\d\d[ -]/.test(text)) context.emit("server", line, 4, text.length, extras);
  else context.tool(line, sendmailNote(text), extras);
}
