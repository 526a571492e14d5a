import { exampleSession } from "./lib/example.js";
import { type Change, commandsOf, fixIn, relatedReply, severityByOutcome } from "./support.js";
import type { Rule } from "./types.js";

/** What word processors, mail programs and web pages put in place of ASCII; "" for characters without width. */
const REPLACEMENT: Readonly<Record<string, string>> = {
  "\u00a0": " ",
  "\u2002": " ",
  "\u2003": " ",
  "\u2009": " ",
  "\u202f": " ",
  "\u200b": "",
  "\u200c": "",
  "\u200d": "",
  "\u2060": "",
  "\ufeff": "",
  "\u00ad": "",
  "\u2018": "'",
  "\u2019": "'",
  "\u201c": '"',
  "\u201d": '"',
  "\u2010": "-",
  "\u2011": "-",
  "\u2012": "-",
  "\u2013": "-",
  "\u2014": "-",
  "\u2039": "<",
  "\u203a": ">",
  "\uff1a": ":",
};

const PASTED = new RegExp(`[${Object.keys(REPLACEMENT).join("")}]`, "g");
const BACKSPACE = /\^[H?]|[\u0008\u007f]/;

/** A character in a command that was pasted from formatted text, or a correction that was typed. */
export const typographicCharacter: Rule = {
  id: "typographic-character",
  severity: "error",
  party: "author",
  level: "MUST",
  references: [{ document: "RFC 5321", section: "2.4" }],
  topic: "commands",
  fixable: true,
  title: "A typographic character pasted into a command",
  messages: {
    default:
      "This line holds a typographic character (U+{code}), which looks like ASCII but is not. The server reads another command or address: type it anew.",
    space:
      "This line holds a special space (U+{code}) that looks like a blank but is none. The server reads another command or address: type it anew.",
    invisible:
      "This line holds an invisible character (U+{code}). The server reads another command or address: type it anew.",
    hyphen:
      "This line holds a typographic hyphen or dash (U+{code}) in place of “-”. The server reads another command or address: type it anew.",
    quote:
      "This line holds a typographic quotation mark (U+{code}) in place of the one of ASCII. The server reads another command or address: type it anew.",
    backspace:
      "A backspace was typed and sent as a character, so the server reads a different word. Type the line again without corrections.",
    reply: "The server's answer: {code}.",
    fix: "Replace it by ASCII",
  },
  why: "Word processors and web pages turn quotes, hyphens and spaces into other characters. They look right and make the command fail.",
  fix: "Type the character, or paste as plain text. In telnet a backspace may be sent as it is: end the line and begin again.",
  wrong: exampleSession([], "C: MAIL\u00a0FROM:<alice@example.org>", "S: 500 5.5.2 Error: command not recognized"),
  right: exampleSession([], "C: MAIL FROM:<alice@example.org>", "S: 250 2.1.0 Ok"),
  check(session, context) {
    for (const exchange of commandsOf(session)) {
      const { text } = exchange.wire;
      PASTED.lastIndex = 0;
      const first = PASTED.exec(text);
      const typed = first ? null : BACKSPACE.exec(text);
      const found = first ?? typed;
      if (!found || exchange.verb === "AUTH" || context.isConsequence(exchange)) continue;
      const changes = first ? changesFor(text) : [];
      context.report({
        at: { wire: exchange.wire, from: found.index, to: found.index + found[0].length },
        message: first ? kindOf(first[0]) : "backspace",
        severity: severityByOutcome(exchange.reply, { accepted: "information", refused: "error", unseen: "warning" }),
        data: first ? { code: first[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, "0") } : {},
        related: relatedReply(exchange.reply, "reply"),
        fix: changes.length > 0 ? fixIn(context, exchange.wire, "fix", changes) : undefined,
      });
    }
  },
};

function changesFor(text: string): Change[] {
  PASTED.lastIndex = 0;
  return [...text.matchAll(PASTED)].map((match) => [match.index, match.index + 1, REPLACEMENT[match[0]] ?? ""]);
}

/** Key of the message for a pasted character. */
function kindOf(character: string): string {
  const replacement = REPLACEMENT[character] ?? "";
  if (replacement === " ") return "space";
  if (replacement === "") return "invisible";
  if (replacement === "-") return "hyphen";
  return replacement === "'" || replacement === '"' ? "quote" : "default";
}
