import type { Transcript } from "../../transcript.js";
import { maskEncodedWords } from "./encoded-words.js";
import type { Overlay } from "./overlay.js";
import { WordSearch } from "./word-search.js";

/** A subject as header, in a log that prints lines of a message (`b'Subject: …\r\n'`), or as a field of a summary. */
const WRITTEN = /(?:^|[^\w-])(?:Subject|Thread-Topic|X-Original-Subject)[ \t]{0,8}:[ \t]{0,8}(\S.*)$/gim;
/** Exim's log: `T="…"`. */
const EXIM = /[ \t]T="((?:[^"\\\r\n]|\\.){1,1000})"/g;
/** Not the subject of a message but of a certificate (X.509). */
const CERTIFICATE = /^(?:\/[A-Z]{1,2}=|(?:CN|C|O|OU|ST|L|emailAddress) ?=|.{0,200}, ?CN ?=)/;
/** What ends it before its line ends: written line ends, the markup or the fields of a summary, a closing quote, a lone CR. */
const BEHIND = /\\[rn]|<br|\.\.(?=[A-Z][\w-]{1,60}: )|, , | \| |["'][ \t]*\r?$|\r/;
/** A shorter subject may stand elsewhere by chance. */
const DISTINCT = 6;

/** Masks subjects wherever the text shows one, and every other place where the same words stand. */
export function redactSubjects(transcript: Transcript, overlay: Overlay): void {
  const { text } = transcript.source;
  const subjects = new WordSearch();
  const mask = (at: number, written: string): void => {
    const stand = maskEncodedWords(written);
    overlay.put(at, stand);
    const subject = written.trim();
    if (subject.length >= DISTINCT) subjects.add(subject, maskEncodedWords(subject));
  };
  for (const match of text.matchAll(WRITTEN)) {
    const rest = match[1] as string;
    if (CERTIFICATE.test(rest)) continue;
    const subject = rest.slice(0, BEHIND.exec(rest)?.index ?? rest.length);
    mask(match.index + match[0].length - rest.length, subject);
  }
  for (const match of text.matchAll(EXIM)) mask(match.index + match[0].indexOf('"') + 1, match[1] as string);
  for (const { at, text: stand } of subjects.find(text)) overlay.put(at, stand);
}
