/** Explains a reply: what it means here, whether to try again, who must act, and what to do. Structure first, words later. */
import { type Locale, label, type Messages, textsFor } from "./locales/index.js";
import { type EnhancedParts, enhancedEntry, enhancedRetry, leftOutReason, replyEntry } from "./lookup.js";
import { stageOf } from "./parse.js";
import { enhancedOfText, matchProvider, textOfEnhanced } from "./providers.js";
import { retryAfter } from "./retry-after.js";
import type { Actor, ReplyData, ReplyText, RetryKind, Stage, Status } from "./types.js";

/** What is known besides the codes. */
export interface ExplainOptions {
  /** The command that the reply answers: a verb, CONNECT, DATA-END, AUTH-RESPONSE. */
  readonly after?: string;
  readonly locale?: Locale;
  /** Text of the reply: for the provider's wording and for a waiting time. It is never part of the explanation. */
  readonly text?: string;
  /** Host name or greeting of the server. */
  readonly greetingHost?: string;
}

/** An enhanced code in words. */
export interface EnhancedExplanation {
  readonly code: string;
  readonly class: string;
  readonly subject: string;
  /** Name and meaning of the detail; undefined where the detail is not in the registry. */
  readonly name: string | undefined;
  readonly meaning: string;
  readonly fix: string | undefined;
  readonly note: string | undefined;
  readonly known: boolean;
}

/** A reply in words. All texts are ours, with backticks around codes and commands: show them with `renderText`. */
export interface Explanation {
  readonly locale: Locale;
  readonly code: number | null;
  readonly enhanced: EnhancedExplanation | undefined;
  readonly stage: Stage | undefined;
  readonly status: Status | undefined;
  readonly name: string;
  readonly meaning: string;
  /** What it means at this stage. */
  readonly here: string | undefined;
  /** What the provider's wording means; `name` is undefined where the words are common. */
  readonly provider: { readonly name: string | undefined; readonly meaning: string; readonly fix: string } | undefined;
  readonly retry: { readonly kind: RetryKind; readonly text: string };
  /** Seconds that the text asks to wait. */
  readonly wait: number | undefined;
  /** Who must act, first first. */
  readonly actors: readonly Actor[];
  /** The most exact cause known: from the provider's wording, the enhanced code, or the stage. */
  readonly cause: string | undefined;
  /**
   * Whether the cause is known for this reply: by its wording or its enhanced code. What is said of the code in general
   * (`meaning`, `causes`) may then be about other cases.
   */
  readonly exact: boolean;
  /** What to do first; undefined where nothing is to be done. */
  readonly fix: string | undefined;
  readonly causes: readonly string[];
  readonly sender: readonly string[];
  readonly server: readonly string[];
  readonly not: readonly string[];
  readonly near: readonly { readonly code: string; readonly difference: string }[];
  readonly enhancedSeen: readonly string[];
  readonly sources: readonly string[];
  /** Remarks: not in any list, left out, classes that contradict each other. */
  readonly notes: readonly string[];
}

/** A detail that says more than its subject: `X.7.0` and the like say nothing of their own. */
function specific(parts: EnhancedParts | undefined): parts is EnhancedParts {
  return parts?.entry !== undefined && parts.detail !== "0";
}

/** Details that say so plainly what the common words say too, that repeating the words would only cost room. */
const SPEAKS_FOR_ITSELF = new Set([
  "5.1.1",
  "5.1.10",
  "4.2.1",
  "5.2.1",
  "4.2.2",
  "5.2.2",
  "5.2.3",
  "5.3.4",
  "4.5.3",
  "5.5.3",
  "5.7.8",
  "4.7.25",
  "5.7.25",
]);

/** Codes that are about the dialogue themselves. */
const ABOUT_DIALOGUE = new Set([500, 501, 502, 503, 504, 555]);
/** Details of the dialogue (X.5.x) that are vaguer than the reply codes 500 to 504 themselves. */
const VAGUE_DIALOGUE = new Set(["0", "1", "2", "4", "5"]);

/**
 * Whether a detail says less than the reply code and the stage do: most of the protocol details, `4.7.1`, which stands
 * before everything that a policy puts off, and `5.7.1` where nothing but the client can be judged yet.
 */
function vague(parts: EnhancedParts, code: number | null, stage: Stage | undefined): boolean {
  if (parts.subject === "5") return VAGUE_DIALOGUE.has(parts.detail) && code !== null && ABOUT_DIALOGUE.has(code);
  return parts.code === "4.7.1" || (parts.code === "5.7.1" && (stage === "greeting" || stage === "ehlo"));
}

function explainEnhanced(parts: EnhancedParts, messages: Messages): EnhancedExplanation {
  const text = parts.entry ? messages.enhanced[parts.key] : undefined;
  const subject = Number(parts.subject) <= 7 ? parts.subject : "unknown";
  return {
    code: parts.code,
    class: label(messages, `class.${parts.class}`),
    subject: label(messages, `subject.${subject}`),
    name: text?.name,
    meaning: text?.meaning ?? label(messages, `subjectMeaning.${subject}`),
    fix: text?.fix,
    note: text?.note,
    known: text !== undefined,
  };
}

