import type { FeatureSettings } from "../features/types.js";
import type { Severity } from "../rules/types.js";
import { localeOf } from "../service.js";

/** The section of the editor's configuration that belongs to us. */
export const section = "smtpTranscripts";

/** What the user set, made whole. */
export interface Settings extends FeatureSettings {
  /** Dialect that every transcript is read in; undefined for detection. */
  readonly dialect: string | undefined;
  /** Whether findings are shown at all. */
  readonly validate: boolean;
}

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
    locale: localeOf(typeof bag.language === "string" && bag.language !== "auto" ? bag.language : editorLocale),
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
