import type { SemanticTokens, SemanticTokensDelta } from "vscode-languageserver";

/** VS Code colours nothing above these sizes by whole documents; only ranges are answered then. */
export const FULL_TOKENS_LINES = 300_000;
export const FULL_TOKENS_CHARACTERS = 20 * 1024 * 1024;

/** Documents whose tokens are kept: an editor asks for those that it shows. */
const MOST_DOCUMENTS = 20;

/**
 * Remembers the last tokens given for each document, so that an edit is answered with what changed
 * (LSP 3.18, `textDocument/semanticTokens/full/delta`).
 */
export class TokenHistory {
  readonly #last = new Map<string, { readonly id: string; readonly data: readonly number[] }>();
  #counter = 0;

  /** Keeps new tokens and gives them an id; those of the document that was longest not asked for go. */
  remember(uri: string, tokens: SemanticTokens): SemanticTokens {
    this.#counter++;
    const id = String(this.#counter);
    this.#last.delete(uri);
    this.#last.set(uri, { id, data: tokens.data });
    for (const oldest of this.#last.keys()) {
      if (this.#last.size <= MOST_DOCUMENTS) break;
      this.#last.delete(oldest);
    }
    return { resultId: id, data: tokens.data };
  }

  /** The difference to the tokens that the client has, or all of them where it has others. */
  delta(uri: string, previous: string, tokens: SemanticTokens): SemanticTokens | SemanticTokensDelta {
    const known = this.#last.get(uri);
    const full = this.remember(uri, tokens);
    if (!known || known.id !== previous) return full;
    return { resultId: full.resultId, edits: difference(known.data, tokens.data) };
  }
}

/** One replacement that turns `before` into `after`: what they share at both ends is left alone. */
export function difference(before: readonly number[], after: readonly number[]): SemanticTokensDelta["edits"] {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const deleteCount = before.length - head - tail;
  const data = after.slice(head, after.length - tail);
  return deleteCount === 0 && data.length === 0 ? [] : [{ start: head, deleteCount, data }];
}
