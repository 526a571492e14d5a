import { fieldInfo, knownFieldNames } from "../../message/fields.js";
import type { Field } from "../../message/header.js";
import { encodeWords, findWords } from "../../message/words.js";
import { messageRule, replaceFix, rfc, sample, short, wholeField } from "./support.js";

/** Which fields there are, how often, and what their values hold. */

/** Fields that may occur once (RFC 5322 §3.6, RFC 2045 §3); a second one is read differently by everyone. */
const ONCE: ReadonlySet<string> = new Set([
  "from",
  "sender",
  "reply-to",
  "to",
  "cc",
  "bcc",
  "message-id",
  "in-reply-to",
  "references",
  "subject",
  "date",
  "mime-version",
  "content-type",
  "content-transfer-encoding",
  "content-disposition",
  "content-id",
]);
/** A second one of these changes who the message seems to be from, or what is shown. */
const DANGEROUS: ReadonlySet<string> = new Set([
  "from",
  "subject",
  "date",
  "content-type",
  "content-transfer-encoding",
  "to",
]);

export const hdrDuplicate = messageRule({
  id: "hdr-duplicate",
  severity: "error",
  references: [rfc(5322, "3.6"), rfc(7103, "7.5.1")],
  title: "A field that may occur once is repeated",
  messages: {
    default:
      "{name} may occur once, and this is another one. Readers disagree on which counts, and Gmail refuses the message; keep one.",
    same: "{name} may occur once and is repeated here with the same value. Gmail refuses such messages; remove one.",
    first: "{name} stands here already",
    fix: "Remove the repeated field",
  },
  why: "Some readers take the first, some the last, some join them. Attackers use the difference to show one sender and sign another.",
  fix: "Find the program that adds the second one. Keep the one the author wrote.",
  elsewhere: "Gmail “duplicate headers”, Suricata duplicate_fields, SpamAssassin HEADER_COUNT_CTYPE",
  fixable: true,
  wrong: sample("From: Alice <alice@a.example>\nFrom: Eve <eve@e.example>\nSubject: Greetings\nSubject: Greetings"),
  right: sample(""),
  check(context) {
    for (const part of context.ownParts) {
      const seen = new Map<string, Field>();
      for (const field of part.header.fields) {
        if (!ONCE.has(field.key)) continue;
        const first = seen.get(field.key);
        if (first === undefined) {
          seen.set(field.key, field);
          continue;
        }
        const same = first.text === field.text;
        context.report({
          at: field.nameSpan,
          message: same ? "same" : "default",
          data: { name: field.name },
          severity: DANGEROUS.has(field.key) ? undefined : "warning",
          related: [{ at: first.nameSpan, message: "first", data: { name: field.name } }],
          fix: same ? replaceFix(wholeField(field), "", "structure") : undefined,
        });
      }
    }
  },
});

const STRUCTURED: ReadonlySet<string> = new Set([
  "from",
  "sender",
  "reply-to",
  "date",
  "message-id",
  "mime-version",
  "content-type",
  "content-transfer-encoding",
  "content-disposition",
]);

export const emptyField = messageRule({
  id: "eml-empty-field",
  severity: "information",
  outbound: "warning",
  references: [rfc(5322, "3.6")],
  title: "A field without value that needs one",
  messages: {
    default: "{name} has no value. An empty one is not allowed; fill it in or leave the field out.",
    fix: "Remove the field",
  },
  why: "The grammar of these fields has no empty form, and strict receivers refuse it.",
  fix: "Leave the field out when there is nothing to say.",
  fixable: true,
  wrong: sample("Reply-To:"),
  right: sample("Reply-To: <a@a.example>"),
  check(context) {
    for (const field of context.fields) {
      if (!STRUCTURED.has(field.key) || field.text !== "") continue;
      const fix =
        field.key === "from" || field.key === "date" ? undefined : replaceFix(wholeField(field), "", "structure");
      context.report({ at: field.nameSpan, data: { name: field.name }, fix });
    }
  },
});

const UNSTRUCTURED: ReadonlySet<string> = new Set(["subject", "comments", "content-description"]);

