/** Typed look-up of the reference data, built at the first use. Keys are compared without regard to case. */
import authJson from "./data/auth.json" with { type: "json" };
import commandRepliesJson from "./data/command-replies.json" with { type: "json" };
import enhancedJson from "./data/enhanced.json" with { type: "json" };
import extensionsJson from "./data/extensions.json" with { type: "json" };
import leftOutJson from "./data/left-out.json" with { type: "json" };
import limitsJson from "./data/limits.json" with { type: "json" };
import parametersJson from "./data/parameters.json" with { type: "json" };
import repliesJson from "./data/replies.json" with { type: "json" };
import verbsJson from "./data/verbs.json" with { type: "json" };
import { lazy, once } from "./lazy.js";
import type {
  AuthData,
  EnhancedData,
  ExpectedReplies,
  ExtensionData,
  LeftOut,
  LimitData,
  ParameterData,
  ReplyData,
  RetryKind,
  VerbData,
} from "./types.js";

interface Entries<T> {
  readonly entries: readonly T[];
}

const replies = lazy<Entries<ReplyData>>(repliesJson);
const enhanced = lazy<Entries<EnhancedData>>(enhancedJson);
const extensions = lazy<Entries<ExtensionData>>(extensionsJson);
const verbs = lazy<Entries<VerbData>>(verbsJson);
const parameters = lazy<Entries<ParameterData>>(parametersJson);
const auth = lazy<Entries<AuthData>>(authJson);
const limits = lazy<Entries<LimitData>>(limitsJson);
const commandReplies = lazy<Entries<ExpectedReplies> & { readonly multiline: readonly string[] }>(commandRepliesJson);
const leftOut = lazy<{ readonly replies: readonly LeftOut[] }>(leftOutJson);

/** An index of entries by an upper-case key, made once. */
function index<T>(entries: () => Entries<T>, keyOf: (entry: T) => string): () => ReadonlyMap<string, T> {
  return once(() => new Map(entries().entries.map((entry) => [keyOf(entry).toUpperCase(), entry])));
}

const repliesByCode = index(replies, (entry) => String(entry.code));
const enhancedByCode = index(enhanced, (entry) => entry.code);
const extensionsByKeyword = index(extensions, (entry) => entry.keyword);
const verbsByName = index(verbs, (entry) => entry.verb);
const parametersByName = index(parameters, (entry) => entry.name);
const authByName = index(auth, (entry) => entry.mechanism);
const limitsById = index(limits, (entry) => entry.id);
const expectedByCommand = index(commandReplies, (entry) => entry.command);

/** All basic reply codes, in ascending order. */
export const allReplies = (): readonly ReplyData[] => replies().entries;
/** All enhanced codes of the registry, in the order of subject and detail. */
export const allEnhanced = (): readonly EnhancedData[] => enhanced().entries;
/** All service extensions, by keyword. */
export const allExtensions = (): readonly ExtensionData[] => extensions().entries;
/** All command verbs. */
export const allVerbs = (): readonly VerbData[] => verbs().entries;
/** All parameters of MAIL and RCPT. */
export const allParameters = (): readonly ParameterData[] => parameters().entries;
/** All SASL mechanisms. */
export const allAuth = (): readonly AuthData[] => auth().entries;
/** All limits, time-outs and ports. */
export const allLimits = (): readonly LimitData[] => limits().entries;
/** Codes that are named somewhere but not explained here, with the reason. */
export const allLeftOut = (): readonly LeftOut[] => leftOut().replies;

/**
 * The entry of a basic reply code.
 * @param code such as 451
 * @returns undefined for a code that no list names (clients then go by its first digit, RFC 5321 §4.3.2)
 */
export function replyEntry(code: number): ReplyData | undefined {
  return repliesByCode().get(String(code));
}

/** Why a code that some list names is not explained, as the end of the label `leftOut.…`; undefined for all others. */
export function leftOutReason(code: number): LeftOut["reason"] | undefined {
  return allLeftOut().find((entry) => entry.code === code)?.reason;
}

/** An enhanced code taken apart (RFC 3463 §2). */
export interface EnhancedParts {
  /** `5.1.1`, without leading zeros. */
  readonly code: string;
  /** `2`, `4` or `5`. */
  readonly class: string;
  /** `0` to `7`; others are not defined. */
  readonly subject: string;
  readonly detail: string;
  /** `X.1.1`, the key of the registry. */
  readonly key: string;
  /** The entry of the registry; undefined where the detail (or subject) is the server's own. */
  readonly entry: EnhancedData | undefined;
}

/**
 * Takes an enhanced code apart, known or not.
 * @param code such as `5.1.1`; surrounding blanks are ignored
 * @returns undefined where the text is no enhanced code (class 2, 4 or 5; subject and detail of 1 to 3 digits, RFC 2034 §4)
 */
export function enhancedEntry(code: string): EnhancedParts | undefined {
  const match = /^\s*([245])\.(\d{1,3})\.(\d{1,3})\s*$/.exec(code);
  if (!match) return undefined;
  const kind = match[1]!;
  const subject = String(Number(match[2]));
  const detail = String(Number(match[3]));
  const key = `X.${subject}.${detail}`;
  return { code: `${kind}.${subject}.${detail}`, class: kind, subject, detail, key, entry: enhancedByCode().get(key) };
}

/**
 * Whether a retry can help with this enhanced code.
 * @returns what the entry says for this class, else what the class says (2: none, 4: later, 5: fix first)
 */
export function enhancedRetry(parts: EnhancedParts): RetryKind {
  const own = parts.entry?.retry?.[parts.class];
  if (own) return own;
  if (parts.class === "2") return "none";
  return parts.class === "4" ? "later" : "fix-first";
}

/** The service extension of an EHLO keyword; undefined where it is not known. `AUTH=LOGIN` (old form) counts as AUTH. */
export function extensionEntry(keyword: string): ExtensionData | undefined {
  const name = keyword.trim().toUpperCase();
  return extensionsByKeyword().get(name.startsWith("AUTH=") ? "AUTH" : name);
}

/** The entry of a command verb; undefined where it is not known. */
export function verbEntry(verb: string): VerbData | undefined {
  return verbsByName().get(verb.trim().toUpperCase());
}

/** The entry of a parameter of MAIL or RCPT, by its name without the value. */
export function parameterEntry(name: string): ParameterData | undefined {
  return parametersByName().get(name.trim().toUpperCase());
}

/** The entry of a SASL mechanism. */
export function authEntry(mechanism: string): AuthData | undefined {
  return authByName().get(mechanism.trim().toUpperCase());
}

/** A limit, time-out or port by its id, such as `command-line` or `t-data-end`. */
export function limit(id: string): LimitData | undefined {
  return limitsById().get(id.toUpperCase());
}

/**
 * Which replies a command may get (RFC 5321 §4.3.2 and the extensions' RFCs).
 * @param command a verb, or CONNECT (greeting), DATA-END (final dot), AUTH-RESPONSE (a line inside AUTH), ANY
 */
export function expectedReplies(command: string): ExpectedReplies | undefined {
  return expectedByCommand().get(command.trim().toUpperCase());
}
