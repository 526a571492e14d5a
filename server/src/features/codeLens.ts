import type { CodeLens, Range } from "vscode-languageserver-types";
import { outcomeInWords } from "./outcomeWords.js";
import { linesRange } from "./ranges.js";
import type { Feature, FeatureContext } from "./types.js";
import { say } from "./words.js";

/** Client commands behind the lenses; a lens without its command is not offered. */
const SHOW_MESSAGE = "smtpTranscripts.openMessage";
const DIAGRAM = "smtpTranscripts.showDiagram";
const COPY_REDACTED = "smtpTranscripts.copyRedacted";

/** Above sessions and transactions: the outcome in words, "Show message", "Diagram", "Copy redacted". */
export const codeLens: Feature<unknown, CodeLens[]> = {
  method: "textDocument/codeLens",
  languages: ["smtp-transcript"],
  run(context) {
    if (!context.settings.codeLens) return [];
    const { document } = context;
    const lenses: CodeLens[] = [];
    for (const session of document.transcript.sessions) {
      const top = linesRange(document.source, session.line, session.line);
      offer(context, lenses, top, "lens.diagram", DIAGRAM, session.line);
      offer(context, lenses, top, "lens.copyRedacted", COPY_REDACTED, session.line);
      for (const transaction of session.transactions) {
        const line = transaction.mail.wire?.line;
        if (line === undefined) continue;
        const range = linesRange(document.source, line, line);
        lenses.push({ range, command: { title: outcomeInWords(context.settings.locale, transaction), command: "" } });
        if (transaction.data?.shown) offer(context, lenses, range, "lens.showMessage", SHOW_MESSAGE, line);
      }
    }
    return lenses;
  },
};

function offer(
  context: FeatureContext,
  lenses: CodeLens[],
  range: Range,
  title: "lens.diagram" | "lens.copyRedacted" | "lens.showMessage",
  command: string,
  argument: number,
): void {
  if (!context.client.commands.has(command)) return;
  lenses.push({
    range,
    command: { title: say(context.settings.locale, title), command, arguments: [context.document.uri, argument] },
  });
}
