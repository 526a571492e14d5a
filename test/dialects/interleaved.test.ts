import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { inspectTranscript } from "../../server/src/features/inspect.js";
import { parseTranscript } from "../../server/src/transcript.js";
import { decodeText } from "../kit/corpus.js";

function recorded(path: string): string[] {
  return decodeText(readFileSync(new URL(`../corpus/${path}`, import.meta.url)))
    .split(/\r?\n/)
    .filter((line) => line !== "");
}

/** Deals two logs like two halves of a pack of cards. */
function interleave(a: readonly string[], b: readonly string[]): string {
  const mixed: string[] = [];
  for (let k = 0; k < Math.max(a.length, b.length); k++) {
    for (const line of [a[k], b[k]]) if (line !== undefined) mixed.push(line);
  }
  return `${mixed.join("\n")}\n`;
}

function outcomes(text: string): string[] {
  return inspectTranscript(parseTranscript(text)).sessions.map((session) => {
    const transactions = session.transactions.map(
      ({ recipients, outcome }) => `${recipients.map((to) => `${to.forwardPath} ${to.code}`).join(" ")} ${outcome}`,
    );
    return [session.protocol, session.closedBy, ...transactions].join(" | ");
  });
}

describe("sessions that one log writes at the same time", () => {
  it("are told apart by process in a Postfix log", () => {
    const first = recorded("postfix-maillog-debug-peer/smtpd-mixed.log");
    const second = first.map((line) => line.replaceAll("[29434]", "[29999]").replaceAll("grey@", "gray@"));
    expect(outcomes(interleave(first, second))).toEqual([
      "ESMTP | quit | bob@example.com 250 nouser@example.com 550 grey@example.com 450 partial",
      "ESMTP | quit | bob@example.com 250 nouser@example.com 550 gray@example.com 450 partial",
    ]);
  });

  it("are told apart by connection in a Haraka log", () => {
    const first = recorded("haraka-log/pipeline.log");
    const uuid = /\[([0-9A-F-]{36})\]/.exec(first.join("\n"))?.[1] as string;
    const second = first.map((line) => line.replaceAll(uuid, "00000000-0000-0000-0000-000000000000"));
    const alone = outcomes(first.join("\n"));
    expect(alone).toHaveLength(1);
    expect(outcomes(interleave(first, second))).toEqual([...alone, ...alone]);
  });

  it("are told apart by id in a log of smtp-server", () => {
    const first = recorded("node-smtp-server-log/mixed.log");
    const id = /\[#([0-9a-z]+)\]/.exec(first.join("\n"))?.[1] as string;
    const second = first.map((line) => line.replaceAll(id, "zzzzzzzzzzzzzzzz"));
    const alone = outcomes(first.join("\n"));
    expect(outcomes(interleave(first, second))).toEqual([...alone, ...alone]);
  });

  it("are told apart by port in captures", () => {
    for (const path of ["tcpflow-c", "tcpdump-A", "ngrep-byline"]) {
      const text = recorded(`${path}/two-concurrent.txt`).join("\n");
      expect(outcomes(text), path).toHaveLength(2);
    }
  });
});
