import type { AuthAttempt } from "../../session/model.js";
import type { Exchange, RuleContext, Session } from "../types.js";

export { initialResponse, type ShownSasl, saslOf } from "../../session/sasl.js";

/** The AUTH exchanges of a session that are no consequence of another mistake. */
export function attemptsOf(session: Session, context: RuleContext): readonly AuthAttempt[] {
  return session.auth.filter((attempt) => !context.isConsequence(attempt.exchange));
}

/** Columns of the mechanism in an AUTH command. */
export function mechanismColumns(exchange: Exchange): { readonly from: number; readonly to: number } | undefined {
  const { command } = exchange;
  if (!command || command.argument === "") return undefined;
  const length = /^[^ \t]+/.exec(command.argument)?.[0].length ?? 0;
  return { from: command.argumentFrom, to: command.argumentFrom + length };
}

/** The last reply of an AUTH exchange: the one that decided it. */
export function authReply(attempt: AuthAttempt): Exchange["reply"] {
  const last = attempt.responses[attempt.responses.length - 1] ?? attempt.exchange;
  return last.reply;
}
