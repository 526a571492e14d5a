import { type CancellationToken, CancellationTokenSource, l10n, ProgressLocation, window } from "vscode";

/** Work that takes longer shows that it goes on, and can be ended; in milliseconds. */
const PATIENCE = 1000;

/**
 * Waits for an answer of the server. After a second a progress notification appears, whose button ends the wait.
 * @returns the answer; undefined where the person cancelled
 */
export async function patiently<T>(ask: (token: CancellationToken) => Promise<T>): Promise<T | undefined> {
  const source = new CancellationTokenSource();
  const answer = ask(source.token);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<"late">((tell) => {
    timer = setTimeout(() => tell("late"), PATIENCE);
  });
  try {
    const first = await Promise.race([answer.then(() => "there" as const), late]);
    if (first === "there") return await answer;
    const options = {
      location: ProgressLocation.Notification,
      title: l10n.t("Reading the document …"),
      cancellable: true,
    };
    return await window.withProgress(options, (_report, token) => {
      const cancelled = new Promise<undefined>((give) => {
        token.onCancellationRequested(() => {
          source.cancel();
          give(undefined);
        });
      });
      // What the server still answers to a request that was taken back is of no interest.
      answer.catch(() => {});
      return Promise.race([answer, cancelled]);
    });
  } finally {
    clearTimeout(timer);
    source.dispose();
  }
}
