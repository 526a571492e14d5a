import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { describeFindings, findingsIn, isSevere } from "../kit/findings.js";

/** What a recorded session is known to show; written by reading each file and the notes on how it was recorded. */
interface Truth {
  readonly path: string;
  readonly healthy: boolean;
  readonly findings?: readonly {
    readonly rule: string;
    readonly line: number;
    readonly certainty: "sure" | "likely";
  }[];
}

const FOLDER = new URL("../corpus/", import.meta.url);
const truth = JSON.parse(readFileSync(new URL("truth.json", FOLDER), "utf8")) as readonly Truth[];

/** What the records call a mistake and the outcome makes milder: said below warning, on the same line. */
const MILD = new Set([
  // Answered 250: a deviation that the server took sinks a level.
  "telnet/syntax-errors.smtp space-after-colon@26",
  // Servers drop unwanted clients on purpose; that is worth knowing, but nothing to repair.
  "haraka-log/deny-disconnect.log server-closes-first@158",
]);

/** What the records hold to be a likely mistake and no finding names at all, and why. */
const SILENT: ReadonlyMap<string, string> = new Map([
  ["aiosmtpd-log/bad.log reply-unexpected-code@30", "250 to HELP works: clients go by the first digit"],
  ["haraka-log/bad-commands.log reply-unexpected-code@163", "as above"],
  [
    "aiosmtpd-log/conn-lost-mid-data.log data-missing-terminator@25",
    "the connection broke; no line of the message came",
  ],
  ["exim-bs/bdat.smtp param-not-advertised@16", "only the server is shown: what is hidden is not judged"],
  ["exim-bs/pipelined-bad.smtp unknown-command@3", "as above"],
  ["exim-bs/pipelined-bad.smtp unknown-command@4", "as above"],
  ["exim-bs/pipelined-bad.smtp rcpt-before-mail@5", "as above"],
  ["exim-bs/pipelined-bad.smtp server-closes-first@11", "as above"],
  ["opensmtpd-smtp-client/lmtp.smtp lmtp-reply-count@31", "the server sent both replies; the tool failed to read one"],
  ["socat-v/8bit-no-smtputf8.smtp address-non-ascii@21", "socat prints dots for the letters that were sent"],
  ["socat-v/8bit-no-smtputf8.smtp address-non-ascii@25", "as above"],
  ["telnet/help-vrfy-expn.smtp verb-not-advertised@38", "after HELO there is no list: extension-after-helo says so"],
  ["tshark-O-smtp/smuggle-lf-dot-lf.txt data-reply-multiple@114", "commands behind the message may be hidden with it"],
]);

describe("recorded healthy sessions give no finding that asks for action", () => {
  test.each(truth.filter(({ healthy }) => healthy).map(({ path }) => path))("%s", (path) => {
    const text = read(path);
    expect(describeFindings(text, findingsIn(text).filter(isSevere))).toEqual([]);
  });
});

describe("recorded broken sessions are blamed on the line that is wrong, once", () => {
  test.each(truth.filter(({ healthy }) => !healthy).map((entry) => [entry.path, entry] as const))(
    "%s",
    (path, entry) => {
      const text = read(path);
      const findings = findingsIn(text);
      const known = entry.findings ?? [];
      const seen = new Set(findings.map((finding) => at(text, finding.rule, finding.span.start)));
      const severe = findings.filter(isSevere).map((finding) => at(text, finding.rule, finding.span.start));
      const expected = new Set(known.map(({ rule, line }) => `${rule}@${line}`));
      expect(severe.filter((place) => !expected.has(place))).toEqual([]);
      for (const { rule, line, certainty } of known) {
        const place = `${rule}@${line}`;
        if (certainty === "likely") {
          expect(seen.has(place), `${path} ${place}`).toBe(!SILENT.has(`${path} ${place}`));
          continue;
        }
        if (MILD.has(`${path} ${place}`)) expect(seen).toContain(place);
        else expect(severe).toContain(place);
      }
    },
  );
});

/** Lines are counted by LF alone, as the records do: two captures hold lone CRs. */
function at(text: string, rule: string, offset: number): string {
  return `${rule}@${text.slice(0, offset).split("\n").length}`;
}

function read(path: string): string {
  const bytes = readFileSync(new URL(path, FOLDER));
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("latin1").decode(bytes);
  }
}
