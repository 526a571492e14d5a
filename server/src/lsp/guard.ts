import { type CancellationToken, LSPErrorCodes, ResponseError } from "vscode-languageserver";

/** Writes one line to the log of the editor. */
export type Log = (line: string) => void;

/** Lets messages that already arrived be read, so that a cancellation among them is seen. */
export function breathe(): Promise<void> {
  const immediate = (globalThis as { setImmediate?: (run: () => void) => unknown }).setImmediate;
  return new Promise((resolve) => (immediate ? immediate(resolve) : setTimeout(resolve, 0)));
}

/** The answer to a request that the client took back. */
export function cancelledAnswer(): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
}

/**
 * Where in our code something failed, without what it worked on: the kind of error and the places in the code. Messages of
 * errors can quote the document, so they are never logged.
 */
export function describeFailure(where: string, error: unknown): string {
  if (!(error instanceof Error)) return `${where}: failed`;
  const places = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return [`${where}: ${error.name}`, ...places.slice(0, 8)].join("\n");
}

/**
 * Wraps a handler so that it can only answer: cancellation is checked before and after, an error is logged without the
 * document's text and answered with `empty`, so that one feature never takes another down. A `ResponseError` that the
 * handler gives is passed on.
 */
export function guarded<P, R>(
  where: string,
  empty: R,
  log: Log,
  handler: (
    parameters: P,
    token: CancellationToken,
  ) => R | ResponseError<unknown> | Promise<R | ResponseError<unknown>>,
): (parameters: P, token: CancellationToken) => Promise<R | ResponseError<unknown>> {
  return async (parameters, token) => {
    await breathe();
    if (token.isCancellationRequested) return cancelledAnswer();
    try {
      const answer = await handler(parameters, token);
      return token.isCancellationRequested ? cancelledAnswer() : answer;
    } catch (error) {
      log(describeFailure(where, error));
      return empty;
    }
  };
}

/** The same for notifications: an error is logged and the server goes on. */
export function guardedNotification<P>(where: string, log: Log, handler: (parameters: P) => void | Promise<void>) {
  return async (parameters: P): Promise<void> => {
    try {
      await handler(parameters);
    } catch (error) {
      log(describeFailure(where, error));
    }
  };
}
