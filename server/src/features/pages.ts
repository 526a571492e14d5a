import { isRtl } from "../reference/index.js";
import { anyRuleById } from "../rules/all.js";
import { rulePage } from "../rules/pages.js";
import { comparePage, explainQuery } from "./lookup.js";
import { summaryPage } from "./message/summaryPage.js";
import type { Locale, ParsedDocument } from "./types.js";

/** What a page may need besides its address. */
export interface PageContext {
  readonly locale: Locale;
  /** Open documents, for real lines in a comparison. */
  readonly open: readonly ParsedDocument[];
}

/** The markdown of a page; null for an address that is none of ours. */
export function pageText(uri: string, context: PageContext): string | null {
  const summary = summaryPage(uri, context.open, context.locale);
  if (summary !== undefined) return laidOut(summary, context.locale);
  const match = /^smtp-transcripts:\/*\/([a-z]+)\/([^/?#]+)\.md(?:[?#].*)?$/.exec(uri);
  if (!match) return null;
  const name = decode(match[2] as string);
  switch (match[1]) {
    case "rules": {
      const rule = anyRuleById(name);
      return rule ? rulePage(rule) : null;
    }
    case "codes":
      return laidOut(explainQuery(name.replace(/^X\./, "5."), undefined, context.locale, "markdown"), context.locale);
    case "compare": {
      const [first = "", second = ""] = name.split("-");
      return laidOut(comparePage(first, second, context.locale, "markdown", context.open), context.locale);
    }
    default:
      return null;
  }
}

/**
 * Columns of tables and marks of lists stand on the side where a language begins; a preview has to be told. The class is
 * that of our style sheet for VS Code's preview, `client/media/pages.css`.
 */
function laidOut(markdown: string | undefined, locale: Locale): string | null {
  if (markdown === undefined) return null;
  return isRtl(locale) ? `<div dir="rtl" class="smtp-transcripts">\n\n${markdown}\n</div>\n` : markdown;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
