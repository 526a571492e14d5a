/** An explanation as markdown (hover, page) or as plain text (command line). */
import type { Explanation } from "./explain.js";
import { isRtl, type Locale, label, textsFor } from "./locales/index.js";
import { allProviders } from "./providers.js";
import { directed, type Format, renderText, shown } from "./render.js";

const RLM = "\u200f";

/** Writes sections one after the other. */
class Writer {
  readonly lines: string[] = [];
  constructor(
    private readonly explanation: Pick<Explanation, "locale">,
    private readonly format: Format,
  ) {}

  text(text: string): string {
    return renderText(text, this.explanation.locale, this.format);
  }

  code(code: string): string {
    return shown(code, this.explanation.locale, this.format);
  }

  /** Items of a list in one line. */
  join(items: readonly string[]): string {
    return items.join(this.label("join.list"));
  }

  /** Sentences in one line; the first ones have no full stop yet. */
  sentences(...texts: readonly string[]): string {
    return texts.filter((text) => text !== "").join(this.label("join.sentence"));
  }

  /** A label with the colon behind it. */
  heading(key: string): string {
    return this.label(key) + this.label("join.label");
  }

  label(key: string, values?: Record<string, string | number>): string {
    return label(textsFor(this.explanation.locale), key, values);
  }

  title(title: string): void {
    this.lines.push(this.format === "markdown" ? `## ${title}` : title, "");
  }

  paragraph(text: string): void {
    this.lines.push(text, "");
  }

  /** `**Label:** text` on a line of its own. */
  line(key: string, text: string): void {
    const name = this.heading(key);
    this.lines.push(this.format === "markdown" ? `**${name}** ${text}` : `${name} ${text}`, "");
  }

  list(key: string, items: readonly string[]): void {
    if (items.length === 0) return;
    this.lines.push(this.format === "markdown" ? `**${this.label(key)}**` : this.heading(key));
    if (this.format === "markdown") this.lines.push("");
    for (const item of items) this.lines.push(this.format === "markdown" ? `- ${item}` : `  - ${item}`);
    this.lines.push("");
  }

  /** All lines; plain text in a right-to-left language gets a mark so that a terminal starts each line on the right. */
  done(): string {
    const { locale } = this.explanation;
    const plainRtl = isRtl(locale) && this.format === "plain";
    return `${this.lines
      .map((line) =>
        this.format === "markdown" ? directed(line, locale) : plainRtl && line !== "" ? RLM + line : line,
      )
      .join("\n")
      .trim()}\n`;
  }
}

/** The codes as one name: `550 5.1.1`. */
export function codesOf(explanation: Explanation): string {
  return [explanation.code, explanation.enhanced?.code].filter((part) => part !== null && part !== undefined).join(" ");
}

/**
 * A time in words.
 * @param seconds more than 0
 * @param locale language; `Intl` knows the plurals
 */
export function duration(seconds: number, locale: string): string {
  const parts: string[] = [];
  let rest = seconds;
  for (const [unit, size] of [
    ["day", 86_400],
    ["hour", 3600],
    ["minute", 60],
    ["second", 1],
  ] as const) {
    const count = Math.floor(rest / size);
    if (count === 0) continue;
    rest -= count * size;
    parts.push(new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(count));
  }
  return new Intl.ListFormat(locale, { style: "long", type: "unit" }).format(parts);
}

function writeEnhanced(out: Writer, explanation: Explanation): void {
  const enhanced = explanation.enhanced;
  if (!enhanced || explanation.code === null) return;
  const kind = `${out.code(enhanced.code)} (${out.join([enhanced.class, enhanced.subject])})`;
  // Providers use many codes for something else than the registry says: where the wording is known, it goes before.
  const silent = explanation.provider !== undefined;
  const name = enhanced.name && !silent && enhanced.name !== explanation.name ? out.text(enhanced.name) : "";
  const meaning = silent || enhanced.meaning === explanation.cause ? "" : out.text(enhanced.meaning);
  out.line("label.enhanced", out.sentences(kind, name, meaning));
}

