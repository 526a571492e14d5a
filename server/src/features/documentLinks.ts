import type { DocumentLink } from "vscode-languageserver-types";
import { sourceSpan } from "../dialects/wire.js";
import { referenceUrl } from "../rules/pages.js";
import { rangeOf } from "./ranges.js";
import type { Feature } from "./types.js";

const RFC = /\bRFC[ -]?(\d{3,5})(?:[ ,]{1,2}(?:section|sec\.?|§) ?(\d{1,2}(?:\.\d{1,2}){0,5}))?/gi;
/** Longer lines hold no reply text worth a link. */
const LONGEST = 2000;

/** RFCs that replies and notes name become links to the RFC Editor; nothing else in a transcript ever becomes a link. */
export const documentLinks: Feature<unknown, DocumentLink[]> = {
  method: "textDocument/documentLink",
  languages: ["smtp-transcript"],
  run({ document, cancelled }) {
    const links: DocumentLink[] = [];
    for (const wire of document.transcript.wire) {
      if (cancelled()) break;
      for (const match of rfcsNamed(wire.text)) {
        const span = sourceSpan(wire, match.index, match.index + match[0].length);
        links.push({
          range: rangeOf(document.source, span),
          target: referenceUrl({ document: `RFC ${Number(match[1])}`, section: match[2] }),
        });
      }
    }
    return links;
  },
};

/** Where a line names an RFC: number and section, with the place in the line. */
export function rfcsNamed(text: string): RegExpExecArray[] {
  return text.length > LONGEST || !/rfc/i.test(text) ? [] : [...text.matchAll(RFC)];
}
