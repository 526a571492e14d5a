import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { foldMessage } from "../../server/src/features/message/folding.js";
import { hoverMessage } from "../../server/src/features/message/hover.js";
import { messageOutline } from "../../server/src/features/message/outline.js";
import { inspectMessage } from "../../server/src/message/inspect.js";
import { buildPreview } from "../../server/src/message/preview.js";
import { decodeText } from "../../server/src/message/transfer.js";
import { messageRules } from "../../server/src/rules/message/index.js";
import { runMessageRules } from "../../server/src/rules/message/run.js";
import type { MessageContext, MessageRule } from "../../server/src/rules/message/types.js";
import { messageOf } from "./kit.js";

/** A small generator (Mulberry32), so that a failure can be seen again. */
function random(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const SEEDS = [
  "postfix-dsn/bounce-multi.eml",
  "sendmail-dsn/bounce-multi.eml",
  "postfix-notify-transcript/bad-sequence.eml",
].map((name) => readFileSync(new URL(`../corpus/${name}`, import.meta.url), "utf8"));
for (const rule of messageRules) SEEDS.push(rule.wrong);

const PIECES = [
  "\n",
  "\r",
  "\r\n",
  "\n\n",
  "--b1",
  "--b1--",
  ":",
  ";",
  "=",
  '"',
  "(",
  ")",
  "<",
  ">",
  "@",
  ",",
  "=?utf-8?Q?",
  "?=",
  "\u0000",
  "\uFFFD",
  "\u202e",
  "=",
  "=\n",
  " ",
  "\t",
  "Content-Type: multipart/mixed; boundary=b1\n",
  "Content-Type: message/rfc822\n\n",
  "Content-Transfer-Encoding: base64\n",
  "From: ",
  "Date: ",
  "𝒳",
];

function mutate(text: string, next: () => number): string {
  let out = text;
  for (let k = 0; k < 1 + Math.floor(next() * 6); k++) {
    const at = Math.floor(next() * (out.length + 1));
    const cut = Math.floor(next() * 20);
    const piece = next() < 0.7 ? (PIECES[Math.floor(next() * PIECES.length)] as string) : "";
    out = out.slice(0, at) + piece + out.slice(at + (next() < 0.5 ? cut : 0));
  }
  return out;
}

/** Rules as they are, but with failures that are not caught. */
function unguarded(thrown: unknown[]): MessageRule[] {
  return messageRules.map((rule) => ({
    ...rule,
    check(context: MessageContext) {
      try {
        rule.check(context);
      } catch (error) {
        thrown.push(`${rule.id}: ${String(error)}`);
        throw error;
      }
    },
  }));
}

test("no mutation of a message makes anything throw, or point outside the text", () => {
  const next = random(20261124);
  const thrown: unknown[] = [];
  const rules = unguarded(thrown);
  for (let round = 0; round < 400; round++) {
    const text = mutate(SEEDS[round % SEEDS.length] as string, next);
    const { message, source } = messageOf(text);
    for (const finding of runMessageRules(message, source, rules, {
      profile: "strict",
      rules: {},
      aside: [],
      messageProfile: "bulk",
    })) {
      expect(finding.span.start).toBeGreaterThanOrEqual(0);
      expect(finding.span.end).toBeLessThanOrEqual(text.length);
      for (const edit of finding.fix?.edits ?? []) expect(edit.end).toBeLessThanOrEqual(text.length);
    }
    JSON.stringify(inspectMessage(message, source));
    messageOutline(message, source, "en");
    foldMessage(message, source);
    buildPreview(message);
    for (const part of message.parts) if (part.kind === "leaf") decodeText(message.lines, part);
    for (let k = 0; k < 10; k++) hoverMessage(message, source, Math.floor(next() * (text.length + 1)), "en");
  }
  expect(thrown).toEqual([]);
});

test("parts nest, stand in order, and cover the message", () => {
  const next = random(7);
  for (let round = 0; round < 400; round++) {
    const { message } = messageOf(mutate(SEEDS[round % SEEDS.length] as string, next));
    expect(message.root.endLine).toBe(message.lines.count);
    for (const part of message.parts) {
      expect(part.bodyLine).toBeGreaterThanOrEqual(part.header.endLine);
      expect(part.endLine).toBeGreaterThanOrEqual(part.bodyLine);
      let at = part.bodyLine;
      for (const child of part.children) {
        expect(child.line).toBeGreaterThanOrEqual(at);
        expect(child.endLine).toBeLessThanOrEqual(part.endLine);
        at = child.endLine;
      }
    }
  }
});
