import type { Dialect, ReadContext } from "./types.js";
import { looksLikeServerLine } from "./unmarked-lines.js";
import { keepsLineEnds } from "./wire-stream.js";

const VERB = /^(?:EHLO|HELO|LHLO|MAIL FROM|RCPT TO|DATA|QUIT|STARTTLS|AUTH|RSET|NOOP|VRFY|BDAT)\b/i;

/** `tcpflow -C`: the bare data of each segment and an empty line behind it. */
export const tcpflowCapitalC: Dialect = {
  id: "tcpflow-C",
  title: "tcpflow -C",
  seenWith: "tcpflow 1.6.1",
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
    const { lines, blanks, crlf } = sample;
    const first = lines[0] ?? "";
    if (!/^220[ -]/.test(first) || blanks * 3 < lines.length || crlf < 0.99) return 0;
    return sample.count(VERB) > 0 ? 0.6 : 0;
  },
  read,
};

function read(context: ReadContext): void {
  const { view, expecting } = context;
  const exact = keepsLineEnds(context);
  for (let line = 0; line < view.lineCount; line++) {
    const text = view.text(line);
    const inData = expecting.next === "data";
    if (text === "") {
      // The tool's empty lines end in LF, those of the message in CR LF; in a file that lost the difference, the one
      // behind the 354 is the tool's.
      const own = exact ? view.source.lineBreak(line) !== "\r\n" : line > 0 && /^354/.test(view.text(line - 1));
      if (!inData || own) continue;
    }
    const speaker = !inData && looksLikeServerLine(text) ? "server" : "client";
    context.emit(speaker, line, 0, text.length, exact ? { wireEnd: "crlf" } : undefined);
    expecting.saw(speaker, text);
  }
}