function sentences(messages: Messages, first: string, second: string): string {
  return first + label(messages, "join.sentence") + second;
}

/** For codes of no list: what the first digit says (RFC 5321 §4.3.2). */
function byFirstDigit(code: number | null, parts: EnhancedParts | undefined, messages: Messages): ReplyText {
  const kind = code === null ? (parts?.class ?? "") : String(code).charAt(0);
  const retry = kind === "4" ? "later" : kind === "5" ? "fix-first" : "none";
  return {
    name: label(messages, `class.${kind}`),
    meaning: label(messages, `classMeaning.${kind}`),
    retry: sentences(messages, label(messages, `retry.${retry}`), label(messages, `classFix.${kind}`)),
  };
}

function kindByDigit(kind: string): RetryKind {
  return kind === "4" ? "later" : kind === "5" ? "fix-first" : "none";
}

/** What is known for sure about one reply: whether a retry helps, and what to do. */
interface Exact {
  readonly kind: RetryKind;
  readonly fix: string | undefined;
}

/** Codes whose words about a retry tell their cases apart: for a known case they say too much. */
const TELLS_CASES: ReadonlySet<number> = new Set([452, 552]);

/**
 * Retry of the most exact source: provider, enhanced code, stage, code. The words of a code with many causes are used for
 * a known cause only where they are about waiting; the words of the stage always fit.
 */
function retryOf(
  data: ReplyData | undefined,
  text: ReplyText,
  stage: Stage | undefined,
  exact: Exact | undefined,
  firstDigit: string,
  wait: number | undefined,
  messages: Messages,
): Explanation["retry"] {
  const general = (stage && data?.byStage?.[stage]?.retry) || data?.retry || kindByDigit(firstDigit);
  const at = stage && text.retryAt?.[stage];
  const words = at || text.retry;
  const brief = `${label(messages, `retry.${exact?.kind ?? general}`)}${label(messages, "join.sentence").trimEnd()}`;
  if (!exact) return { kind: general, text: wait === undefined ? words : brief };
  const fits = data && exact.kind === general && !TELLS_CASES.has(data.code);
  if (fits && wait === undefined && (at || !data.many || general === "later")) return { kind: general, text: words };
  return { kind: exact.kind, text: brief };
}

/** Advice about a code with many causes that is true of a known one: what names its enhanced code, but no list of codes. */
function naming(advice: readonly string[] | undefined, enhanced: string | undefined): readonly string[] {
  if (!advice || !enhanced) return [];
  const code = new RegExp(`\\b${enhanced.replace(/\./g, "\\.")}(?!\\d)`);
  return advice.filter((text) => code.test(text) && (text.match(/`[245]\.\d\.\d+`/g) ?? []).length < 3);
}

const STAGE_PREFIX = /^(?:\S{1,12} )?`?(EHLO|STARTTLS|AUTH|MAIL|RCPT|DATA)(?! FROM| TO)`?([^:：.。،]{0,60})[:：]\s*/;
const DETAIL_PREFIX = /^(?:\S{1,12} )?`[45]\.(\d)\.[\dx]+`[^:：]{0,40}[:：]\s*/;

/** Stages at which an address is refused; elsewhere the advice about addresses cannot help. */
const ABOUT_ADDRESSES: ReadonlySet<Stage | undefined> = new Set([undefined, "any", "mail", "rcpt"]);

/**
 * Advice that can concern this reply, what names its command first. Left out is what begins with the name of another
 * command, or with another kind of enhanced code.
 */
function fitting(items: readonly string[] | undefined, stage: Stage | undefined, parts: EnhancedParts | undefined) {
  const own: string[] = [];
  const others: string[] = [];
  for (const text of items ?? []) {
    const command = STAGE_PREFIX.exec(text)?.[1];
    const subject = DETAIL_PREFIX.exec(text)?.[1];
    const here = command !== undefined && stageOf(command) === stage;
    if (command && !here && stage && stage !== "any") continue;
    if (subject && (parts ? subject !== parts.subject : subject < "3" && !ABOUT_ADDRESSES.has(stage))) continue;
    (here ? own : others).push(text);
  }
  return [...own, ...others];
}

/** A piece of advice without the command or kind of code that it begins with: `MAIL: write …` at MAIL. */
function bare(text: string, stage: Stage | undefined): string {
  const prefix = stage ? STAGE_PREFIX.exec(text) : undefined;
  const whole = prefix?.[2]?.trim() === "" ? prefix[0] : (DETAIL_PREFIX.exec(text)?.[0] ?? "");
  const rest = text.slice(whole.length);
  return rest.charAt(0).toLocaleUpperCase() + rest.slice(1);
}

