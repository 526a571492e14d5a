/**
 * A tokenizer for HTML that is only good for one thing: making mail safe to show. What it does not understand becomes
 * text. It never throws and is linear.
 */

export type HtmlToken =
  | { readonly kind: "text"; readonly text: string }
  | {
      readonly kind: "open";
      readonly name: string;
      readonly attributes: readonly (readonly [string, string])[];
      readonly selfClosing: boolean;
    }
  | { readonly kind: "close"; readonly name: string };

/** Elements whose content is no markup: it ends at their own closing tag only. */
const RAW: ReadonlySet<string> = new Set([
  "script",
  "style",
  "textarea",
  "title",
  "xmp",
  "iframe",
  "noembed",
  "noframes",
  "noscript",
  "plaintext",
]);

/** Splits HTML into text and tags. Comments, doctypes and processing instructions are dropped. */
export function tokenizeHtml(html: string): HtmlToken[] {
  const tokens: HtmlToken[] = [];
  let at = 0;
  const push = (text: string): void => {
    if (text !== "") tokens.push({ kind: "text", text });
  };
  while (at < html.length) {
    const open = html.indexOf("<", at);
    if (open < 0) {
      push(html.slice(at));
      break;
    }
    push(html.slice(at, open));
    const next = html.charCodeAt(open + 1);
    if (html.startsWith("<!--", open)) at = after(html, "-->", open + 4);
    else if (next === 33 || next === 63) at = after(html, ">", open + 2);
    else if (next === 47) at = closeTag(html, open, tokens);
    else if (isLetter(next)) at = openTag(html, open, tokens);
    else {
      push("<");
      at = open + 1;
    }
  }
  return tokens;
}

function after(html: string, what: string, from: number): number {
  const at = html.indexOf(what, from);
  return at < 0 ? html.length : at + what.length;
}

function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

function closeTag(html: string, open: number, tokens: HtmlToken[]): number {
  const end = after(html, ">", open + 2);
  const name = /^[A-Za-z][A-Za-z0-9:-]{0,40}/.exec(html.slice(open + 2, open + 44))?.[0]?.toLowerCase();
  if (name !== undefined) tokens.push({ kind: "close", name });
  return end;
}

function openTag(html: string, open: number, tokens: HtmlToken[]): number {
  const scanner = new TagScanner(html, open + 1);
  const name = scanner.name();
  const attributes = scanner.attributes();
  tokens.push({ kind: "open", name, attributes, selfClosing: scanner.selfClosing });
  if (!RAW.has(name)) return scanner.at;
  return rawContent(html, name, scanner.at, tokens);
}

/** Content of a raw element up to its closing tag; without one, up to the end. */
function rawContent(html: string, name: string, from: number, tokens: HtmlToken[]): number {
  let at = from;
  while (at < html.length) {
    const close = html.indexOf("</", at);
    if (close < 0) break;
    const found = html.slice(close + 2, close + 2 + name.length).toLowerCase();
    if (found === name && !/[A-Za-z0-9-]/.test(html[close + 2 + name.length] ?? " ")) {
      tokens.push({ kind: "text", text: html.slice(from, close) });
      return close;
    }
    at = close + 2;
  }
  tokens.push({ kind: "text", text: html.slice(from) });
  return html.length;
}

class TagScanner {
  at: number;
  selfClosing = false;
  readonly #html: string;

  constructor(html: string, at: number) {
    this.#html = html;
    this.at = at;
  }

  name(): string {
    const from = this.at;
    while (this.at < this.#html.length && !/[\s/>]/.test(this.#html[this.at] as string)) this.at++;
    return this.#html.slice(from, this.at).toLowerCase();
  }

  attributes(): [string, string][] {
    const out: [string, string][] = [];
    while (this.at < this.#html.length) {
      const c = this.#html[this.at] as string;
      if (c === ">") {
        this.at++;
        return out;
      }
      if (c === "/" || /\s/.test(c)) {
        this.selfClosing = c === "/" && this.#html[this.at + 1] === ">";
        this.at++;
      } else out.push(this.#attribute());
    }
    return out;
  }

  #attribute(): [string, string] {
    const from = this.at++;
    while (this.at < this.#html.length && !/[\s/>=]/.test(this.#html[this.at] as string)) this.at++;
    const name = this.#html.slice(from, this.at).toLowerCase();
    this.#blanks();
    if (this.#html[this.at] !== "=") return [name, ""];
    this.at++;
    this.#blanks();
    return [name, this.#value()];
  }

  #value(): string {
    const quote = this.#html[this.at];
    if (quote === '"' || quote === "'") {
      const end = this.#html.indexOf(quote, this.at + 1);
      const value = this.#html.slice(this.at + 1, end < 0 ? this.#html.length : end);
      this.at = end < 0 ? this.#html.length : end + 1;
      return value;
    }
    const from = this.at;
    while (this.at < this.#html.length && !/[\s>]/.test(this.#html[this.at] as string)) this.at++;
    return this.#html.slice(from, this.at);
  }

  #blanks(): void {
    while (this.at < this.#html.length && /\s/.test(this.#html[this.at] as string)) this.at++;
  }
}

/** Named references that can hide a scheme, and the common ones; all others are left as they stand. */
const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  colon: ":",
  tab: "\t",
  newline: "\n",
  nbsp: "\u00a0",
  lpar: "(",
  rpar: ")",
  sol: "/",
  period: ".",
  comma: ",",
  excl: "!",
  num: "#",
  commat: "@",
};

/** Character references of a text resolved, as far as they matter for judging an address. */
export function decodeEntities(text: string): string {
  return text.replace(/&(?:#([0-9]{1,7})|#[xX]([0-9A-Fa-f]{1,6})|([A-Za-z]{2,8}));?/g, (whole, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[String(name).toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "\uFFFD";
  });
}

/** Text made safe for HTML content and quoted attribute values. */
export function escapeHtml(text: string): string {
  return text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;")
    .replace(/'/g, "&#39;");
}
