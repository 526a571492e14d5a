import type { Token, Unbalanced } from "./address-syntax.js";
import { phraseText, tokenizeAddresses, unescaped, validDomain, validLocal } from "./address-syntax.js";
import type { Range, Unfolded } from "./unfolded.js";
import { decodeWords } from "./words.js";

/** What can be wrong with an address or a list of them (RFC 5322 §3.4, RFC 7103 §7.1). */
export type AddressProblemKind =
  | "invalid"
  | "no-domain"
  | "null-address"
  | "unbalanced"
  | "missing-brackets"
  | "unquoted-specials"
  | "empty-element"
  | "semicolon-separator"
  | "obsolete-route";

export interface AddressProblem {
  readonly kind: AddressProblemKind;
  readonly range: Range;
}

/** One address with its display name. Ranges are columns of the unfolded value. */
export interface Mailbox {
  readonly kind: "mailbox";
  /** Display name, quotes removed and encoded words decoded; "" where there is none. */
  readonly name: string;
  readonly nameRange: Range | undefined;
  /** `local@domain`, as written without white space and comments; "" for `<>`. */
  readonly address: string;
  readonly addressRange: Range;
  readonly local: string;
  /** Domain as written; "" where there is none. */
  readonly domain: string;
  /** The whole element. */
  readonly range: Range;
  /** True where the address stands between angle brackets. */
  readonly angle: boolean;
  /** Range of the old source route inside the brackets (RFC 5322 §4.4). */
  readonly route: Range | undefined;
}

/** `name: members;` (RFC 5322 §3.4). */
export interface Group {
  readonly kind: "group";
  readonly name: string;
  readonly nameRange: Range;
  readonly members: readonly Mailbox[];
  readonly range: Range;
}

export interface AddressList {
  readonly items: readonly (Mailbox | Group)[];
  /** All mailboxes, those of groups included. */
  readonly mailboxes: readonly Mailbox[];
  readonly problems: readonly AddressProblem[];
}

/** Reads a list of mailboxes and groups (RFC 5322 §3.4), with recovery: each element gives what can be made of it. */
export function readAddresses(source: Unfolded | string): AddressList {
  const text = typeof source === "string" ? source : source.text;
  const problems: AddressProblem[] = [];
  const unbalanced: Unbalanced[] = [];
  const tokens = tokenizeAddresses(text, unbalanced);
  problems.push(...unbalanced);
  return new ListReader(text, tokens, problems).read();
}

class ListReader {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  readonly #problems: AddressProblem[];
  readonly #items: (Mailbox | Group)[] = [];
  readonly #mailboxes: Mailbox[] = [];
  #group: { name: string; nameRange: Range; members: Mailbox[] } | undefined;
  #element: Token[] = [];
  /** The comment of the element at hand: the old place of the display name (RFC 5322 §3.4). */
  #comment = "";
  /** Elements that are only words and stand before a comma: perhaps the first half of an unquoted `Doe, John`. */
  #loose: Mailbox | undefined;

  constructor(text: string, tokens: readonly Token[], problems: AddressProblem[]) {
    this.#text = text;
    this.#tokens = tokens;
    this.#problems = problems;
  }

  read(): AddressList {
    let separated = true;
    let grouped = false;
    let angle = false;
    for (const token of this.#tokens) {
      if (token.kind === "comment") {
        if (this.#comment === "") this.#comment = decodeWords(unescaped(token.text).trim()).text;
        continue;
      }
      const special = token.kind === "special" ? token.text : "";
      if (special === "<") angle = true;
      if (special === ">") angle = false;
      const splits = special === "," || special === ";" || (special === ":" && this.#group === undefined);
      if (!splits || (angle && special === ":")) {
        this.#element.push(token);
        separated = false;
        continue;
      }
      angle = false;
      if (special === ":") this.#openGroup(token);
      else if (special === ";") this.#semicolon(token);
      else if (!this.#flush() && separated && !grouped) this.#problem("empty-element", token);
      separated = true;
      grouped = special === ";";
    }
    const flushed = this.#flush();
    if (this.#group !== undefined) this.#closeGroup(this.#text.length);
    const last = this.#tokens.findLast((token) => token.kind !== "comment");
    if (!flushed && last?.text === ",") this.#problem("empty-element", last);
    return { items: this.#items, mailboxes: this.#mailboxes, problems: this.#problems };
  }

  #problem(kind: AddressProblemKind, range: Range): void {
    this.#problems.push({ kind, range: { from: range.from, to: range.to } });
  }

  #openGroup(colon: Token): void {
    const first = this.#element[0] ?? colon;
    const last = this.#element[this.#element.length - 1] ?? colon;
    const nameRange = { from: first.from, to: last.to };
    this.#group = { name: phraseText(this.#element), nameRange, members: [] };
    this.#element = [];
    this.#comment = "";
    this.#loose = undefined;
  }

  #semicolon(token: Token): void {
    this.#flush();
    if (this.#group === undefined) this.#problem("semicolon-separator", token);
    else this.#closeGroup(token.to);
  }

  #closeGroup(to: number): void {
    const group = this.#group;
    if (group === undefined) return;
    const range = { from: group.nameRange.from, to };
    this.#items.push({ kind: "group", name: group.name, nameRange: group.nameRange, members: group.members, range });
    this.#group = undefined;
    this.#loose = undefined;
  }

  /** Turns the collected tokens into a mailbox; false if there were none. */
  #flush(): boolean {
    const tokens = this.#element;
    const comment = this.#comment;
    this.#comment = "";
    if (tokens.length === 0) return false;
    this.#element = [];
    const read = this.#mailbox(tokens);
    const mailbox = read.name === "" && comment !== "" ? { ...read, name: comment } : read;
    const loose = this.#loose;
    this.#loose = undefined;
    if (mailbox.domain === "" && !mailbox.angle && mailbox.address !== "") this.#loose = mailbox;
    else if (loose !== undefined && mailbox.angle && mailbox.nameRange !== undefined) {
      this.#dropProblem("no-domain", loose.range);
      this.#problem("unquoted-specials", { from: loose.range.from, to: mailbox.nameRange.to });
    }
    if (this.#group === undefined) this.#items.push(mailbox);
    else this.#group.members.push(mailbox);
    this.#mailboxes.push(mailbox);
    return true;
  }

  #dropProblem(kind: AddressProblemKind, range: Range): void {
    const k = this.#problems.findIndex((problem) => problem.kind === kind && problem.range.from === range.from);
    if (k >= 0) this.#problems.splice(k, 1);
  }

  #mailbox(tokens: readonly Token[]): Mailbox {
    const open = tokens.findIndex((token) => token.kind === "special" && token.text === "<");
    const range = { from: (tokens[0] as Token).from, to: (tokens[tokens.length - 1] as Token).to };
    if (open >= 0) return this.#angle(tokens, open, range);
    const stray = tokens.find((token) => token.text === ">" && token.kind === "special");
    if (stray !== undefined) this.#problem("unbalanced", stray);
    const at = tokens.findIndex((token) => token.kind === "special" && token.text === "@");
    if (at < 0) {
      const text = tokens.map((token) => token.text).join(" ");
      this.#problem("no-domain", range);
      return plain("", undefined, { address: text, local: text, domain: "", range }, range);
    }
    const words = this.#wordsBefore(tokens, at);
    const spec = this.#spec(tokens.slice(words));
    if (words === 0) return plain("", undefined, spec, range);
    const nameRange = { from: range.from, to: (tokens[words - 1] as Token).to };
    this.#problem("missing-brackets", range);
    return plain(phraseText(tokens.slice(0, words)), nameRange, spec, range);
  }

