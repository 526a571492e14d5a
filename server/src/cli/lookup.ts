import { comparePage, explainQuery, type Locale } from "../service.js";
import { harmless, oneLine } from "./terminal.js";
import { tell } from "./words.js";
import type { World } from "./world.js";

/** `explain`: a code, a code with its enhanced code, a pasted line, or words. Exit code 1 where nothing is found. */
export function runExplain(world: World, words: readonly string[], after: string | undefined, locale: Locale): number {
  const query = words.join(" ");
  const text = explainQuery(query, after, locale, "plain");
  if (text === undefined) {
    world.error(tell(locale, "explain.nothing", { query: oneLine(query.slice(0, 200)) }));
    return 1;
  }
  world.out(withMarks(text));
  return 0;
}

/** `compare`: two codes side by side. Exit code 2 where one of them is no code. */
export function runCompare(world: World, [first, second]: readonly [string, string], locale: Locale): number {
  const text = comparePage(first, second, locale, "plain");
  if (text === undefined) {
    world.error(tell(locale, "usage.needsTwoCodes", { command: "compare", example: "354 451, 4.7.1 5.7.1" }));
    return 2;
  }
  world.out(withMarks(text));
  return 0;
}

/** Our own texts hold direction marks in right-to-left languages, which belong there; everything else is made harmless. */
function withMarks(text: string): string {
  return text.replace(/[^\u200f\u2066-\u2069]+/g, harmless);
}
