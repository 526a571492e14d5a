import { helloCommands, type ShownCommand } from "../support.js";
import type { RuleContext, Session } from "../types.js";
import { perSession } from "./memo.js";

/** A greeting of the client with its argument. */
export interface Hello {
  readonly exchange: ShownCommand;
  /** Host name or address literal: the first word, or a bracketed literal with what it holds. "" where it is missing. */
  readonly name: string;
  /** Columns of the name. */
  readonly from: number;
  readonly to: number;
  /** What follows the name. */
  readonly rest: string;
}

/** The EHLO, HELO and LHLO commands that can be judged, each name once. */
export const hellosOf: (session: Session, context: RuleContext) => readonly Hello[] = perSession(
  (session: Session, context: RuleContext) => {
    const hellos: Hello[] = [];
    const seen = new Set<string>();
    for (const exchange of helloCommands(session)) {
      if (context.isConsequence(exchange)) continue;
      const { argument, argumentFrom } = exchange.command;
      const name = /^\[[^\]]*\]?|^\S+/.exec(argument)?.[0] ?? "";
      const key = `${exchange.verb} ${argument}`;
      if (seen.has(key)) continue;
      seen.add(key);
      hellos.push({
        exchange,
        name,
        from: argumentFrom,
        to: argumentFrom + name.length,
        rest: argument.slice(name.length).trim(),
      });
    }
    return hellos;
  },
);
