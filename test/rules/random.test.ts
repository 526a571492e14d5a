import { describe, expect, test } from "vitest";
import { describeFindings, findingsIn, isSevere } from "../kit/findings.js";
import { healthyScript, play, type Script, type Step } from "../kit/model.js";
import { type Random, seeded } from "../kit/random.js";

/** Each failure names its seed; the same seed gives the same session. */
const SEEDS = Array.from({ length: 120 }, (_, k) => k + 1);

const textOf = (lines: readonly string[]): string => `${lines.join("\n")}\n`;

test.each(SEEDS)("a random session without a mistake gives no finding, seed %i", (seed) => {
  const text = textOf(play(healthyScript(seeded(seed))));
  expect(describeFindings(text, findingsIn(text).filter(isSevere)), text).toEqual([]);
});

type Mutation = (script: Script, random: Random) => Script;

/** Changes the first command that matches; the script as it is where none does. */
const rewrite =
  (pattern: RegExp, change: (text: string) => string | readonly string[]): Mutation =>
  (script) => {
    let done = false;
    const steps = script.steps.flatMap((step): Step[] => {
      if (done || step.kind !== "command" || !pattern.test(step.text)) return [step];
      done = true;
      return [change(step.text)].flat().map((text) => ({ kind: "command", text }));
    });
    return { ...script, steps, pipelined: false };
  };

const inMessage =
  (lines: readonly string[], stuffed: boolean): Mutation =>
  (script) => ({
    ...script,
    steps: script.steps.map((step) =>
      step.kind === "message" ? { ...step, stuffed, lines: [...step.lines.slice(0, 6), ...lines] } : step,
    ),
  });

/** One mistake of the client → the rule that names it. */
const CLIENT: readonly (readonly [string, Mutation])[] = [
  ["no-ehlo", rewrite(/^EHLO/, () => [])],
  ["ehlo-argument-missing", rewrite(/^EHLO/, (text) => ["EHLO", text])],
  ["rcpt-before-mail", rewrite(/^MAIL/, () => ["RCPT TO:<early@example.com>", "MAIL FROM:<alice@example.org>"])],
  ["data-before-rcpt", rewrite(/^MAIL/, (text) => [text, "DATA"])],
  ["nested-mail", rewrite(/^MAIL/, (text) => [text, "MAIL FROM:<carol@example.org>"])],
  ["space-after-colon", rewrite(/^RCPT/, (text) => [text.replace(":", ": "), text])],
  ["missing-angle-brackets", rewrite(/^RCPT/, (text) => ["RCPT TO:bob@example.com", text])],
  ["missing-colon", rewrite(/^RCPT/, (text) => ["RCPT TO <bob@example.com>", text])],
  ["mail-rcpt-keyword", rewrite(/^RCPT/, (text) => ["RCPT FROM:<bob@example.com>", text])],
  ["null-rcpt", rewrite(/^RCPT/, (text) => ["RCPT TO:<>", text])],
  ["display-name-in-path", rewrite(/^RCPT/, (text) => ["RCPT TO:<Bob <bob@example.com>>", text])],
  ["param-not-advertised", rewrite(/^MAIL/, (text) => ["MAIL FROM:<alice@example.org> MT-PRIORITY=3", text])],
  ["unknown-command", rewrite(/^MAIL/, (text) => ["FROBNICATE", text])],
  ["verb-not-advertised", rewrite(/^MAIL/, (text) => ["ETRN example.org", text])],
  ["vrfy-no-arg", rewrite(/^MAIL/, (text) => ["VRFY", text])],
  ["leading-space", rewrite(/^MAIL/, (text) => [" NOOP", text])],
  ["command-args-forbidden", rewrite(/^MAIL/, (text) => ["RSET now", text])],
  ["command-after-quit", rewrite(/^QUIT/, (text) => [text, "NOOP"])],
  ["non-smtp-command", rewrite(/^EHLO/, (text) => ["GET / HTTP/1.1", text])],
  ["data-bare-dot-in-body", inMessage(["Hello", ".", "this was meant as text", "and this too"], false)],
  ["data-dot-not-stuffed", inMessage(["Hello", ".profile is a file"], false)],
];

describe.each(CLIENT)("one mistake of the client: %s", (rule, mutate) => {
  test.each(SEEDS.slice(0, 12))("seed %i", (seed) => {
    const random = seeded(seed);
    const script = mutate(healthyScript(random), random);
    if (rule.startsWith("data-") && rule !== "data-before-rcpt" && !script.steps.some(({ kind }) => kind === "message"))
      return;
    const text = textOf(play(script));
    const severe = findingsIn(text).filter(isSevere);
    expect(
      [...new Set(severe.map((finding) => finding.rule))],
      `${text}\n${describeFindings(text, severe).join("\n")}`,
    ).toEqual([rule]);
  });
});

type Misprint = (lines: readonly string[], random: Random) => readonly string[];

/** Changes one of the server's lines that match. */
const server =
  (pattern: RegExp, change: (line: string) => string | readonly string[]): Misprint =>
  (lines) => {
    const at = lines.findIndex((line) => pattern.test(line));
    return at === -1 ? lines : [...lines.slice(0, at), ...[change(lines[at] as string)].flat(), ...lines.slice(at + 1)];
  };

/** One mistake of the server → the rule that names it. */
const SERVER: readonly (readonly [string, Misprint])[] = [
  ["multiline-mixed-codes", server(/^S: 250 [A-Z0-9]+(?: \w+)*$/, (line) => line.replace("250", "220"))],
  ["reply-syntax", server(/^S: 221/, () => "S: Bye")],
  ["reply-first-digit", server(/^S: 221/, () => "S: 121 Bye")],
  ["quit-reply", server(/^S: 221/, () => "S: 250 Bye")],
  ["no-greeting", server(/^S: 220/, () => "S: 250 mx.example.com")],
];

describe.each(SERVER)("one mistake of the server: %s", (rule, misprint) => {
  test.each(SEEDS.slice(0, 12))("seed %i", (seed) => {
    const random = seeded(seed);
    const script = healthyScript(random);
    const before = play({ ...script, extensions: ["SIZE 10240000", "8BITMIME", "DSN", "VRFY"], pipelined: false });
    const text = textOf(misprint(before, random));
    const severe = findingsIn(text).filter(isSevere);
    expect([...new Set(severe.map((finding) => finding.rule))], text).toEqual([rule]);
  });
});