/** What a person under pressure needs: what happened, who must act, whether a retry helps, what to do. */
function writeHead(out: Writer, explanation: Explanation): void {
  const { provider, exact, cause, meaning, retry } = explanation;
  out.title(`${out.code(codesOf(explanation))} ${out.text(explanation.name)}`);
  const said = provider?.name ? ` (${out.label("text.saidBy", { provider: provider.name })})` : "";
  out.paragraph(`${out.text(exact && cause ? cause : meaning)}${said}`);
  for (const note of explanation.notes) out.paragraph(out.text(note));
  const actors = explanation.actors.map((actor) => out.label(`actor.${actor}`));
  if (actors.length > 0) out.line("label.actors", out.join(actors));
  else if (retry.kind === "none") out.line("label.actors", out.label("text.nobody"));
  const wait = explanation.wait
    ? ` ${out.label("text.waitAsked", { time: duration(explanation.wait, explanation.locale) })}`
    : "";
  out.line("label.retry", `${out.text(retry.text)}${wait}`);
  if (exact && explanation.fix) out.line("label.fix", out.text(explanation.fix));
  const stage = explanation.stage;
  if (stage && explanation.here && !provider && explanation.here !== cause) {
    out.line("label.here", out.sentences(out.label(`stage.${stage}`), out.text(explanation.here)));
  }
  writeEnhanced(out, explanation);
  if (explanation.enhanced?.note && !provider) out.line("label.note", out.text(explanation.enhanced.note));
}

/**
 * An explanation as a document.
 * @param explanation from `explainCode`
 * @param format markdown for hovers and pages, plain text for a terminal
 * @param full false for the head only: meaning, here, enhanced code, retry, who must act
 */
export function explanationDocument(explanation: Explanation, format: Format, full = true): string {
  const out = new Writer(explanation, format);
  writeHead(out, explanation);
  if (!full) return out.done();
  if (!explanation.exact) {
    out.list(
      "label.causes",
      explanation.causes.map((text) => out.text(text)),
    );
  }
  out.list(
    "label.sender",
    explanation.sender.filter((text) => !explanation.exact || text !== explanation.fix).map((text) => out.text(text)),
  );
  out.list(
    "label.server",
    explanation.server.map((text) => out.text(text)),
  );
  out.list(
    "label.not",
    explanation.not.map((text) => out.text(text)),
  );
  out.list(
    "label.near",
    explanation.near.map((near) => {
      const difference = out.text(near.difference);
      if (near.difference.startsWith(`\`${near.code}\``)) return difference;
      return `${out.code(near.code)}${out.label("join.label")} ${difference}`;
    }),
  );
  if (explanation.status) out.line("label.status", out.label(`status.${explanation.status}`));
  if (explanation.sources.length > 0) {
    out.line("label.sources", out.join(explanation.sources.map((source) => out.code(source))));
  }
  return out.done();
}

/** The explanation as markdown. */
export const explanationMarkdown = (explanation: Explanation): string => explanationDocument(explanation, "markdown");

/** The explanation as plain text, for the command line. */
export const explanationText = (explanation: Explanation): string => explanationDocument(explanation, "plain");

/**
 * What a known wording means, as a document: for look-ups by words, where no reply is at hand.
 * @param text key of a provider's text
 */
export function wordingDocument(text: string, locale: Locale, format: Format): string {
  const out = new Writer({ locale }, format);
  const words = textsFor(locale).providers[text];
  if (!words) return "";
  const entries = allProviders().filter((entry) => entry.text === text);
  const actors = entries[0]?.actors ?? [];
  const codes = new Set(entries.flatMap((entry) => entry.reply).sort((one, other) => one - other));
  const kinds = new Set(entries.map((entry) => entry.retry));
  const [kind] = kinds;
  out.paragraph(out.text(words.meaning));
  out.line("label.actors", out.join(actors.map((actor) => out.label(`actor.${actor}`))));
  if (kinds.size === 1 && kind) out.line("label.retry", out.label(`retry.${kind}`));
  out.line("label.fix", out.text(words.fix));
  if (words.not) out.line("label.not", out.text(words.not));
  if (codes.size > 0) out.line("label.basicSeen", out.join([...codes].map((code) => out.code(String(code)))));
  return out.done();
}
