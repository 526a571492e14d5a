import type { Detection } from "../dialects/detect.js";
import type { Delivery, WireLine } from "../dialects/types.js";
import { type SummarySection, subjectOf, summaryOf } from "../features/message/summary.js";
import { outcomeInWords } from "../features/outcomeWords.js";
import { say } from "../features/words.js";
import type { Locale, ParsedDocument } from "../service.js";
import type { Session, Transaction } from "../session/model.js";
import { oneLine } from "./terminal.js";
import { tell } from "./words.js";

/** True where a file has neither a session nor a delivery nor, by its language, a message: nothing could be judged. */
export function holdsNothing({ transcript, message }: ParsedDocument): boolean {
  return transcript.sessions.length === 0 && transcript.deliveries.length === 0 && message === undefined;
}

/** What a file holds, for a person: dialect, sessions, messages, recipients, deliveries. */
export function inspectText(file: string, document: ParsedDocument, locale: Locale): string {
  const { transcript, message } = document;
  if (holdsNothing(document)) {
    const failed = transcript.wire.flatMap((wire) => failure(wire, locale));
    if (failed.length === 0) return `${oneLine(file)}: ${say(locale, "cli.nothingToRead")}\n`;
    const connect = transcript.wire.some(({ note }) => note?.kind === "connect-failed");
    const why = connect ? [`  ${say(locale, "hover.connectFailedText")}`] : [];
    return `${[`${oneLine(file)}: ${dialectLine(transcript.detection, locale)}`, ...failed, ...why].join("\n")}\n`;
  }
  // A message is told of as a message; the dialect only where it quotes a session.
  const plain = message !== undefined && transcript.sessions.length === 0 && transcript.deliveries.length === 0;
  const lines = [
    `${oneLine(file)}: ${plain ? oneLine(subjectOf(message)) || "message/rfc822" : dialectLine(transcript.detection, locale)}`,
  ];
  if (message !== undefined) lines.push(...summaryOf(message, locale).flatMap(sectionLines));
  for (const session of transcript.sessions) lines.push(...sessionLines(session, locale));
  for (const delivery of transcript.deliveries) lines.push(deliveryLine(delivery, locale));
  return `${lines.join("\n")}\n`;
}

/** What a tool says when no session came about. */
function failure({ note, line }: WireLine, locale: Locale): string[] {
  if (note?.kind !== "connect-failed" && note?.kind !== "tls-failed") return [];
  const what = say(locale, note.kind === "tls-failed" ? "tls.refused" : "hover.connectFailed");
  return [`  ${line + 1}: ${what}: ${oneLine(note.text.trim())}`];
}

/** A table of a summary: its title, one line a row, empty cells left out. */
function sectionLines({ title, rows, note }: SummarySection): string[] {
  const lines = rows.map(
    (cells) =>
      `    ${cells
        .filter((cell) => cell !== "")
        .map(oneLine)
        .join("  ")}`,
  );
  return [`  ${title}`, ...lines, ...(note === "" ? [] : [`    ${note}`])];
}

/** The dialect, how surely it was recognised, and what came second. */
function dialectLine({ dialect, score, runnerUp }: Detection, locale: Locale): string {
  const percent = new Intl.NumberFormat(locale, { style: "percent" });
  const first = say(locale, score === 0 ? "inspect.fallback" : "inspect.detected", {
    dialect: `${dialect.id} (${dialect.title})`,
    score: percent.format(score),
  });
  if (!runnerUp) return first;
  return `${first}; ${say(locale, "inspect.runnerUp", { dialect: runnerUp.dialect.id, score: percent.format(runnerUp.score) })}`;
}

function sessionLines(session: Session, locale: Locale): string[] {
  const facts = [
    session.protocol ?? "SMTP",
    ...(session.greeting ? [oneLine(/^\S*/.exec(session.greeting.text)?.[0] ?? "")] : []),
    say(locale, `tls.${session.tls}`),
    ...session.auth.map(({ mechanism, user, outcome }) =>
      ["AUTH", mechanism ?? "?", user === null ? "" : oneLine(user), say(locale, `auth.${outcome}`)]
        .filter((word) => word !== "")
        .join(" "),
    ),
    say(locale, `closed.${session.closedBy}`),
  ];
  const where = say(locale, "inspect.lines", { first: session.line + 1, last: session.endLine + 1 });
  const title = say(locale, "outline.session", { number: session.index + 1 });
  const lines = [`  ${title}, ${where}: ${facts.filter((fact) => fact !== "").join(", ")}`];
  for (const transaction of session.transactions) lines.push(...transactionLines(transaction, locale));
  return lines;
}

function transactionLines(transaction: Transaction, locale: Locale): string[] {
  const line = transaction.mail.wire?.line;
  const from = transaction.reversePath === null ? "?" : `<${oneLine(transaction.reversePath)}>`;
  const place = line === undefined ? "" : `${line + 1}: `;
  const lines = [`    ${place}MAIL ${from}: ${oneLine(outcomeInWords(locale, transaction))}`];
  for (const { forwardPath, outcome, reply, exchange } of transaction.recipients) {
    const at = exchange.wire ? `${exchange.wire.line + 1}: ` : "";
    const to = forwardPath === null ? "?" : `<${oneLine(forwardPath)}>`;
    const answer = reply ? ` (${[reply.code, reply.enhanced?.value].filter(Boolean).join(" ")})` : "";
    lines.push(`      ${at}RCPT ${to}: ${say(locale, `recipient.${outcome}`)}${answer}`);
  }
  return lines;
}

const OUTCOME = { sent: "accepted", deferred: "deferred", bounced: "rejected", expired: "rejected" } as const;

function deliveryLine(delivery: Delivery, locale: Locale): string {
  const { line, recipient, relay, stage, status, code, enhanced, text } = delivery;
  // The text of most deliveries begins with the codes as the server wrote them.
  const whole = text !== null && code !== null && text.startsWith(String(code));
  const answer = [whole ? null : code, whole ? null : enhanced, text === null ? null : oneLine(text)]
    .filter((part) => part !== null)
    .join(" ");
  // A reply alone tells of no delivery: it may have answered a login.
  if (recipient === null && relay === null && stage === null) {
    return `  ${line + 1}: ${say(locale, `recipient.${OUTCOME[status]}`)}${answer === "" ? "" : `: ${answer}`}`;
  }
  const via = relay === null ? "" : ` ${oneLine(relay)}`;
  return `  ${line + 1}: ${recipient === null ? "?" : oneLine(recipient)} ${tell(locale, `delivery.${status}`)}${via}${answer === "" ? "" : `: ${answer}`}`;
}