  /** How many tokens before the address itself are words of a name without brackets. */
  #wordsBefore(tokens: readonly Token[], at: number): number {
    let first = at - 1;
    while (first > 0 && touching(tokens[first - 1], tokens[first])) first--;
    return Math.max(0, first);
  }

  #angle(tokens: readonly Token[], open: number, range: Range): Mailbox {
    const name = tokens.slice(0, open);
    const bracket = tokens[open] as Token;
    let close = tokens.findIndex((token, k) => k > open && token.kind === "special" && token.text === ">");
    if (close < 0) {
      this.#problem("unbalanced", bracket);
      close = tokens.length;
    } else if (close + 1 < tokens.length) {
      const rest = tokens[close + 1] as Token;
      this.#problem(rest.text === ">" ? "unbalanced" : "invalid", rest);
    }
    let inside = tokens.slice(open + 1, close);
    if (inside[0]?.text === "<") {
      this.#problem("unbalanced", inside[0]);
      inside = inside.slice(1);
    }
    const nameRange =
      name.length === 0 ? undefined : { from: (name[0] as Token).from, to: (name[name.length - 1] as Token).to };
    if (name.some((token) => token.kind === "special" || token.kind === "literal") && nameRange !== undefined)
      this.#problem("unquoted-specials", nameRange);
    const route = this.#route(inside);
    if (route > 0) inside = inside.slice(route);
    const routeRange = route > 0 ? { from: bracket.to, to: (inside[0] ?? (tokens[close] as Token)).from } : undefined;
    const text = phraseText(name);
    if (inside.length === 0) {
      const empty = { from: bracket.from, to: tokens[close]?.to ?? bracket.to };
      this.#problem("null-address", empty);
      return {
        kind: "mailbox",
        name: text,
        nameRange,
        address: "",
        addressRange: empty,
        local: "",
        domain: "",
        range,
        angle: true,
        route: routeRange,
      };
    }
    const spec = this.#spec(inside);
    return { ...plain(text, nameRange, spec, range), angle: true, route: routeRange };
  }

  /** Number of tokens of an obsolete source route `@a,@b:`. */
  #route(inside: readonly Token[]): number {
    if (inside[0]?.text !== "@") return 0;
    const colon = inside.findIndex((token) => token.kind === "special" && token.text === ":");
    if (colon < 0) return 0;
    this.#problem("obsolete-route", { from: (inside[0] as Token).from, to: (inside[colon] as Token).to });
    return colon + 1;
  }

  #spec(tokens: readonly Token[]): { address: string; local: string; domain: string; range: Range } {
    const range = { from: (tokens[0] as Token).from, to: (tokens[tokens.length - 1] as Token).to };
    let at = -1;
    tokens.forEach((token, k) => {
      if (token.kind === "special" && token.text === "@") at = k;
    });
    const join = (list: readonly Token[]): string => list.map((token) => token.text).join("");
    if (at < 0) {
      this.#problem("no-domain", range);
      return { address: join(tokens), local: join(tokens), domain: "", range };
    }
    const local = tokens.slice(0, at);
    const domain = tokens.slice(at + 1);
    if (!validLocal(local) || !validDomain(domain)) this.#problem("invalid", range);
    return { address: `${join(local)}@${join(domain)}`, local: join(local), domain: join(domain), range };
  }
}

function touching(a: Token | undefined, b: Token | undefined): boolean {
  return a !== undefined && b !== undefined && a.to === b.from && a.text !== ",";
}

function plain(
  name: string,
  nameRange: Range | undefined,
  spec: { address: string; local: string; domain: string; range: Range },
  range: Range,
): Mailbox {
  const { address, local, domain } = spec;
  return {
    kind: "mailbox",
    name,
    nameRange,
    address,
    addressRange: spec.range,
    local,
    domain,
    range,
    angle: false,
    route: undefined,
  };
}
