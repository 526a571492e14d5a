import type { AuthAttempt, Exchange, Reply } from "./model.js";
import { verdict } from "./outcome.js";
import type { Progress } from "./progress.js";
import { userOf } from "./sasl.js";

/** Follows the AUTH exchanges of a session (RFC 4954 §4). */
export class Authentication {
  readonly #attempts: AuthAttempt[] = [];

  constructor(readonly progress: Progress) {}

  /** An AUTH command left. */
  start(exchange: Exchange): void {
    const word = exchange.command?.argument.split(/[ \t]/)[0] ?? "";
    this.#add(exchange, word === "" ? undefined : word, "unknown");
  }

  /** A SASL response left. */
  respond(exchange: Exchange): void {
    const attempt = this.#attempts[this.#attempts.length - 1];
    exchange.auth = attempt;
    attempt?.responses.push(exchange);
  }

  /** An AUTH exchange that the dialect does not print; where its outcome is not told it counts as a success. */
  hidden(exchange: Exchange, mechanism: string | undefined, outcome: AuthAttempt["outcome"] | undefined): void {
    const attempt = this.#add(exchange, mechanism, outcome ?? "unknown");
    if (attempt.outcome !== "failure") this.progress.set({ authenticated: true });
  }

  /** A reply arrived for AUTH or for a response. */
  answered(attempt: AuthAttempt, exchange: Exchange, reply: Reply): void {
    if (reply.code === 334) return;
    if (verdict(reply) === "positive") {
      attempt.outcome = "success";
      this.progress.set({ authenticated: true });
    } else if (verdict(reply) !== "none") {
      attempt.outcome = exchange.wire?.text.trim() === "*" ? "cancelled" : "failure";
    }
  }

  /** All attempts, with the user names that they show. */
  finish(): readonly AuthAttempt[] {
    for (const attempt of this.#attempts) attempt.user = userOf(attempt);
    return this.#attempts;
  }

  #add(exchange: Exchange, mechanism: string | undefined, outcome: AuthAttempt["outcome"]): AuthAttempt {
    const attempt: AuthAttempt = {
      exchange,
      mechanism: mechanism?.toUpperCase() ?? null,
      user: null,
      responses: [],
      outcome,
    };
    exchange.auth = attempt;
    this.#attempts.push(attempt);
    return attempt;
  }
}
