import { type FoldingRange, FoldingRangeKind } from "vscode-languageserver-types";
import type { Session } from "../session/model.js";
import type { Transcript } from "../transcript.js";
import { patient } from "./cancel.js";
import { withOwnStarts } from "./foldStarts.js";
import { messagesOf } from "./message/bodies.js";
import { foldMessage } from "./message/folding.js";
import { exchangeLines, lastLineOf, transactionLines } from "./ranges.js";
import type { Feature } from "./types.js";

/**
 * Folding of sessions, EHLO lists and other long replies, transactions, message bodies with their headers and parts, and
 * what tools print around them.
 */
export const folding: Feature<unknown, FoldingRange[]> = {
  method: "textDocument/foldingRange",
  languages: ["smtp-transcript"],
  run: ({ document, cancelled }) => {
    const folds = foldTranscript(document.transcript, cancelled);
    if (cancelled()) return folds;
    const over = patient(cancelled);
    for (const message of messagesOf(document)) {
      if (over()) break;
      folds.push(...foldMessage(message, document.source));
    }
    return withOwnStarts(folds);
  },
};

/** A folding range, and whether it holds what is not the dialogue. */
interface Fold extends FoldingRange {
  readonly noise: boolean;
}

/**
 * First lines (from 0) of the ranges that are not the dialogue: long replies such as EHLO lists, message bodies, runs of
 * the tool's own lines.
 */
export function noiseLines(transcript: Transcript): number[] {
  return foldsOf(transcript)
    .filter(({ noise }) => noise)
    .map(({ startLine }) => startLine);
}

/** The folding ranges of a transcript, sorted by line; cut short where the request is cancelled. */
export function foldTranscript(transcript: Transcript, cancelled?: () => boolean): FoldingRange[] {
  return foldsOf(transcript, cancelled).map(({ startLine, endLine, kind }) => ({ startLine, endLine, kind }));
}

function foldsOf(transcript: Transcript, cancelled?: () => boolean): Fold[] {
  const over = patient(cancelled);
  const folds: Fold[] = [];
  const adder =
    (noise: boolean): Add =>
    (startLine, endLine, kind) => {
      if (endLine > startLine) folds.push({ startLine, endLine, kind, noise });
    };
  for (const session of transcript.sessions) {
    if (over()) return withOwnStarts(folds);
    foldSession(transcript, session, adder(false));
    foldReplies(transcript, session, adder(true));
    foldBodies(transcript, session, adder(true));
  }
  foldNotes(transcript, adder(true), over);
  return withOwnStarts(folds);
}

type Add = (first: number, last: number, kind?: FoldingRangeKind) => void;

function foldSession(transcript: Transcript, session: Session, add: Add): void {
  const { source } = transcript;
  add(session.line, session.endLine);
  for (const transaction of session.transactions) {
    const lines = transactionLines(source, session, transaction);
    if (lines) add(lines.first, lines.last);
  }
  for (const attempt of session.auth) {
    const start = exchangeLines(source, attempt.exchange);
    const end =
      attempt.responses.length > 0
        ? exchangeLines(source, attempt.responses[attempt.responses.length - 1]!)
        : undefined;
    if (start && end) add(start.first, end.last);
  }
}

/** Replies of more than one line. */
function foldReplies({ source }: Transcript, session: Session, add: Add): void {
  for (const reply of session.replies) {
    const first = reply.lines[0]?.wire;
    const last = reply.lines[reply.lines.length - 1]?.wire;
    if (!first || !last || reply.lines.length < 2) continue;
    // An EHLO list folds under its command, so that the command stays in sight.
    const command = reply.exchange?.wire;
    const start = command && command.line + 1 === first.line ? command.line : first.line;
    add(start, lastLineOf(source, last));
  }
}

/** What stands between DATA and its end. */
function foldBodies({ source }: Transcript, session: Session, add: Add): void {
  for (const { data } of session.transactions) {
    const first = data?.lines[0];
    const last = data?.lines[data.lines.length - 1];
    if (first && last) add(first.line, lastLineOf(source, last));
  }
}

/** Runs of lines that the tool printed: certificates, progress meters, configuration. */
function foldNotes(transcript: Transcript, add: Add, over: () => boolean): void {
  let first = -1;
  let last = -1;
  const close = (): void => {
    if (first !== -1 && last - first >= 2) add(first, last, FoldingRangeKind.Comment);
    first = -1;
  };
  for (const wire of transcript.wire) {
    if (over()) return;
    if (wire.speaker === "tool") {
      if (first === -1) first = wire.line;
      last = lastLineOf(transcript.source, wire);
    } else close();
  }
  close();
}
