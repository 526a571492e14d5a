import type { Exchange, Reply, State } from "./model.js";

/** What is known where a command is not shown. */
export interface InferenceContext {
  readonly state: State;
  /** The exchange before, inferred or shown. */
  readonly previous: Exchange | undefined;
  /** The dialect prints only the server's lines. */
  readonly serverOnly: boolean;
}

/**
 * Tells which command a reply answers whose command is not shown: by its code, its enhanced code and what came before.
 * Gives the verb, "." for the end of data, undefined where nothing can be said.
 */
export function inferCommand(reply: Reply, context: InferenceContext): string | undefined {
  const { code, lines } = reply;
  if (context.previous?.verb === "DATA" && context.previous.reply?.code === 354) return ".";
  if (code === 250 && lines.length > 1) return "EHLO";
  if (!context.serverOnly) return undefined;
  if (code === 354) return "DATA";
  if (code === 221) return "QUIT";
  if (code === 334 || code === 235 || code === 535) return "AUTH";
  return undefined;
}
