import type { RuleContext, Session } from "../types.js";

let makers = 0;

/**
 * Makes a function of a session that works out its value once and keeps it with the session; it must depend on the session
 * alone (so does which lines are consequences, which the context tells). Two hundred rules look at the same few things,
 * and a weak map for each of these costs more than the rules.
 */
export function perSession<T>(work: (session: Session) => T): (session: Session) => T;
export function perSession<T>(
  work: (session: Session, context: RuleContext) => T,
): (session: Session, context: RuleContext) => T;
export function perSession<T>(
  work: (session: Session, context: RuleContext) => T,
): (session: Session, context: RuleContext) => T {
  const maker = makers++;
  return (session, context) => {
    const { memo } = session;
    if (memo[maker] === undefined) memo[maker] = work(session, context);
    return memo[maker] as T;
  };
}
