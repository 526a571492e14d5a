import type { Dialect, ReadContext } from "./types.js";
import { looksLikeServerLine } from "./unmarked-lines.js";

const LINE = /^(\d{9,11})\.(\d{6}) ?/;
const VERB = /^\d{9,11}\.\d{6} (?:LHLO|EHLO|HELO|MAIL FROM|RCPT TO|DATA|QUIT|BDAT|RSET|STARTTLS|XCLIENT|NOOP)\b/i;
const REPLY = /^\d{9,11}\.\d{6} [2-5]\d\d(?:[ -]|$)/;

/** Dovecot's rawlog (`lmtp_rawlog_dir` and the like): one file a direction, each line behind the time in seconds. */
export const dovecotRawlog: Dialect = {
  id: "dovecot-rawlog",
  title: "Dovecot rawlog",
  seenWith: "Dovecot 2.3.19.1",
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
    const own = sample.count(VERB) + sample.count(REPLY);
    return own > 0 && sample.share(LINE) > 0.6 ? 0.97 : 0;
  },
  read,
};

function read(context: ReadContext): void {
  const { view, expecting } = context;
  let server = false;
  let client = false;
  for (let line = 0; line < view.lineCount; line++) {
    const text = view.text(line);
    server ||= REPLY.test(text);
    client ||= VERB.test(text);
  }
  // Message text may look like replies: only a greeting makes a file with commands one that was merged from both.
  const merged = client && server && startsWithGreeting(context);
  if (!merged) {
    const sides = client ? "client" : "server";
    context.traits(sides === "client" ? { sides } : { sides, body: "hidden", endOfDataShown: false });
  }
  for (let line = 0; line < view.lineCount; line++) {
    const text = view.text(line);
    const head = LINE.exec(text);
    if (!head) {
      if (text.trim() !== "") context.tool(line);
      continue;
    }
    const content = text.slice(head[0].length);
    const bothSpeak = merged && expecting.next !== "data";
    const speaker = (bothSpeak ? looksLikeServerLine(content) : !client) ? "server" : "client";
    const time = Number(head[1]) * 1000 + Number(head[2]) / 1000;
    context.emit(speaker, line, head[0].length, text.length, { time });
    if (merged) expecting.saw(speaker, content);
  }
}

function startsWithGreeting(context: ReadContext): boolean {
  for (let line = 0; line < context.view.lineCount; line++) {
    const text = context.view.text(line);
    if (LINE.test(text)) return REPLY.test(text);
  }
  return false;
}
