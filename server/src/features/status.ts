import type { Dialect } from "../dialects/types.js";
import { findingsOf, type LintOptions } from "./lint.js";
import { outcomeInWords } from "./outcomeWords.js";
import type { ParsedDocument } from "./types.js";
import { say } from "./words.js";

/** A dialect as a person chooses it. */
export interface DialectEntry {
  readonly id: string;
  readonly title: string;
  readonly seenWith: string;
}

/** What the status item of an editor shows of a document. */
export interface Status {
  readonly dialect: DialectEntry;
  readonly chosen: boolean;
  readonly runnerUp: DialectEntry | null;
  readonly sessions: number;
  readonly deliveries: number;
  readonly transactions: number;
  readonly outcome: string;
  readonly severity: "ok" | "warning" | "error";
}

/** Id, title and program of a dialect. */
export function dialectEntry({ id, title, seenWith }: Dialect): DialectEntry {
  return { id, title, seenWith };
}

/**
 * How a document was read and how it went, in a few words.
 * @param chosen whether a person or a setting chose the dialect.
 */
export function statusOf(document: ParsedDocument, options: LintOptions, chosen: boolean): Status {
  const { detection, sessions, deliveries } = document.transcript;
  const transactions = sessions.flatMap((session) => session.transactions);
  const failed = transactions.some((transaction) => transaction.outcome === "rejected");
  const findings = findingsOf(document, options.settings);
  const erroneous = failed || findings.some((finding) => finding.severity === "error");
  const doubtful =
    transactions.some((transaction) => transaction.outcome !== "accepted") ||
    findings.some((finding) => finding.severity === "warning");
  return {
    dialect: dialectEntry(detection.dialect),
    chosen,
    runnerUp: detection.runnerUp ? dialectEntry(detection.runnerUp.dialect) : null,
    sessions: sessions.length,
    deliveries: deliveries.length,
    transactions: transactions.length,
    outcome: outcome(document, options),
    severity: erroneous ? "error" : doubtful ? "warning" : "ok",
  };
}

function outcome(document: ParsedDocument, { locale }: LintOptions): string {
  const { sessions, deliveries } = document.transcript;
  const transactions = sessions.flatMap((session) => session.transactions);
  const [only] = transactions;
  if (only && transactions.length === 1) return outcomeInWords(locale, only);
  if (transactions.length > 1) {
    const accepted = transactions.filter(({ outcome }) => outcome === "accepted").length;
    return say(locale, "status.transactions", { accepted, total: transactions.length });
  }
  if (deliveries.length > 0) {
    const sent = deliveries.filter(({ status }) => status === "sent").length;
    return say(locale, "status.deliveries", { sent, total: deliveries.length });
  }
  return say(locale, sessions.length > 0 ? "status.noTransaction" : "status.noSmtp");
}
