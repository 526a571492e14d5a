/** Finds codes by number, by words, or from a pasted line. */
import { once } from "./lazy.js";
import { type Locale, type Messages, textsFor } from "./locales/index.js";
import { enhancedEntry, replyEntry } from "./lookup.js";
import { type CodesInText, readCodes } from "./parse.js";
import { allProviders, faultIn, matchProvider, type ProviderMatch } from "./providers.js";
import type { Status } from "./types.js";

/** What a hit is. */
export type HitKind = "reply" | "enhanced" | "provider" | "extension" | "verb" | "parameter" | "auth";

/** One thing found. Texts are ours, with backticks. */
export interface Hit {
  readonly kind: HitKind;
  /** `451`, `5.1.1` (or `X.1.1` where no class was named), an id or a keyword. */
  readonly id: string;
  readonly name: string;
  readonly meaning: string;
  readonly score: number;
}

/** What a search gives. */
export interface Findings {
  /** Codes that the text holds, where it is a number or a pasted line. */
  readonly codes: CodesInText;
  readonly provider: ProviderMatch | undefined;
  /** Best first. */
  readonly hits: readonly Hit[];
}

interface Document {
  readonly kind: HitKind;
  readonly id: string;
  readonly name: string;
  readonly meaning: string;
  /** Normalised texts with their weight. */
  readonly fields: readonly (readonly [weight: number, text: string])[];
  /** How much its score counts, from 0 to 1: codes of the standard go before folklore. */
  readonly rank: number;
}

/** Rank of a reply code by what kind of code it is. */
const RANK: Readonly<Record<Status, number>> = {
  standard: 1,
  extension: 1,
  experimental: 0.6,
  registry: 0.6,
  vendor: 0.5,
  obsolete: 0.3,
  folklore: 0.3,
};

/** Lower case, no accents and Arabic vowel signs, one form of alef and yeh, only letters and digits. */
function normalise(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\u0300-\u036f\u0640\u064b-\u065f\u0670\u2066-\u2069]/g, "")
    .replace(/[أإآٱ]/g, "ا")
    .replace(/ى/g, "ي")
    .replace(/ة/g, "ه")
    .replace(/[^\p{L}\p{N}.]+/gu, " ")
    .trim();
}

function itemDocuments(kind: HitKind, table: Messages["verbs"]): Document[] {
  return Object.entries(table).map(([id, text]) => ({
    kind,
    id,
    name: text.name,
    meaning: text.meaning,
    fields: [
      [6, normalise(id)],
      [4, normalise([text.name, ...(text.words ?? [])].join(" "))],
      [1, normalise([text.meaning, text.fix ?? ""].join(" "))],
    ],
    rank: 1,
  }));
}

function replyDocuments(messages: Messages): Document[] {
  return Object.entries(messages.replies).map(([id, text]) => ({
    kind: "reply",
    id,
    name: text.name,
    meaning: text.meaning,
    fields: [
      [6, id],
      [5, normalise((text.words ?? []).join(" "))],
      [4, normalise(text.name)],
      [1, normalise([text.meaning, ...(text.causes ?? []), ...Object.values(text.when ?? {})].join(" "))],
    ],
    rank: RANK[replyEntry(Number(id))?.status ?? "folklore"],
  }));
}

/** Who uses these words, for a person: `Common wording` is nobody. */
function speakers(text: string): string[] {
  const names = new Set(allProviders().flatMap((entry) => (entry.text === text ? [entry.provider] : [])));
  names.delete("Common wording");
  return [...names];
}

/** Texts about a provider's own list of codes name everything: words must not lead to them, the provider's name does. */
const LIST_OF_CODES = /-code$/;

function providerDocuments(messages: Messages): Document[] {
  return Object.entries(messages.providers).map(([id, text]) => {
    const names = speakers(id).join(", ");
    const list = LIST_OF_CODES.test(id);
    return {
      kind: "provider",
      id,
      name: names,
      meaning: text.meaning,
      fields: [
        [2, normalise(names)],
        [6, normalise((text.words ?? []).join(" "))],
        [2, normalise([id, list ? "" : text.meaning].join(" "))],
        [1, list ? "" : normalise(text.fix)],
      ],
      rank: 1,
    };
  });
}

function documentsOf(locale: Locale): Document[] {
  const messages = textsFor(locale);
  return [
    ...replyDocuments(messages),
    ...itemDocuments("enhanced", messages.enhanced),
    ...providerDocuments(messages),
    ...itemDocuments("extension", messages.extensions),
    ...itemDocuments("verb", messages.verbs),
    ...itemDocuments("parameter", messages.parameters),
    ...itemDocuments("auth", messages.auth),
  ];
}

