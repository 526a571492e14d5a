import { decodeBytes } from "../../message/charset.js";
import type { Field } from "../../message/header.js";
import {
  concat,
  decodeWords,
  type EncodedWord,
  encodeWords,
  findWords,
  type WordProblemKind,
} from "../../message/words.js";
import type { Fix } from "../types.js";
import { messageRule, replaceIn, rfc, sample, short } from "./support.js";
import type { MessageContext } from "./types.js";

/** Encoded words (RFC 2047). */

/** Fields with places, those of parts included, that may hold encoded words. */
function textFields(context: MessageContext): Field[] {
  return context.fields.filter(
    (field) => field.value.text.includes("=?") && !field.key.startsWith("dkim") && !field.key.startsWith("arc-"),
  );
}

function wordsWith(
  context: MessageContext,
  kinds: readonly WordProblemKind[],
): { field: Field; word: EncodedWord; kind: WordProblemKind }[] {
  const out: { field: Field; word: EncodedWord; kind: WordProblemKind }[] = [];
  for (const field of textFields(context)) {
    for (const word of findWords(field.value.text)) {
      const kind = word.problems.find((problem) => kinds.includes(problem));
      if (kind !== undefined) out.push({ field, word, kind });
    }
  }
  return out;
}

/** Writes the word anew from what it means, where that is sure. */
function rewrite(field: Field, word: EncodedWord): Fix | undefined {
  const decoded = decodeBytes(word.bytes, word.charset);
  return decoded.clean ? replaceIn(field, word, encodeWords(decoded.text)) : undefined;
}

export const hdrEncodedWordLength = messageRule({
  id: "hdr-encoded-word-length",
  severity: "hint",
  outbound: "information",
  references: [rfc(2047, "2")],
  title: "An encoded word of more than 75 characters",
  messages: {
    default: "This encoded word has {length} characters; 75 are the limit. Strict readers show it undecoded; split it.",
    fix: "Write it as several words",
  },
  why: "The limit makes sure that a reader can tell an encoded word from text.",
  fix: "Split it into several words, each with whole characters.",
  fixable: true,
  wrong: sample(`Subject: =?utf-8?Q?${"=C3=A4".repeat(14)}?=`),
  right: sample(`Subject: =?utf-8?Q?${"=C3=A4".repeat(9)}?=`),
  check(context) {
    for (const { field, word } of wordsWith(context, ["too-long"]))
      context.report({
        at: field.value.span(word.from, word.to),
        data: { length: word.to - word.from },
        fix: rewrite(field, word),
      });
  },
});

export const brokenWord = messageRule({
  id: "eml-encoded-word-broken",
  severity: "information",
  outbound: "error",
  references: [rfc(2047, "2"), rfc(2047, "4")],
  title: "An encoded word that does not decode",
  messages: {
    "bad-encoding": "The encoding of an encoded word is B or Q. This one is shown as it is; correct the letter.",
    "bad-base64": "This is no complete base64. Readers disagree on what it says; encode the text again.",
    "bad-q": "An = in an encoded word needs two hex digits behind it. Encode the text again.",
    "space-inside":
      "There is white space inside the encoded word, so strict readers show it undecoded. Write _ for a space.",
    fix: "Encode it again",
  },
  why: "The recipient sees =?utf-8?…?= or question marks instead of the text.",
  fix: "Let a mail library encode the text.",
  fixable: true,
  wrong: sample("Subject: =?utf-8?Q?a b?="),
  right: sample("Subject: =?utf-8?Q?a_b?="),
  check(context) {
    for (const { field, word, kind } of wordsWith(context, ["bad-encoding", "bad-base64", "bad-q", "space-inside"])) {
      const fix = kind === "space-inside" || kind === "bad-base64" ? rewrite(field, word) : undefined;
      context.report({ at: field.value.span(word.from, word.to), message: kind, fix });
    }
  },
});

export const unterminatedWord = messageRule({
  id: "eml-encoded-word-unterminated",
  severity: "information",
  outbound: "warning",
  references: [rfc(2047, "2")],
  title: "An encoded word without its end",
  messages: { default: "This begins like an encoded word but has no ?= at its end. It is shown as it is." },
  why: "A program cut the subject after so many characters without looking.",
  fix: "Cut the text first, then encode it.",
  wrong: sample("Subject: =?utf-8?B?YWJj"),
  right: sample("Subject: =?utf-8?B?YWJj?="),
  check(context) {
    for (const field of textFields(context)) {
      const { text } = field.value;
      const words = findWords(text);
      for (const match of text.matchAll(/=\?[A-Za-z0-9-]{2,40}\?[BbQq]\?/g)) {
        if (words.some((word) => match.index >= word.from && match.index < word.to)) continue;
        context.report({ at: field.value.span(match.index, match.index + match[0].length) });
      }
    }
  },
});

