/** Explains a reply: what it means here, whether to try again, who must act, and what to do. Structure first, words later. */
import { type Locale, label, type Messages, textsFor } from "./locales/index.js";
import { type EnhancedParts, enhancedEntry, enhancedRetry, leftOutReason, replyEntry } from "./lookup.js";
import { stageOf } from "./parse.js";
import { matchProvider } from "./providers.js";
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
const SPEAKS_FOR_ITSELF = new Set(["X.1.1", "X.1.10", "X.2.1", "X.2.2", "X.2.3", "X.3.4", "X.5.3", "X.7.8", "X.7.25"]);

/**
 * Whether the enhanced code gives the reply its name. The protocol details (X.5.x) are vaguer than 500, 501 and 503, but
 * "too many recipients" is not.
 */
function names(parts: EnhancedParts | undefined): boolean {
  return parts !== undefined && (parts.subject !== "5" || parts.detail === "3");
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

/** Retry of the most exact source: provider, enhanced code, stage, code. */
function retryOf(
  data: ReplyData | undefined,
  text: ReplyText,
  stage: Stage | undefined,
  exact: { kind: RetryKind; fix: string } | undefined,
  firstDigit: string,
  messages: Messages,
): Explanation["retry"] {
  const general = (stage && data?.byStage?.[stage]?.retry) || data?.retry || kindByDigit(firstDigit);
  const words = (stage && text.retryAt?.[stage]) || text.retry;
  if (!exact || (data && exact.kind === general)) return { kind: general, text: words };
  return { kind: exact.kind, text: sentences(messages, label(messages, `retry.${exact.kind}`), exact.fix) };
}

function notesOf(
  code: number | null,
  data: ReplyData | undefined,
  parts: EnhancedParts | undefined,
  messages: Messages,
) {
  const notes: string[] = [];
  const digit = String(code ?? "").charAt(0);
  if (code !== null && !data) {
    notes.push(label(messages, "text.unknownReply", { code: `\`${code}\`` }));
    const reason = leftOutReason(code);
    if (reason) notes.push(label(messages, "text.leftOut", { reason: label(messages, `leftOut.${reason}`) }));
  }
  if (parts && !parts.entry) notes.push(label(messages, "text.unknownEnhanced", { code: `\`${parts.code}\`` }));
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
  const exact = agrees && specific(parts) ? parts : undefined;
  const match = found && (found.provider || !exact || !SPEAKS_FOR_ITSELF.has(exact.key)) ? found : undefined;
  const matchText = match ? messages.providers[match.data.text] : undefined;
  const exactRetry =
    match?.data.retry && matchText
      ? { kind: match.data.retry, fix: matchText.fix }
      : exact
        ? { kind: enhancedRetry(exact), fix: explained?.fix ?? "" }
        : undefined;
  const here = stage ? (text.when?.[stage] ?? text.when?.any) : undefined;
  const onlyEnhanced = valid === null && explained?.known;
  return {
    locale,
    code: valid,
    enhanced: explained,
    stage,
    status: data?.status ?? (valid === null ? parts?.entry?.status : undefined),
    name: onlyEnhanced || names(exact) ? (explained?.name ?? text.name) : text.name,
    meaning: onlyEnhanced ? explained!.meaning : text.meaning,
    here,
    provider: matchText && { name: match?.provider, meaning: matchText.meaning, fix: matchText.fix },
    retry: retryOf(data, text, stage, exactRetry, digit, messages),
    wait: digit === "4" && options.text ? retryAfter(options.text) : undefined,
    actors:
      match?.data.actors ?? exact?.entry?.actors ?? (stage && data?.byStage?.[stage]?.actors) ?? data?.actors ?? [],
    cause: matchText?.meaning ?? (exact ? explained?.meaning : undefined) ?? here ?? text.causes?.[0],
    causes: text.causes ?? [],
    sender: [...(specific(parts) && explained?.fix ? [explained.fix] : []), ...(text.sender ?? [])],
    server: text.server ?? [],
    not: text.not ?? [],
    near: (data?.neighbours ?? []).map((near) => ({ code: String(near), difference: text.near?.[near] ?? "" })),
    enhancedSeen: data?.enhanced ?? [],
    sources: data?.sources ?? parts?.entry?.sources ?? [],
    notes: notesOf(valid, data, parts, messages),
  };
}
