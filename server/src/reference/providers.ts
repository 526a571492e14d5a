/** Recognises the replies of known providers and products by their wording. */
import providersJson from "./data/providers.json" with { type: "json" };
import { lazy, once } from "./lazy.js";
import type { Messages } from "./locales/index.js";
import type { ProviderData, ProviderSigns, ProviderText } from "./types.js";

interface Providers {
  readonly providers: readonly ProviderSigns[];
  /** Text → the enhanced code (`X.1.1`) that says the same: it lends its name. */
  readonly sameAs: Readonly<Record<string, string>>;
  /** What a client says when no server answers, and the enhanced code that Postfix gives it. */
  readonly faults: readonly { readonly marker: string; readonly enhanced: string }[];
  readonly entries: readonly ProviderData[];
}

const providers = lazy<Providers>(providersJson);

/** Longest piece of a reply that is looked at; replies are far shorter, and this bounds the work. */
const MAX_TEXT = 4096;

interface Compiled {
  readonly data: ProviderData;
  readonly marker: RegExp;
}

interface CompiledSigns {
  readonly host: RegExp | undefined;
  readonly text: RegExp | undefined;
}

const pattern = (source: string): RegExp => new RegExp(source, "i");

const markers = once<readonly Compiled[]>(() =>
  providers().entries.map((data) => ({ data, marker: pattern(data.marker) })),
);

const signs = once(
  () =>
    new Map<string, CompiledSigns>(
      providers().providers.map((entry) => [
        entry.name,
        { host: entry.host ? pattern(entry.host) : undefined, text: entry.text ? pattern(entry.text) : undefined },
      ]),
    ),
);

/** All replies of providers that are known by their wording. */
export const allProviders = (): readonly ProviderData[] => providers().entries;

/**
 * The enhanced code for a line that tells of a connection and holds no reply: "Connection refused", "lost connection with
 * …", "Host or domain name not found".
 */
export function faultIn(line: string): string | undefined {
  const sample = line.slice(0, MAX_TEXT);
  return providers().faults.find(({ marker }) => pattern(marker).test(sample))?.enhanced;
}

/** The enhanced code that says the same as a provider's text, such as `X.2.2` for `mailbox-full`. */
export const enhancedOfText = (text: string): string | undefined => providers().sameAs[text];

/** The provider's text that says the same as an enhanced code (`X.2.2`); undefined where there is none. */
export function textOfEnhanced(key: string, messages: Messages): ProviderText | undefined {
  const found = Object.entries(providers().sameAs).find(([, code]) => code === key);
  return found && messages.providers[found[0]];
}

/** What is known of a reply besides its text. */
export interface ReplyContext {
  /** Basic reply code. */
  readonly code?: number | null;
  /** Enhanced code, such as `5.7.1`. */
  readonly enhanced?: string | null;
  /** Host name or greeting of the server, or the relay that a log names. */
  readonly greetingHost?: string | null;
}

/** A reply recognised by its wording. */
export interface ProviderMatch {
  readonly data: ProviderData;
  /** Who said it; undefined where the words are common and nothing else points to one provider. */
  readonly provider: string | undefined;
}

/** Whether an enhanced code is one of the listed ones or within a listed range (`5.7.606-5.7.649`). */
export function enhancedListed(code: string, listed: readonly string[]): boolean {
  return listed.some((entry) => {
    const [from, to] = entry.split("-");
    if (!to) return entry === code;
    const parts = code.split(".");
    const low = from!.split(".");
    const high = to.split(".");
    if (parts[0] !== low[0] || parts[1] !== low[1]) return false;
    return Number(parts[2]) >= Number(low[2]) && Number(parts[2]) <= Number(high[2]);
  });
}

/** Evidence for this provider (true), for another one (false), or none (undefined). */
function evidence(name: string, text: string, host: string): boolean | undefined {
  const own = signs().get(name);
  if (own?.text?.test(text) || (host !== "" && own?.host?.test(host))) return true;
  if (!own?.host) return undefined;
  if (host === "") return undefined;
  for (const [other, sign] of signs()) if (other !== name && sign.host?.test(host)) return false;
  return undefined;
}

/** How well an entry fits; undefined where the code says the opposite of what the entry is about. */
function score(data: ProviderData, context: ReplyContext, seen: boolean | undefined): number | undefined {
  let points = data.generic ? 0 : 3;
  const code = context.code ?? null;
  if (code !== null && data.reply.length > 0) {
    const first = Math.floor(code / 100);
    if (!data.reply.some((reply) => Math.floor(reply / 100) === first)) return undefined;
    points += data.reply.includes(code) ? 2 : -1;
  }
  if (context.enhanced && data.enhanced.length > 0) {
    points += enhancedListed(context.enhanced, data.enhanced) ? 3 : -1;
  }
  if (seen === true) points += 4;
  if (seen === false) points -= 2;
  return points;
}

/**
 * Finds what a provider means by its reply.
 * @param text text of the reply, without or with its codes
 * @param context what else is known; the more, the surer
 * @returns the entry that fits best; undefined where none fits. Words that several servers use name a provider only where
 *   the host, the greeting or an address in the text points to it.
 */
export function matchProvider(text: string, context: ReplyContext = {}): ProviderMatch | undefined {
  const sample = text.length > MAX_TEXT ? text.slice(0, MAX_TEXT) : text;
  const host = context.greetingHost ?? "";
  let best: ProviderMatch | undefined;
  let bestPoints = Number.NEGATIVE_INFINITY;
  for (const { data, marker } of markers()) {
    if (!marker.test(sample)) continue;
    const seen = evidence(data.provider, sample, host);
    if (data.specific && seen !== true) continue;
    const points = score(data, context, seen);
    if (points === undefined || points <= bestPoints) continue;
    bestPoints = points;
    const named = seen === true || (seen === undefined && !data.generic);
    best = { data, provider: named ? data.provider : undefined };
  }
  return best;
}
