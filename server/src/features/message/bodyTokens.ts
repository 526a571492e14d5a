import type { WireLine } from "../../dialects/types.js";
import { sourceOffset } from "../../dialects/wire.js";
import type { Owner } from "../place.js";
import type { TokenType } from "../tokenTypes.js";
import { messageOfData } from "./bodies.js";
import { messageTokens } from "./tokens.js";

/** A token in the source. */
export interface Token {
  readonly start: number;
  readonly end: number;
  readonly type: TokenType;
}

type DataOwner = Extract<Owner, { kind: "data" }>;

/** Collects neighbouring lines of one message, so that its parts are looked up once for all of them. */
export class BodyTokens {
  readonly #tokens: Token[];
  #wires: WireLine[] = [];
  #first: DataOwner | undefined;

  constructor(tokens: Token[]) {
    this.#tokens = tokens;
  }

  take(wire: WireLine, owner: DataOwner): void {
    const next = this.#first !== undefined && this.#first.index + this.#wires.length === owner.index;
    if (!next || this.#first?.data !== owner.data) {
      this.flush();
      this.#first = owner;
    }
    this.#wires.push(wire);
  }

  /** Message text in its own colour, what the message's reader knows of it over that. */
  flush(): void {
    const first = this.#first;
    if (first === undefined) return;
    const known = messageOfData(first.session, first.data);
    const own: Token[] = [];
    if (known !== undefined) {
      const { lines } = known;
      messageTokens(known, first.index, first.index + this.#wires.length, (line, from, to, type) => {
        if (to > from) own.push({ start: lines.offset(line, from), end: lines.offset(line, to), type });
      });
    }
    own.sort((a, b) => a.start - b.start);
    let k = 0;
    for (const wire of this.#wires) {
      let at = wire.start;
      const end = sourceOffset(wire, wire.text.length);
      for (let token = own[k]; token !== undefined && token.start < end; token = own[++k]) {
        if (token.start > at) this.#tokens.push({ start: at, end: token.start, type: "smtpBody" });
        this.#tokens.push(token);
        at = Math.max(at, token.end);
      }
      if (end > at) this.#tokens.push({ start: at, end, type: "smtpBody" });
    }
    this.#wires = [];
    this.#first = undefined;
  }
}
