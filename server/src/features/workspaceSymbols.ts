import { SymbolKind, type WorkspaceSymbol } from "vscode-languageserver-types";
import { patient } from "./cancel.js";
import { allMentions } from "./mentions.js";
import { rangeOf } from "./ranges.js";
import type { Feature } from "./types.js";

/** A search that finds more is cut here; the person types another letter. */
const MOST_RESULTS = 500;

/** Finds recipients, senders, Message-IDs and queue ids in all open transcripts. */
export const workspaceSymbols: Feature<{ query: string }, WorkspaceSymbol[]> = {
  method: "workspace/symbol",
  languages: ["smtp-transcript"],
  run({ open, cancelled }, { query }) {
    const wanted = query.toLowerCase();
    const found: WorkspaceSymbol[] = [];
    const over = patient(cancelled);
    for (const document of open) {
      const seen = new Set<string>();
      for (const mention of allMentions(document, cancelled)) {
        if (over() || found.length >= MOST_RESULTS) return found;
        if (seen.has(mention.key) || !mention.text.toLowerCase().includes(wanted)) continue;
        seen.add(mention.key);
        const kind = mention.key.startsWith("id:") ? SymbolKind.Key : SymbolKind.Constant;
        found.push({
          name: mention.text,
          kind,
          location: { uri: document.uri, range: rangeOf(document.source, mention.span) },
        });
      }
    }
    return found;
  },
};
