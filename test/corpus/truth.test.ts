import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { inspectTranscript } from "../../server/src/features/inspect.js";
import { parseTranscript } from "../../server/src/transcript.js";
import { decodeText } from "../kit/corpus.js";

interface Truth {
  path: string;
  dialect: string;
  healthy: boolean;
  sessions: unknown[];
}

const folder = new URL("./", import.meta.url);
const truth = JSON.parse(readFileSync(new URL("truth.json", folder), "utf8")) as Truth[];
/** Recordings whose label is provably wrong, each with the reason; what the file shows is written out there. */
const disagreements = (
  existsSync(new URL("disagreements.json", folder))
    ? JSON.parse(readFileSync(new URL("disagreements.json", folder), "utf8"))
    : {}
) as Record<string, { reason: string; sessions: unknown[] }>;

/** The part of `inspect` that the labels speak of. */
function labelled(path: string): unknown[] {
  const transcript = parseTranscript(decodeText(readFileSync(new URL(path, folder))));
  return inspectTranscript(transcript).sessions.map((session) => ({
    protocol: session.protocol,
    tls: session.tls,
    auth: session.auth.map(({ mechanism, outcome }) => ({ mechanism, outcome })),
    transactions: session.transactions.map((transaction) => ({
      reversePath: transaction.reversePath,
      recipients: transaction.recipients.map(({ forwardPath, outcome, code }) => ({ forwardPath, outcome, code })),
      dataKind: transaction.data?.kind ?? null,
      dataShown: transaction.data?.shown ?? false,
      outcome: transaction.outcome,
      code: transaction.code,
    })),
    closedBy: session.closedBy,
  }));
}

describe("recorded sessions", () => {
  for (const { path, dialect, sessions } of truth) {
    it(`reads ${path} as what happened`, () => {
      const text = decodeText(readFileSync(new URL(path, folder)));
      expect(parseTranscript(text).detection.dialect.id).toBe(dialect);
      expect(labelled(path)).toEqual(disagreements[path]?.sessions ?? sessions);
    });
  }
});
