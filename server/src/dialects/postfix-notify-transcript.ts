import type { Dialect, Piece, ReadContext, Speaker, ToolNote } from "./types.js";

const MARK = /^ (?:Out: |In: {1,2})/;

/** The notice that Postfix sends to postmaster (`notify_classes = protocol`): ` Out: ` is the server, ` In:  ` the client. */
export const postfixNotifyTranscript: Dialect = {
  id: "postfix-notify-transcript",
  title: "Postfix notice to postmaster",
  seenWith: "Postfix 3.7.11",
  traits: {
    body: "hidden",
    sides: "both",
    endOfDataShown: false,
    order: "loose",
    closeShown: true,
    origin: "recorded",
    startShown: true,
    repliesWhole: true,
  },
  detect(sample) {
    const marks = sample.count(/^ Out: \d{3}[ -]|^ In: {2}\S/);
    if (marks === 0) return 0;
    return sample.count(/^Transcript of session follows\.$|^Subject: Postfix SMTP server: errors from /) > 0
      ? 0.99
      : 0.8;
  },
  read,
};

function read(context: ReadContext): void {
  const { view } = context;
  for (let line = 0; line < view.lineCount; line++) {
    const text = view.text(line);
    const mark = MARK.exec(text);
    if (!mark) {
      if (text.trim() !== "") context.tool(line, note(text));
      continue;
    }
    const speaker: Speaker = text.startsWith(" O") ? "server" : "client";
    const pieces: Piece[] = [{ line, from: mark[0].length, to: text.length }];
    // Long lines are wrapped at a blank; the rest stands behind five, of which one stood in the line.
    while (line + 1 < view.lineCount && /^ {5}\S/.test(view.text(line + 1))) {
      line++;
      pieces.push({ line, from: 4, to: view.text(line).length });
    }
    const only = pieces[0] as Piece;
    if (pieces.length === 1) context.emit(speaker, only.line, only.from, only.to);
    else context.emitPieces(speaker, pieces);
  }
}

function note(text: string): ToolNote | undefined {
  const errors = /^Subject: Postfix SMTP server: errors from (\S{0,300})\[([^\]]{1,60})\]/.exec(text);
  if (errors) return { kind: "connect", host: errors[1], ip: errors[2] };
  const reason = /^Session aborted, reason: (.*)$/.exec(text)?.[1];
  if (reason === undefined) return undefined;
  return { kind: "close", by: reason === "lost connection" ? "client" : "server" };
}