const indexes = new Map<Locale, () => readonly Document[]>();

function documents(locale: Locale): readonly Document[] {
  let index = indexes.get(locale);
  if (!index) {
    index = once(() => documentsOf(locale));
    indexes.set(locale, index);
  }
  return index();
}

/** Words that say nothing in a search. */
const EMPTY = new Set(["the", "a", "an", "is", "of", "to", "for", "and", "or", "not", "in", "smtp", "error", "code"]);

function scoreOf(document: Document, phrase: string, tokens: readonly string[]): number {
  let score = 0;
  let found = 0;
  for (const [weight, text] of document.fields) if (text.includes(phrase)) score += weight * 3;
  for (const token of tokens) {
    let best = 0;
    for (const [weight, text] of document.fields) {
      const at = text.indexOf(token);
      if (at < 0) continue;
      const whole = at === 0 || text[at - 1] === " ";
      best = Math.max(best, whole ? weight : weight / 3);
    }
    if (best > 0) found++;
    score += best;
  }
  return document.rank * (tokens.length > 0 ? score * (found / tokens.length) : score);
}

function search(query: string, locale: Locale): Hit[] {
  const phrase = normalise(query.slice(0, 400));
  if (phrase === "") return [];
  const tokens = phrase.split(" ").filter((token) => !EMPTY.has(token));
  const hits = new Map<string, Hit>();
  for (const language of locale === "en" ? (["en"] as const) : ([locale, "en"] as const)) {
    for (const document of documents(language)) {
      const score = scoreOf(document, phrase, tokens);
      if (score < 1) continue;
      const key = `${document.kind} ${document.id}`;
      const known = hits.get(key);
      if (known && known.score >= score) continue;
      const { kind, id, name, meaning } = known ?? document;
      hits.set(key, { kind, id, name, meaning, score });
    }
  }
  return [...hits.values()];
}

function exactHits(codes: CodesInText, provider: ProviderMatch | undefined, locale: Locale): Hit[] {
  const messages = textsFor(locale);
  const hits: Hit[] = [];
  const reply = codes.code === null ? undefined : messages.replies[String(codes.code)];
  if (reply && replyEntry(codes.code!)) {
    hits.push({ kind: "reply", id: String(codes.code), name: reply.name, meaning: reply.meaning, score: 1000 });
  }
  const parts = codes.enhanced ? enhancedEntry(codes.enhanced) : undefined;
  const text = parts?.entry ? messages.enhanced[parts.key] : undefined;
  if (parts && text)
    hits.push({ kind: "enhanced", id: parts.code, name: text.name, meaning: text.meaning, score: 999 });
  const wording = provider ? messages.providers[provider.data.text] : undefined;
  if (provider && wording) {
    const name = provider.provider ?? "";
    hits.push({ kind: "provider", id: provider.data.text, name, meaning: wording.meaning, score: 998 });
  }
  return hits;
}

/** The codes that a query holds; for a line about a connection that failed, the enhanced code of that. */
export function codesIn(query: string): CodesInText {
  const codes = readCodes(query);
  return codes.code === null && codes.enhanced === null ? { code: null, enhanced: faultIn(query) ?? null } : codes;
}

/**
 * Finds codes and everything else of the reference.
 * @param query a number (`451`, `5.7.1`), words in English or in the language (`mailbox full`, `greylist`), or a pasted line
 * @param locale language of the texts in the answer
 * @param limit most hits
 */
export function findCodes(query: string, locale: Locale = "en", limit = 20): Findings {
  const codes = codesIn(query);
  const hasCode = codes.code !== null || codes.enhanced !== null;
  const provider = matchProvider(query, { code: codes.code, enhanced: codes.enhanced });
  const exact = hasCode || provider ? exactHits(codes, provider, locale) : [];
  const seen = new Set(exact.map((hit) => `${hit.kind} ${hit.id}`));
  const found = search(query, locale)
    .filter((hit) => !seen.has(`${hit.kind} ${hit.id}`))
    .sort((one, other) => other.score - one.score || one.id.localeCompare(other.id));
  // The wording of a provider is surer than single words, but a searched word such as "greylist" still means the code first.
  const ranked = hasCode ? [...exact, ...found] : [...found, ...exact].sort((one, other) => other.score - one.score);
  return { codes, provider, hits: ranked.slice(0, limit) };
}