function notesOf(
  code: number | null,
  data: ReplyData | undefined,
  parts: EnhancedParts | undefined,
  said: boolean,
  messages: Messages,
) {
  const notes: string[] = [];
  const digit = String(code ?? "").charAt(0);
  if (code !== null && !data) {
    notes.push(label(messages, "text.unknownReply", { code: `\`${code}\`` }));
    const reason = leftOutReason(code);
    if (reason) notes.push(label(messages, "text.leftOut", { reason: label(messages, `leftOut.${reason}`) }));
  }
  // Where the wording is known, nothing is missing that a list of codes could say.
  if (parts && !parts.entry && !said)
    notes.push(label(messages, "text.unknownEnhanced", { code: `\`${parts.code}\`` }));
  if (code !== null && parts && parts.class !== digit) {
    notes.push(label(messages, "text.mismatch", { enhanced: `\`${parts.code}\``, code: `\`${code}\`` }));
  }
  return notes;
}

/**
 * Explains a reply.
 * @param code basic reply code, or null where only an enhanced code is known
 * @param enhanced enhanced code such as `4.7.1`
 * @param options what else is known; every bit makes the answer more exact
 * @returns undefined where neither is a code (a basic code is 200 to 599)
 */
export function explainCode(
  code: number | null,
  enhanced?: string | null,
  options: ExplainOptions = {},
): Explanation | undefined {
  const valid = code !== null && Number.isInteger(code) && code >= 200 && code <= 599 ? code : null;
  const parts = enhanced ? enhancedEntry(enhanced) : undefined;
  if (valid === null && !parts) return undefined;
  const locale = options.locale ?? "en";
  const messages = textsFor(locale);
  const stage = stageOf(options.after);
  const data = valid === null ? undefined : replyEntry(valid);
  const text = (data && messages.replies[String(valid)]) || byFirstDigit(valid, parts, messages);
  const digit = valid === null ? parts!.class : String(valid).charAt(0);
  const agrees = parts !== undefined && parts.class === digit;
  const explained = parts ? explainEnhanced(parts, messages) : undefined;
  const found =
    options.text && digit !== "2" && digit !== "3"
      ? matchProvider(options.text, { code: valid, enhanced: parts?.code, greetingHost: options.greetingHost })
      : undefined;
  const detail = agrees && specific(parts) ? parts : undefined;
  const match = found && (found.provider || !detail || !SPEAKS_FOR_ITSELF.has(detail.code)) ? found : undefined;
  const matchText = match ? messages.providers[match.data.text] : undefined;
  const atStage = stage && text.when?.[stage];
  const plain = detail && !(vague(detail, valid, stage) && atStage) ? detail : undefined;
  const exact: Exact | undefined = matchText
    ? { kind: match?.data.retry ?? kindByDigit(digit), fix: matchText.fix }
    : plain
      ? { kind: enhancedRetry(plain), fix: explained?.fix }
      : undefined;
  const here = atStage ?? (stage && text.when?.any);
  const onlyEnhanced = valid === null && explained?.known;
  const wait = digit === "4" && options.text ? retryAfter(options.text) : undefined;
  const known = exact !== undefined;
  const title = matchText
    ? enhancedOfText(match!.data.text)
    : plain && !vague(plain, valid, stage)
      ? plain.key
      : undefined;
  const narrow = known && data?.many === true;
  const general = fitting(text.sender, stage, detail);
  const sender = narrow ? naming(general, parts?.code) : general;
  const own = matchText ? matchText.not : plain && textOfEnhanced(plain.key, messages)?.not;
  const fix = exact?.fix ?? (plain && explained?.fix);
  return {
    locale,
    code: valid,
    enhanced: explained,
    stage,
    status: data?.status ?? (valid === null ? parts?.entry?.status : undefined),
    name:
      (onlyEnhanced ? explained.name : title && messages.enhanced[title]?.name) ??
      (matchText && (!data || data.many) ? label(messages, `class.${digit}`) : text.name),
    meaning: onlyEnhanced ? explained.meaning : text.meaning,
    here,
    provider: matchText && { name: match?.provider, meaning: matchText.meaning, fix: matchText.fix },
    retry: retryOf(data, text, stage, exact, digit, wait, messages),
    wait,
    actors:
      match?.data.actors ?? plain?.entry?.actors ?? (stage && data?.byStage?.[stage]?.actors) ?? data?.actors ?? [],
    cause: matchText?.meaning ?? (plain ? explained?.meaning : undefined) ?? here ?? text.causes?.[0],
    exact: known,
    fix: fix ?? (sender[0] === undefined ? undefined : bare(sender[0], stage)),
    causes: fitting(text.causes, stage, detail),
    sender: fix === undefined ? sender : [fix, ...sender.filter((one) => one !== fix)],
    server: known ? naming(text.server, parts?.code) : fitting(text.server, stage, detail),
    not: own ? [own] : narrow ? [] : (text.not ?? []),
    near: (data?.neighbours ?? []).map((near) => ({ code: String(near), difference: text.near?.[near] ?? "" })),
    enhancedSeen: data?.enhanced ?? [],
    sources: data?.sources ?? parts?.entry?.sources ?? [],
    notes: notesOf(valid, data, parts, known && matchText !== undefined, messages),
  };
}