export const nonAscii = messageRule({
  id: "eml-header-non-ascii",
  severity: "information",
  outbound: "warning",
  references: [rfc(6532, "3.2"), rfc(2047, "5")],
  title: "Characters beyond ASCII in a field",
  messages: {
    default:
      "{name} holds characters beyond ASCII as they are. Only servers with SMTPUTF8 pass them on; write them as encoded words.",
    octets:
      "{name} holds octets that are no UTF-8. Nobody can tell which characters they are; write them as encoded words.",
    fix: "Write the value as encoded words",
  },
  why: "Without SMTPUTF8 on the whole way the characters are lost, shown wrong, or the message comes back.",
  fix: "Encode the text (RFC 2047), or use SMTPUTF8 from end to end.",
  elsewhere: "SpamAssassin SUBJ_ILLEGAL_CHARS, FROM_ILLEGAL_CHARS",
  fixable: true,
  wrong: sample("Subject: Grüße"),
  right: sample("Subject: =?UTF-8?B?R3LDvMOfZQ==?="),
  check(context) {
    const international = context.all("received").some((field) => /with\s+UTF8/i.test(field.value.text));
    for (const field of context.fields) {
      const { text } = field.value;
      const at = text.search(/[\u0080-\uffff]/);
      if (at < 0) continue;
      const octets = text.includes("\uFFFD");
      if (international && !octets) continue;
      const fix =
        UNSTRUCTURED.has(field.key) && !octets && findWords(text).length === 0
          ? replaceFix(field.valueSpan, encodeWords(field.text))
          : undefined;
      context.report({
        at: field.value.span(at, at + 1),
        message: octets ? "octets" : "default",
        data: { name: field.name },
        fix,
      });
    }
  },
});

export const typo = messageRule({
  id: "eml-field-name-typo",
  severity: "information",
  level: "practice",
  references: [{ document: "IANA Message Headers" }],
  title: "A field name that is probably misspelt",
  messages: {
    default: "There is no field {name}. If {known} was meant, no program understands it this way; correct the name.",
    fix: "Write {known}",
  },
  why: "Unknown fields are ignored silently, so a misspelt one does nothing.",
  fix: "Correct the name. Private fields are better named with your product's name.",
  fixable: true,
  wrong: sample("Repyl-To: a@a.example"),
  right: sample("Reply-To: a@a.example"),
  check(context) {
    for (const field of context.fields) {
      if (field.key.startsWith("x-") || field.key.length < 6 || fieldInfo(field.key) !== undefined) continue;
      const known = knownFieldNames().find((name) => isNear(field.key, name.toLowerCase()));
      if (known === undefined) continue;
      const fix = { ...replaceFix(field.nameSpan, known), data: { known } };
      context.report({ at: field.nameSpan, data: { name: field.name, known }, fix });
    }
  },
});

/** One letter more, less, other, or two neighbours exchanged. */
function isNear(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let k = 0;
  while (k < a.length && k < b.length && a[k] === b[k]) k++;
  const rest = (text: string, from: number): string => text.slice(from);
  if (a.length === b.length) {
    if (rest(a, k + 1) === rest(b, k + 1)) return true;
    return a[k] === b[k + 1] && a[k + 1] === b[k] && rest(a, k + 2) === rest(b, k + 2);
  }
  return a.length > b.length ? rest(a, k + 1) === rest(b, k) : rest(a, k) === rest(b, k + 1);
}

export const hdrBccSent = messageRule({
  id: "hdr-bcc-sent",
  severity: "information",
  outbound: "warning",
  level: "practice",
  references: [rfc(5322, "3.6.3"), rfc(5322, "5")],
  title: "Bcc with addresses in a sent message",
  messages: {
    default:
      "Bcc is in the message, so every recipient can read who was copied in secret. Remove the field before sending.",
    fix: "Remove Bcc",
  },
  why: "Bcc recipients belong into the envelope only.",
  fix: "Take Bcc out of the copy that is sent.",
  fixable: true,
  wrong: sample("Bcc: carol@c.example"),
  right: sample("Cc: carol@c.example"),
  check(context) {
    for (const field of context.all("bcc")) {
      if (context.addresses(field).mailboxes.length === 0) continue;
      context.report({ at: field.nameSpan, fix: replaceFix(wholeField(field), "", "structure") });
    }
  },
});

export const injection = messageRule({
  id: "eml-header-injection",
  severity: "warning",
  level: "practice",
  references: [rfc(2047, "5"), { document: "CWE-93" }],
  title: "A line end hidden in an encoded word",
  messages: {
    default:
      "This encoded word holds a line end. Programs that decode before they fold can be made to see another field here.",
  },
  why: "It is the classic way to smuggle a Bcc or another From through a web form.",
  fix: "Refuse CR and LF in anything a visitor types into a header.",
  wrong: sample("Subject: =?utf-8?Q?x=0D=0ABcc=3A_e=40e.example?="),
  right: sample("Subject: =?utf-8?Q?x?="),
  check(context) {
    for (const field of context.fields) {
      for (const word of findWords(field.value.text)) {
        // A line end as the very last octet is a careless program, not an attack.
        if (word.bytes.subarray(0, -2).some((byte) => byte === 10 || byte === 13))
          context.report({ at: field.value.span(word.from, word.to) });
      }
    }
  },
});

const TEMPLATE = /\{\{[^{}]{0,60}\}\}|%%[A-Za-z_]{2,40}%%|\$\{[A-Za-z_.]{1,40}\}|\*\|[A-Z_:]{2,40}\|\*|<%=[^%]{0,60}%>/;

