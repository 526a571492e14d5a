import { logDelivery } from "./deliveries.js";
import { ReportReader } from "./report-text.js";
import { messageTextOutside } from "./stray-text.js";
import type { Dialect, ReadContext, ToolNote } from "./types.js";
import { readUnmarked } from "./unmarked.js";
import { looksLikeCommand, looksLikeServerLine } from "./unmarked-lines.js";

const VERB_LINE = /^(?:EHLO|HELO|LHLO|MAIL FROM|RCPT TO|DATA|QUIT|STARTTLS|AUTH|RSET|NOOP|VRFY|BDAT)\b/i;
const VERB =
  /^(?:EHLO|HELO|LHLO|MAIL|RCPT|DATA|QUIT|STARTTLS|AUTH|RSET|NOOP|VRFY|EXPN|HELP|ETRN|BDAT|XCLIENT|XFORWARD)(?:[ \t:]|$)/i;
const REPLY_LINE = /^[2-5][0-5]\d[ -]/;

/**
 * SMTP as it passed, without speaker marks, and whatever stands around it: the state of the session tells who speaks.
 * Also reads what no other dialect claims.
 */
export const raw: Dialect = {
  id: "raw",
  title: "Plain text without marks",
  seenWith: "typed sessions (telnet, nc) without the tool's own lines",
  traits: {
    body: "stuffed",
    sides: "both",
    endOfDataShown: true,
    order: "loose",
    closeShown: false,
    origin: "recorded",
    startShown: false,
    repliesWhole: true,
  },
  detect(sample) {
    const replies = sample.count(REPLY_LINE);
    const verbs = sample.count(VERB_LINE);
    if (replies + verbs < 2) return replies + verbs > 0 ? 0.05 : 0;
    return verbs > 0 && replies > 0 ? 0.45 : 0.2;
  },
  read,
};

function read(context: ReadContext): void {
  const { view } = context;
  // A line that nobody knows is the client's if a reply follows it at once: a mistyped command. Otherwise it is a note.
  const answered = (line: number): boolean => {
    for (let next = line + 1; next < view.lineCount && next <= line + 2; next++) {
      const text = view.text(next);
      if (text.trim() !== "") return looksLikeServerLine(text);
    }
    return false;
  };
  const session = holdsSession(context);
  const reports = new ReportReader(context);
  const outside = messageTextOutside(view);
  readUnmarked(context, {
    isTool: (text, line) => {
      if (session && looksLikeServerLine(text)) return false;
      const starting = context.expecting.next === "greeting";
      const tool =
        !session ||
        (starting ? !looksLikeCommand(text) && !outside(line) : !VERB.test(text) && !answered(line) && !outside(line));
      if (tool) tellIfDelivery(context, reports, line, text);
      return tool;
    },
    toolInAuth: !session,
    note: (text) => (session && context.expecting.next === "greeting" ? tlsByCommand(text) : undefined),
  });
}

/** Two lines of SMTP, or a greeting: less is prose that happens to begin with a number. */
function holdsSession(context: ReadContext): boolean {
  const { view } = context;
  let found = 0;
  for (let line = 0; line < view.lineCount && found < 2; line++) {
    const text = view.text(line);
    if (/^220[ -]/.test(text)) return true;
    if (looksLikeServerLine(text) || looksLikeCommand(text)) found++;
  }
  return found > 1;
}

/** The command line that opened a session under TLS tells so, where the tool's own lines do not. */
function tlsByCommand(text: string): ToolNote | undefined {
  if (/\bopenssl s_client\b/.test(text)) return { kind: "tls-started", implicit: !text.includes("-starttls") };
  const implicit = /\bn(?:cat|c) .*--ssl\b|\bgnutls-cli (?!.*--starttls)|\bsocat .*\b(?:openssl|ssl):/i.test(text);
  return implicit ? { kind: "tls-started", implicit } : undefined;
}

/** A line of a mail log or a report among other text. */
function tellIfDelivery(context: ReadContext, reports: ReportReader, line: number, text: string): void {
  const delivery = logDelivery(text);
  if (!delivery) {
    reports.take(line);
    return;
  }
  const { from, to, ...rest } = delivery;
  context.delivery({ ...rest, line, start: context.view.offset(line, from), end: context.view.offset(line, to) });
}
