import type { Aside } from "./fingerprint.js";
import type { MailProfile, Profile, RuleInfo, Severity } from "./types.js";

/** What decides which findings are shown, and how severe. */
export interface RuleSettings {
  readonly profile: Profile;
  /** Severity by rule id; it holds for every finding of that rule. */
  readonly rules: Readonly<Record<string, Severity | "off">>;
  /** Findings put aside one by one. */
  readonly aside: readonly Aside[];
  /** What messages are to their reader; "received" where nothing is said. */
  readonly messageProfile?: MailProfile | undefined;
}

/** The settings of a user who set nothing. */
export const STANDARD: RuleSettings = { profile: "standard", rules: {}, aside: [] };

const RAISED: Readonly<Record<Severity, Severity>> = {
  error: "error",
  warning: "warning",
  information: "warning",
  hint: "information",
};

/**
 * Severity of a finding: the user's word for its rule; else the finding's own (by its outcome), else the rule's, seen
 * through the profile. "relaxed" keeps errors and warnings; "strict" also runs the rules that are off by default, as
 * hints, and raises what breaks a MUST by one level.
 * @param own severity that the rule gave this finding; undefined asks for the rule as a whole, where "off" means: never speaks.
 */
export function effectiveSeverity(
  rule: Pick<RuleInfo, "id" | "severity" | "level">,
  own: Severity | undefined,
  settings: RuleSettings,
): Severity | "off" {
  const chosen = Object.hasOwn(settings.rules, rule.id) ? settings.rules[rule.id] : undefined;
  if (chosen !== undefined) return chosen;
  const usual = rule.severity === "off" ? "off" : (own ?? rule.severity);
  if (usual === "off") return settings.profile === "strict" ? (own ?? "hint") : "off";
  if (settings.profile === "strict") return rule.level === "MUST" ? RAISED[usual] : usual;
  // Asked for the rule as a whole: one of its findings may be more severe than the rule usually is.
  if (settings.profile === "relaxed" && own !== undefined) return isMild(own) ? "off" : own;
  return usual;
}

function isMild(severity: Severity): boolean {
  return severity === "information" || severity === "hint";
}

/** The content of a `.smtptranscripts.json` file, as far as it could be read. */
export interface ConfigFile {
  readonly profile?: Profile;
  readonly messageProfile?: MailProfile;
  readonly dialect?: string;
  readonly rules: Readonly<Record<string, Severity | "off">>;
  readonly aside: readonly Aside[];
}

/** Something in a configuration file that was left out, with its place as a path such as "rules.no-ehlo". */
export interface ConfigProblem {
  readonly path: string;
  readonly message: string;
}

const PROFILES: ReadonlySet<unknown> = new Set(["relaxed", "standard", "strict"]);
const MAIL: ReadonlySet<unknown> = new Set(["received", "outbound", "bulk"]);
const LEVELS: ReadonlySet<unknown> = new Set(["error", "warning", "information", "hint", "off"]);

/**
 * Reads the text of a `.smtptranscripts.json` file. What is wrong is left out and told; the rest holds. Never throws.
 * @param isRule tells whether a rule id is in use
 */
export function parseConfig(
  text: string,
  isRule: (id: string) => boolean,
): { readonly config: ConfigFile; readonly problems: readonly ConfigProblem[] } {
  const problems: ConfigProblem[] = [];
  const data = readObject(text, problems);
  const config: ConfigFile = {
    ...(PROFILES.has(data.profile) ? { profile: data.profile as Profile } : {}),
    ...(MAIL.has(data.messageProfile) ? { messageProfile: data.messageProfile as MailProfile } : {}),
    ...(typeof data.dialect === "string" ? { dialect: data.dialect } : {}),
    rules: readRules(data.rules, isRule, problems),
    aside: readAside(data.aside, problems),
  };
  if (data.profile !== undefined && !PROFILES.has(data.profile)) {
    problems.push({ path: "profile", message: "Use relaxed, standard or strict." });
  }
  if (data.messageProfile !== undefined && !MAIL.has(data.messageProfile)) {
    problems.push({ path: "messageProfile", message: "Use received, outbound or bulk." });
  }
  return { config, problems };
}

function readObject(text: string, problems: ConfigProblem[]): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text.replace(/^\ufeff/, ""));
    if (isRecord(value)) return value;
    problems.push({ path: "", message: "The file must hold a JSON object." });
  } catch (error) {
    problems.push({ path: "", message: `This is no JSON: ${error instanceof Error ? error.message : "unreadable"}` });
  }
  return {};
}

function readRules(value: unknown, isRule: (id: string) => boolean, problems: ConfigProblem[]): ConfigFile["rules"] {
  const rules: Record<string, Severity | "off"> = {};
  if (value === undefined) return rules;
  if (!isRecord(value)) {
    problems.push({ path: "rules", message: "Use an object of rule ids and severities." });
    return rules;
  }
  for (const [id, level] of Object.entries(value)) {
    if (!LEVELS.has(level)) {
      problems.push({ path: `rules.${id}`, message: "Use error, warning, information, hint or off." });
    } else {
      if (!isRule(id)) problems.push({ path: `rules.${id}`, message: "There is no rule of this name." });
      rules[id] = level as Severity | "off";
    }
  }
  return rules;
}

function readAside(value: unknown, problems: ConfigProblem[]): Aside[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    problems.push({ path: "aside", message: "Use a list of { rule, fingerprint }." });
    return [];
  }
  const list: Aside[] = [];
  value.forEach((entry: unknown, at) => {
    if (isRecord(entry) && typeof entry.rule === "string" && typeof entry.fingerprint === "string") {
      list.push({ rule: entry.rule, fingerprint: entry.fingerprint });
    } else {
      problems.push({ path: `aside.${at}`, message: "Each entry needs a rule and a fingerprint." });
    }
  });
  return list;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Lays a configuration file over settings: its profile and severities win, its findings put aside are added. */
export function withConfig(settings: RuleSettings, file: ConfigFile): RuleSettings {
  return {
    profile: file.profile ?? settings.profile,
    messageProfile: file.messageProfile ?? settings.messageProfile,
    rules: { ...settings.rules, ...file.rules },
    aside: [...settings.aside, ...file.aside],
  };
}

/**
 * The text of a configuration file with one rule set to a severity; `text` is the file as it is, "" for a new one. A file
 * that is no JSON object gives undefined: it is not overwritten.
 */
export function withRuleSeverity(text: string, rule: string, severity: Severity | "off"): string | undefined {
  return changed(text, (data) => {
    data.rules = { ...(isRecord(data.rules) ? data.rules : {}), [rule]: severity };
  });
}

/** The text of a configuration file with one finding put aside; as `withRuleSeverity`. */
export function withAside(text: string, aside: Aside): string | undefined {
  return changed(text, (data) => {
    const list: unknown[] = Array.isArray(data.aside) ? data.aside : [];
    const known = list.some(
      (entry) => isRecord(entry) && entry.rule === aside.rule && entry.fingerprint === aside.fingerprint,
    );
    data.aside = known ? list : [...list, { rule: aside.rule, fingerprint: aside.fingerprint }];
  });
}

function changed(text: string, change: (data: Record<string, unknown>) => void): string | undefined {
  const problems: ConfigProblem[] = [];
  const data = text.trim() === "" ? {} : { ...readObject(text, problems) };
  if (problems.length > 0) return undefined;
  change(data);
  return `${JSON.stringify(data, null, 2)}\n`;
}
