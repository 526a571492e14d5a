import { organizationalDomain } from "../../message/authentication.js";
import { decodeWords } from "../../message/words.js";
import type { Span } from "../../text/span.js";
import { messageRule, rfc, sample, short } from "./support.js";
import type { MessageContext } from "./types.js";

/** What a message shows and what it hides. */

interface Shown {
  readonly text: string;
  readonly span: Span;
}

/** Texts that a reader shows as names: display names, the subject, file names. */
function shownTexts(context: MessageContext): Shown[] {
  const out: Shown[] = [];
  for (const field of context.fields) {
    if (["from", "sender", "reply-to"].includes(field.key)) {
      for (const box of context.addresses(field).mailboxes)
        if (box.nameRange !== undefined) out.push({ text: box.name, span: field.value.spanOf(box.nameRange) });
    } else if (field.key === "subject") out.push({ text: decodeWords(field.text).text, span: field.valueSpan });
  }
  for (const { name, field } of context.fileNames) out.push({ text: name, span: field.valueSpan });
  return out;
}

const ADDRESS = /[A-Za-z0-9._%+-]{1,64}@([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,6})/;

export const otherAddress = messageRule({
  id: "eml-name-shows-other-address",
  severity: "warning",
  level: "practice",
  references: [],
  title: "The display name shows another address",
  messages: {
    default:
      "The name shows {shown}, but the address is {address}. Many readers show the name only: a common trick of fraud.",
  },
  why: "Phones show the display name alone, so people believe the address in it.",
  fix: "Use a name, not an address, or the same address.",
  wrong: sample('From: "ceo@bank.example" <eve@other.test>'),
  right: sample('From: "Alice" <alice@a.example>'),
  check(context) {
    const field = context.first("from");
    // Lists and forwarders rewrite From to “name via list” on purpose.
    if (field === undefined || context.list) return;
    for (const box of context.addresses(field).mailboxes) {
      const match = ADDRESS.exec(box.name);
      if (match === null || box.domain === "" || box.nameRange === undefined) continue;
      if (organizationalDomain(match[1] as string) === organizationalDomain(box.domain)) continue;
      context.report({
        at: field.value.spanOf(box.nameRange),
        data: { shown: short(match[0]), address: short(box.address) },
      });
    }
  },
});

/** Directional overrides and isolates, zero-width characters, soft hyphen; joiners are left out: scripts need them. */
const INVISIBLE = /[\u202a-\u202e\u2066-\u2069\u200b\u00ad\u2060\u180e]/;