export const wordInQuotes = messageRule({
  id: "eml-encoded-word-in-quotes",
  severity: "hint",
  outbound: "warning",
  references: [rfc(2047, "5")],
  title: "An encoded word inside quotes",
  messages: {
    default: "Encoded words are not decoded inside quotes, so strict readers show this as it is. Leave the quotes out.",
    fix: "Remove the quotes",
  },
  why: "Most readers decode it all the same; those that follow the RFC do not.",
  fix: "Write the encoded word without quotes.",
  fixable: true,
  wrong: sample('From: "=?utf-8?Q?J=C3=B6rg?=" <j@a.example>'),
  right: sample("From: =?utf-8?Q?J=C3=B6rg?= <j@a.example>"),
  check(context) {
    for (const field of context.fields) {
      if (!["from", "to", "cc", "sender", "reply-to"].includes(field.key)) continue;
      for (const match of field.value.text.matchAll(/"(=\?[^"?\s]{1,40}\?[BbQq]\?[^"?\s]{0,400}\?=)"/g)) {
        const range = { from: match.index, to: match.index + match[0].length };
        context.report({ at: field.value.spanOf(range), fix: replaceIn(field, range, match[1] as string) });
      }
    }
  },
});

export const wordUnknownCharset = messageRule({
  id: "eml-encoded-word-charset",
  severity: "information",
  outbound: "warning",
  references: [rfc(2047, "3")],
  title: "An encoded word in an unknown character set",
  messages: { default: "There is no character set “{name}”. Readers guess or show question marks; use utf-8." },
  why: "The reader cannot know which characters the octets mean.",
  fix: "Use utf-8.",
  elsewhere: "SpamAssassin NONEXISTENT_CHARSET",
  wrong: sample("Subject: =?none?Q?a?="),
  right: sample("Subject: =?utf-8?Q?a?="),
  check(context) {
    for (const { field, word } of wordsWith(context, ["unknown-charset"]))
      context.report({ at: field.value.span(word.from, word.to), data: { name: short(word.charset, 30) } });
  },
});

export const splitCharacter = messageRule({
  id: "eml-encoded-word-split-character",
  severity: "hint",
  outbound: "warning",
  references: [rfc(2047, "5")],
  title: "A character cut in two between encoded words",
  messages: {
    default: "A character begins in this word and ends in the next one. Readers that decode word by word show �.",
    fix: "Encode the words again",
  },
  why: "Each word must decode on its own.",
  fix: "Split between characters, not between octets.",
  fixable: true,
  wrong: sample("Subject: =?utf-8?Q?a=C3?= =?utf-8?Q?=A4b?="),
  right: sample("Subject: =?utf-8?Q?a?= =?utf-8?Q?=C3=A4b?="),
  check(context) {
    for (const field of textFields(context)) {
      const words = findWords(field.value.text);
      for (let k = 0; k + 1 < words.length; k++) {
        const [word, next] = [words[k] as EncodedWord, words[k + 1] as EncodedWord];
        if (word.charset.toLowerCase() !== "utf-8" || next.charset.toLowerCase() !== "utf-8") continue;
        if (field.value.text.slice(word.to, next.from).trim() !== "" || decodeBytes(word.bytes, "utf-8").clean)
          continue;
        const both = decodeBytes(concat([word.bytes, next.bytes]), "utf-8");
        const range = { from: word.from, to: next.to };
        const fix = both.clean ? replaceIn(field, range, encodeWords(both.text)) : undefined;
        context.report({ at: field.value.spanOf(range), fix });
      }
    }
  },
});

export const unneededWord = messageRule({
  id: "eml-encoded-word-unneeded",
  severity: "off",
  outbound: "hint",
  level: "practice",
  references: [],
  title: "An encoded word for plain ASCII",
  messages: { default: "This text needs no encoding. Filters count encoded ASCII as an attempt to hide words." },
  why: "Encoding hides nothing from a filter but makes it suspicious.",
  fix: "Encode only what is not ASCII.",
  elsewhere: "SpamAssassin FROM_EXCESS_BASE64",
  wrong: sample("Subject: =?utf-8?B?aGVsbG8=?="),
  right: sample("Subject: hello"),
  check(context) {
    for (const field of textFields(context)) {
      const decoded = decodeWords(field.value.text);
      const first = decoded.words[0];
      if (first !== undefined && decoded.words.length === 1 && /^[\x20-\x7e]+$/.test(decoded.text))
        context.report({ at: field.value.span(first.from, first.to) });
    }
  },
});

export const encodedWords = [
  hdrEncodedWordLength,
  brokenWord,
  unterminatedWord,
  wordInQuotes,
  wordUnknownCharset,
  splitCharacter,
  unneededWord,
];
