import { stampTime } from "./log-head.js";
import type { Dialect, ReadContext, WireExtras } from "./types.js";
import { writtenNote } from "./written-notes.js";

/** Marks of the speaker at the start of a line, behind an optional time stamp. */
const STAMP = String.raw`(?:\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z| ?[+-]\d\d:?\d\d)?\]?[ \t]+|\[?\d\d:\d\d:\d\d(?:[.,]\d{1,9})?\]?[ \t]+)?`;
const LINE = new RegExp(
  `^(${STAMP})(C|S|Client|Server|CLIENT|SERVER|client|server|>>>|<<<|-->|<--):?(?: |$|(?<=:)(?=\\S))`,
);
const MARKED = new RegExp(`^${STAMP}(?:(?:C|S|Client|Server|CLIENT|SERVER|client|server):(?: |$|\\S)|(?:>>>|<<<) )`);
const CLIENT = /^(?:C|Client|CLIENT|client|>>>|-->)$/;

/**
 * `C: ` and `S: ` as RFCs and people write them, with the usual variants: `>>> `/`<<< `, `Client:`/`Server:`, a time stamp
 * in front. A line without a mark inside a message is message text (people forget the mark); elsewhere it is a note.
 */
export const clientServer: Dialect = {
  id: "client-server",
  title: "C: / S: lines",
  seenWith: "RFC 5321 App. D (there without colon spelling variants)",
  traits: {
    body: "stuffed",
    sides: "both",
    endOfDataShown: true,
    order: "wire",
    closeShown: false,
    origin: "handwritten",
    startShown: false,
    repliesWhole: true,
  },
  inParts: true,
  detect(sample) {
    const marked = sample.count(MARKED);
    if (marked === 0) return 0;
    const replies = sample.count(new RegExp(`^${STAMP}(?:(?:S|Server|SERVER|server): ?|<<< )[2-5]\\d\\d(?:[ -]|$)`));
    const share = marked / sample.lines.length;
    return replies > 0 ? Math.min(0.9, 0.55 + share * 0.35) : share * 0.5;
  },
  read,
};

function read(context: ReadContext): void {
  const { view, expecting } = context;
  const said = { client: 0, server: 0 };
  let replied = false;
  for (let line = 0; line < view.lineCount; line++) {
    const text = view.text(line);
    const mark = markOf(text);
    if (mark) {
      const { speaker, length, extras } = mark;
      const content = text.slice(length);
      context.emit(speaker, line, length, text.length, extras);
      expecting.saw(speaker, content);
      said[speaker]++;
      replied = speaker === "server" && !content.startsWith("354");
      continue;
    }
    const note = writtenNote(text);
    if (note) {
      if (note.kind === "session-start" || note.kind === "connect") expecting.reset();
      context.tool(line, note);
    } else if (expecting.next === "data" && !replied) {
      context.emit("client", line, 0, text.length);
      expecting.saw("client", text);
    } else if (text.trim() !== "") {
      context.tool(line);
    }
  }
  if (said.server === 0 && said.client > 0) context.traits({ sides: "client" });
  if (said.client === 0 && said.server > 0) context.traits({ sides: "server" });
}

/** The mark in front of a line: who speaks, how long it is with its blank, and the time in it. */
interface Mark {
  readonly speaker: "client" | "server";
  readonly length: number;
  readonly extras?: WireExtras;
}

const PLAIN_CLIENT: Mark = { speaker: "client", length: 3 };
const PLAIN_SERVER: Mark = { speaker: "server", length: 3 };

function markOf(text: string): Mark | undefined {
  // Nearly every line has one of these two.
  if (text.startsWith("C: ")) return PLAIN_CLIENT;
  if (text.startsWith("S: ")) return PLAIN_SERVER;
  const match = LINE.exec(text);
  if (!match) return undefined;
  const time = stampTime(match[1] as string);
  return {
    speaker: CLIENT.test(match[2] as string) ? "client" : "server",
    length: match[0].length,
    extras: time === undefined ? undefined : { time },
  };
}
