import { directed, isRtl, label, renderText, textsFor } from "../../reference/index.js";
import { codeSpan, isolate } from "../../text/markdown.js";
import type { Locale } from "../types.js";
import type { WordKey } from "../words/en.js";
import { say } from "../words.js";

type Values = Readonly<Record<string, string | number>>;

/** Longest piece of a transcript that a hover repeats. */
const QUOTED = 120;

/**
 * Writes a hover: what matters here first, details below a line. Everything from a transcript goes through `quote`, our own
 * texts through the other methods, so that nothing in a transcript can become markup.
 */
export class HoverText {
  readonly #head: string[] = [];
  readonly #details: string[] = [];
  readonly #markdown: boolean;
  readonly locale: Locale;

  constructor(locale: Locale, markdown: boolean) {
    this.locale = locale;
    this.#markdown = markdown;
  }

  get format(): "markdown" | "plain" {
    return this.#markdown ? "markdown" : "plain";
  }

  /** A piece of the transcript, letter for letter. */
  quote(text: string): string {
    const short = text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text;
    const shown = this.#markdown ? codeSpan(short) : short.replace(/[\u0000-\u001f\u007f-\u009f]/g, " ");
    return isRtl(this.locale) ? isolate(shown) : shown;
  }

  /** One of our texts from the reference, with backticks around codes. */
  ours(text: string): string {
    return renderText(text, this.locale, this.format);
  }

  /** A label of the reference. */
  label(key: string, values?: Values): string {
    return label(textsFor(this.locale), key, values);
  }

  /** A text of the features; values are safe already. */
  say(key: WordKey, values?: Values): string {
    return say(this.locale, key, values);
  }

  bold(text: string): string {
    return this.#markdown && text !== "" ? `**${text}**` : text;
  }

  title(text: string): this {
    return this.paragraph(this.bold(text));
  }

  /** A paragraph of the head; an empty one is left out. */
  paragraph(text: string | undefined): this {
    if (text) this.#head.push(text);
    return this;
  }

  /** Lines that belong together, in one paragraph of the head. */
  lines(lines: readonly (string | undefined)[]): this {
    return this.paragraph(this.#joined(lines));
  }

  detail(text: string | undefined): this {
    if (text) this.#details.push(text);
    return this;
  }

  detailLines(lines: readonly (string | undefined)[]): this {
    return this.detail(this.#joined(lines));
  }

  detailList(title: string, items: readonly string[]): this {
    if (items.length === 0) return this;
    const list = items.map((item) => `- ${item}`).join("\n");
    return this.detail(`${this.bold(title + this.label("join.label"))}\n${this.#markdown ? "\n" : ""}${list}`);
  }

  /** "Label: text" with the label in bold; undefined for an empty text. */
  line(name: string, text: string | undefined): string | undefined {
    return text ? `${this.bold(name + this.label("join.label"))} ${text}` : undefined;
  }

  done(): string {
    const parts = [...this.#head];
    if (this.#details.length > 0) parts.push(this.#markdown ? "---" : "", ...this.#details);
    return parts
      .join("\n\n")
      .split("\n")
      .map((line) => this.#directed(line))
      .join("\n");
  }

  /** A line that runs as its language does; the two blanks of a hard break stay at its end. */
  #directed(line: string): string {
    const end = line.endsWith("  ") ? "  " : "";
    const text = line.slice(0, line.length - end.length);
    // Bold text that ends in a colon only ends before a blank (CommonMark 0.31 §6.2).
    return directed(text.endsWith("**") && isRtl(this.locale) ? `${text} ` : text, this.locale) + end;
  }

  #joined(lines: readonly (string | undefined)[]): string {
    return lines.filter((line) => line).join(this.#markdown ? "  \n" : "\n");
  }
}