export const template = messageRule({
  id: "eml-unresolved-template",
  severity: "information",
  outbound: "warning",
  level: "practice",
  references: [],
  title: "A placeholder that was not filled in",
  messages: { default: "{text} looks like a placeholder that nobody filled in. The recipient sees it as it is." },
  why: "It tells every reader that the mail was made by a machine, and filters look for it.",
  fix: "Check the data the template is filled with; give the placeholder a default.",
  elsewhere: "SpamAssassin UNRESOLVED_TEMPLATE",
  wrong: sample("Subject: Hello {{first_name}}"),
  right: sample("Subject: Hello Bob"),
  check(context) {
    for (const field of context.fields) {
      if (!["subject", "from", "to", "reply-to"].includes(field.key)) continue;
      const match = TEMPLATE.exec(field.value.text);
      if (match !== null)
        context.report({
          at: field.value.span(match.index, match.index + match[0].length),
          data: { text: short(match[0], 40) },
        });
    }
  },
});

export const hdrReturnPath = messageRule({
  id: "hdr-return-path",
  severity: "off",
  outbound: "information",
  level: "SHOULD",
  references: [rfc(5321, "4.4"), rfc(7103, "7.5.3")],
  title: "Return-Path in a message that is to be sent",
  messages: {
    default:
      "Return-Path is written by the server that delivers the message. Remove it from mail you send; the envelope's sender decides.",
    fix: "Remove Return-Path",
  },
  why: "The delivering server replaces it. Until then it may mislead filters and bounces.",
  fix: "Set the sender of the envelope instead.",
  fixable: true,
  wrong: sample("Return-Path: <alice@a.example>"),
  right: sample(""),
  check(context) {
    for (const field of context.all("return-path"))
      context.report({ at: field.nameSpan, fix: replaceFix(wholeField(field), "", "structure") });
  },
});

export const tlsRequiredValue = messageRule({
  id: "tls-required-value",
  severity: "warning",
  references: [rfc(8689, "3")],
  title: "TLS-Required with another value than No",
  messages: {
    default:
      "TLS-Required knows one value, No: deliver even where TLS cannot be checked. {text} is none; for delivery over TLS only, MAIL needs REQUIRETLS.",
    twice: "TLS-Required may occur once; keep one.",
  },
  why: "The field can only relax TLS for one message. Servers pass over another value, so the message travels as if the field were not there.",
  fix: "Remove the field, or write No if delivery matters more than protection. To demand TLS, send MAIL with REQUIRETLS to a server that announces it (RFC 8689 §2).",
  wrong: sample("TLS-Required: yes"),
  right: sample("TLS-Required: No"),
  check(context) {
    const [first, second] = context.all("tls-required");
    if (second) context.report({ at: second.nameSpan, message: "twice" });
    const text = first?.text.trim() ?? "No";
    if (first && text.toLowerCase() !== "no")
      context.report({ at: first.nameSpan, data: { text: text === "" ? "“”" : short(text, 40) } });
  },
});

export const resent = messageRule({
  id: "eml-resent-incomplete",
  severity: "information",
  outbound: "warning",
  references: [rfc(5322, "3.6.6")],
  title: "Resent fields without Resent-From and Resent-Date",
  messages: { default: "A message that is sent again needs Resent-From and Resent-Date; {missing} is missing." },
  why: "Resent fields form a block that says who passed the message on and when.",
  fix: "Add the missing field to the block.",
  wrong: sample("Resent-From: carol@c.example"),
  right: sample("Resent-From: carol@c.example\nResent-Date: Mon, 23 Nov 2026 11:00:00 +0000"),
  check(context) {
    const block = context.fields.find((field) => /^resent-(?:from|date|to|cc|sender|message-id)$/.test(field.key));
    if (block === undefined) return;
    const missing = ["Resent-From", "Resent-Date"].filter((name) => context.first(name.toLowerCase()) === undefined);
    if (missing.length > 0) context.report({ at: block.nameSpan, data: { missing: missing.join(", ") } });
  },
});

export const autoSubmitted = messageRule({
  id: "eml-auto-submitted",
  severity: "information",
  references: [rfc(3834, "5")],
  title: "An unknown value of Auto-Submitted",
  messages: {
    default:
      "Auto-Submitted knows “no”, “auto-generated” and “auto-replied”. Other programs may not see that this is automatic mail.",
  },
  why: "Out-of-office programs look at this field to avoid answering machines.",
  fix: "Use auto-generated for notices and auto-replied for answers.",
  wrong: sample("Auto-Submitted: yes"),
  right: sample("Auto-Submitted: auto-generated"),
  check(context) {
    const field = context.first("auto-submitted");
    if (field !== undefined && !/^(?:no|auto-generated|auto-replied|auto-notified)\b/i.test(field.text))
      context.report({ at: field.valueSpan });
  },
});

export const headerContent = [
  hdrDuplicate,
  emptyField,
  nonAscii,
  typo,
  hdrBccSent,
  injection,
  template,
  hdrReturnPath,
  tlsRequiredValue,
  resent,
  autoSubmitted,
];
