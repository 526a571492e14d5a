import { isoTime } from "./log-head.js";
import type { Dialect, ReadContext, Speaker, WireExtras } from "./types.js";

/** Type, thread, session, time, address, message: quoted and divided by tabs (blanks where a paste lost them). */
const LINE =
  /^"(SMTPD|SMTPC)"[\t ]+(\d{1,10})[\t ]+(\d{1,12})[\t ]+"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?)"[\t ]+"([^"]{0,60})"[\t ]+"(SENT|RECEIVED): /;

/** hMailServer: SMTPD is its server, SMTPC its client; the lines of one reply are joined by `[nl]`. */
export const hmailserverLog: Dialect = {
  id: "hmailserver-log",
  title: "hMailServer log",
  seenWith: 'hMailServer 5.6 documentation, "Logging"',
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
  detect: (sample) => (sample.count(LINE) > 0 ? 0.97 : 0),
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
    const extras: WireExtras = { channel: `${match[1]} ${match[3]}`, time: isoTime(match[4] as string) };
    const speaker: Speaker = (match[6] === "SENT") === (match[1] === "SMTPD") ? "server" : "client";
    const end = text.endsWith('"') ? text.length - 1 : text.length;
    let from = match[0].length;
    for (;;) {
      const next = text.indexOf("[nl]", from);
      const to = next === -1 || next > end ? end : next;
      const masked = speaker === "client" && /\*{3}$/.test(text.slice(from, to));
      if (to > from || next === -1) context.emit(speaker, line, from, Math.max(from, to), { ...extras, masked });
      if (next === -1 || next > end) break;
      from = next + 4;
    }
  }
}