export const invisible = messageRule({
  id: "eml-invisible-characters",
  severity: "information",
  level: "practice",
  references: [{ document: "UAX #9" }, { document: "UTS #39" }],
  title: "Invisible characters in a name, subject or file name",
  messages: {
    default: "This text holds the invisible character {code}. It can hide words from filters.",
    direction:
      "This text holds {code}, which changes the direction of what follows: it can make a file or an address look like another one.",
  },
  why: "`gpj.exe` behind an override reads as `exe.jpg`.",
  fix: "Remove the character.",
  wrong: sample("Subject: =?utf-8?Q?pay=E2=80=AEnow?="),
  right: sample("Subject: =?utf-8?Q?pay_now?="),
  check(context) {
    for (const { text, span } of shownTexts(context)) {
      const match = INVISIBLE.exec(text);
      if (match === null) continue;
      const code = `U+${match[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
      const direction = /[\u202a-\u202e]/.test(match[0]);
      context.report({
        at: span,
        message: direction ? "direction" : "default",
        data: { code },
        severity: direction ? "warning" : undefined,
      });
    }
  },
});

const WORD = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]{2,60}/gu;

export const mixedScript = messageRule({
  id: "eml-mixed-scripts",
  severity: "warning",
  level: "practice",
  references: [{ document: "UTS #39", section: "5" }],
  title: "Letters of two scripts in one word",
  messages: {
    default: "“{word}” mixes Latin with Cyrillic letters that look alike. Such words imitate a known name.",
    greek: "“{word}” mixes Latin with Greek letters that look alike. Such words imitate a known name.",
  },
  why: "A Cyrillic а and a Latin a look the same; the word is another one.",
  fix: "Write the word in one script.",
  wrong: sample("From: =?utf-8?B?0LBwcGxl?= <a@a.example>"),
  right: sample("From: apple <a@a.example>"),
  check(context) {
    for (const { text, span } of shownTexts(context)) {
      for (const [word] of text.matchAll(WORD)) {
        if (!/\p{Script=Latin}/u.test(word)) continue;
        const script = /\p{Script=Cyrillic}/u.test(word) ? "Cyrillic" : /\p{Script=Greek}/u.test(word) ? "Greek" : "";
        // A single Greek letter in a Latin word is mostly science (µ, Ω); two alphabets of one word are not.
        if (script === "" || (script === "Greek" && (word.match(/\p{Script=Greek}/gu) ?? []).length < 2)) continue;
        context.report({
          at: span,
          message: script === "Greek" ? "greek" : "default",
          data: { word: short(word, 30) },
        });
        break;
      }
    }
  },
});

const FREEMAIL: ReadonlySet<string> = new Set([
  "gmail.com",
  "outlook.com",
  "hotmail.com",
  "yahoo.com",
  "aol.com",
  "gmx.net",
  "proton.me",
  "mail.ru",
]);

export const replyToDiffers = messageRule({
  id: "eml-reply-to-freemail",
  severity: "hint",
  level: "practice",
  references: [],
  title: "Answers go to a free mailbox of another domain",
  messages: { default: "Answers go to {reply}, while the author is at {from}. This is common in fraud; look twice." },
  why: "A forged From needs another address to receive the answers.",
  fix: "Use an address of your own domain in Reply-To.",
  elsewhere: "SpamAssassin FREEMAIL_FORGED_REPLYTO",
  wrong: sample("Reply-To: eve@gmail.com"),
  right: sample("Reply-To: support@a.example"),
  check(context) {
    const from = context.first("from");
    const reply = context.first("reply-to");
    if (from === undefined || reply === undefined || context.list) return;
    const author = context.addresses(from).mailboxes[0]?.domain.toLowerCase() ?? "";
    const target = context.addresses(reply).mailboxes[0]?.domain.toLowerCase() ?? "";
    if (author !== "" && FREEMAIL.has(target) && !FREEMAIL.has(author))
      context.report({ at: reply.valueSpan, data: { reply: target, from: author } });
  },
});

const RISKY = /\.(?:exe|scr|com|pif|bat|cmd|js|jse|vbs|vbe|wsf|hta|lnk|msi|jar|iso|img|ps1)$/i;

export const filenameDanger = messageRule({
  id: "eml-dangerous-file-name",
  severity: "information",
  level: "practice",
  references: [rfc(2183, "5")],
  title: "A file name that can do harm",
  messages: {
    path: "The file name holds a path. A careless program would write outside its folder; name the file only.",
    double: "The file name {name} ends like a document but is a program.",
    default: "The attachment {name} is a program. Most receivers refuse it.",
  },
  why: "Attachments of these kinds are what malware comes in.",
  fix: "Send an archive or a link, and name the file plainly.",
  wrong: sample(
    'MIME-Version: 1.0\nContent-Type: application/octet-stream\nContent-Disposition: attachment; filename="invoice.pdf.exe"',
  ),
  right: sample(
    'MIME-Version: 1.0\nContent-Type: application/pdf\nContent-Disposition: attachment; filename="invoice.pdf"',
  ),
  check(context) {
    for (const { name, field } of context.fileNames) {
      const data = { name: short(name, 50) };
      if (/(?:^|[/\\])\.\.[/\\]|^[/\\]|^[A-Za-z]:\\/.test(name))
        context.report({ at: field.valueSpan, message: "path", data, severity: "warning" });
      else if (RISKY.test(name)) {
        const double = /\.(?:pdf|docx?|xlsx?|jpe?g|png|txt|html?)\s*\.[a-z0-9]{2,4}$/i.test(name);
        context.report({
          at: field.valueSpan,
          message: double ? "double" : "default",
          data,
          severity: double ? "warning" : undefined,
        });
      }
    }
  },
});

export const spoofing = [otherAddress, invisible, mixedScript, replyToDiffers, filenameDanger];
