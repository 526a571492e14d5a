import type { FeatureSettings, Locale } from "../features/types.js";
import type { Severity } from "../rules/types.js";

/** The section of the editor's configuration that belongs to us. */
export const section = "smtpTranscripts";

/** What the user set, made whole. */
export interface Settings extends FeatureSettings {
  /** Dialect that every transcript is read in; undefined for detection. */
  readonly dialect: string | undefined;
  /** Whether findings are shown at all. */
  readonly validate: boolean;
}

const LOCALES: readonly Locale[] = ["en", "ar", "de", "es", "fr", "pt-br", "ja", "zh-cn"];
const SEVERITIES: ReadonlySet<string> = new Set(["error", "warning", "information", "hint", "off"]);

type Bag = Readonly<Record<string, unknown>>;

/**
 * Makes settings from what `workspace/configuration` gave. Whatever is missing or of the wrong kind has its default, so
 * that a typing mistake in a settings file switches nothing else off.
 * @param editorLocale language of the editor, for `smtpTranscripts.language: "auto"`.
 */
export function readSettings(value: unknown, editorLocale: string | undefined): Settings {
  const bag = asBag(value);
  const hints = asBag(bag.inlayHints);
  return {
    locale: localeOf(typeof bag.language === "string" ? bag.language : "auto", editorLocale),
    profile: oneOf(bag.profile, ["relaxed", "standard", "strict"] as const, "standard"),
    messageProfile: oneOf(bag.messageProfile, ["received", "outbound", "bulk"] as const, "received"),
    rules: readRules(bag.rules),
    aside: [],
    dialect: typeof bag.dialect === "string" && bag.dialect !== "auto" && bag.dialect !== "" ? bag.dialect : undefined,
    validate: flag(bag.validate, true),
    inlayHints: {
      replyMeaning: flag(hints.replyMeaning, false),
      pipelining: flag(hints.pipelining, false),
      timeGaps: flag(hints.timeGaps, false),
      timeGapThreshold: typeof hints.timeGapThreshold === "number" ? Math.max(0, hints.timeGapThreshold) : 5000,
      authUser: flag(hints.authUser, false),
      received: flag(hints.received, false),
    },
    codeLens: flag(asBag(bag.codeLens).enabled ?? bag.codeLens, true),
  };
}

/** The language for texts: a setting of ours or the editor's locale, by its full name or its language; else English. */
export function localeOf(setting: string, editorLocale: string | undefined): Locale {
  const wanted = (setting === "auto" ? (editorLocale ?? "en") : setting)
    .toLowerCase()
    .replace("_", "-")
    .split(".")[0] as string;
  const exact = LOCALES.find((locale) => locale === wanted);
  if (exact) return exact;
  const language = wanted.split("-")[0] as string;
  if (language === "zh") return /(?:tw|hk|hant)/.test(wanted) ? "en" : "zh-cn";
  return LOCALES.find((locale) => locale.split("-")[0] === language) ?? "en";
}

function readRules(value: unknown): Readonly<Record<string, Severity | "off">> {
  const entries = Object.entries(asBag(value)).filter(([, severity]) => SEVERITIES.has(String(severity)));
  return Object.fromEntries(entries) as Record<string, Severity | "off">;
}

function asBag(value: unknown): Bag {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Bag) : {};
}

function flag(value: unknown, otherwise: boolean): boolean {
  return typeof value === "boolean" ? value : otherwise;
}

function oneOf<T extends string>(value: unknown, allowed: readonly T[], otherwise: T): T {
  return allowed.includes(value as T) ? (value as T) : otherwise;
}
