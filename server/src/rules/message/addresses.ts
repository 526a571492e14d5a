import { type AddressProblem, type AddressProblemKind, type Mailbox, readAddresses } from "../../message/address.js";
import type { Field } from "../../message/header.js";
import type { Range } from "../../message/unfolded.js";
import type { Fix } from "../types.js";
import { messageRule, replaceFix, replaceIn, rfc, sample, short } from "./support.js";
import type { MessageContext } from "./types.js";

/** How addresses are written. */

const FIELDS: ReadonlySet<string> = new Set([
  "from",
  "sender",
  "reply-to",
  "to",
  "cc",
  "bcc",
  "resent-from",
  "resent-to",
]);

interface Found {
  readonly field: Field;
  readonly problem: AddressProblem;
}

function problems(context: MessageContext, kind: AddressProblemKind): Found[] {
  const out: Found[] = [];
  for (const field of context.fields) {
    // Octets that were no UTF-8 have their own finding; an empty field too.
    if (!FIELDS.has(field.key) || field.value.text.includes("\uFFFD")) continue;
    for (const problem of context.addresses(field).problems) if (problem.kind === kind) out.push({ field, problem });
  }
  return out;
}

/**
 * The white space of a fold in the middle of an address: columns of a value. Undefined where none stands there, where
 * there is more white space than that, or where the pieces make no address without it.
 */
function cutByFold(field: Field, range: Range): Range | undefined {
  const { text, folds } = field.value;
  const gaps = [...text.slice(range.from, range.to).matchAll(/\s+/g)];
  const gap = gaps[0];
  if (gap === undefined || gaps.length > 1) return undefined;
  const from = range.from + gap.index;
  const to = from + gap[0].length;
  const joined = text.slice(range.from, from) + text.slice(to, range.to);
  const read = readAddresses(joined);
  const whole = read.problems.length === 0 && read.mailboxes[0]?.address === joined;
  return whole && folds.some((fold) => fold >= from && fold <= to) ? { from, to } : undefined;
}

/** Takes the fold out of an address. */
function unfoldFix(field: Field, address: Range, gap: Range): Fix {
  const { start } = field.value.span(gap.to, address.to);
  const { end } = field.value.span(address.from, gap.from);
  return replaceFix({ start: end, end: start }, "", "spelling", "fix");
}

/** Whether the element that holds a range has a bracket or quote without its other half, which is the finding then. */
function unbalancedAround(context: MessageContext, { field, problem }: Found): boolean {
  const { mailboxes, problems: all } = context.addresses(field);
  const box = mailboxes.find((one) => one.range.from <= problem.range.from && problem.range.to <= one.range.to);
  return all.some(
    ({ kind, range }) =>
      kind === "unbalanced" && box !== undefined && range.from >= box.range.from && range.from <= box.range.to,
  );
}

const textOf = ({ field, problem }: Found): string => field.value.text.slice(problem.range.from, problem.range.to);

export const hdrBadAddress = messageRule({
  id: "hdr-bad-address",
  severity: "error",
  references: [rfc(5322, "3.4.1")],
  title: "An address that breaks the grammar",
  messages: {
    default: "{text} is no valid address. Readers guess or drop it, and answers will not arrive; correct it.",
    folded: "A fold cuts this address in two, so it is not valid. Answers will not arrive; put it on one line.",
    fix: "Put the address on one line",
  },
  why: "Receivers refuse mail with a broken From. A broken recipient loses its copy when somebody answers to all.",
  fix: "Write `local@domain`; quote what is unusual before the @.",
  elsewhere: "SpamAssassin INVALID_*",
  fixable: true,
  wrong: sample("To: a..b@b.example\nCc: Bob <bob@b.exa\n mple>"),
  right: sample("To: a.b@b.example\nCc: Bob\n <bob@b.example>"),
  check(context) {
    for (const found of problems(context, "invalid")) {
      const { field, problem } = found;
      const gap = cutByFold(field, problem.range);
      if (gap === undefined && unbalancedAround(context, found)) continue;
      context.report({
        at: field.value.spanOf(problem.range),
        message: gap === undefined ? "default" : "folded",
        data: { text: short(textOf(found)) },
        severity: field.key === "from" ? undefined : "warning",
        fix: gap === undefined ? undefined : unfoldFix(field, problem.range, gap),
      });
    }
  },
});

export const noDomain = messageRule({
  id: "eml-address-no-domain",
  severity: "information",
  outbound: "warning",
  references: [rfc(5322, "3.4.1"), rfc(7103, "7.1.7")],
  title: "An address without a domain",
  messages: {
    default: "{text} has no @ and domain. Outside the own server nobody can answer it; write the full address.",
  },
  why: "Local names are common in notices of servers. Each relay completes them with its own domain, or does not.",
  fix: "Write the address with its domain.",
  wrong: sample("To: bob"),
  right: sample("To: bob@b.example"),
  check(context) {
    for (const found of problems(context, "no-domain"))
      context.report({
        at: found.field.value.spanOf(found.problem.range),
        data: { text: short(textOf(found)) },
        severity: context.notice ? "hint" : undefined,
      });
  },
});

export const nullAddress = messageRule({
  id: "eml-address-empty",
  severity: "hint",
  outbound: "warning",
  references: [rfc(5322, "3.4")],
  title: "Empty angle brackets as an address",
  messages: { default: "<> is only allowed in Return-Path and in the envelope. Put an address here." },
  why: "Some servers write it as the sender of bounces; nobody can answer it.",
  fix: "Use an address that exists, such as MAILER-DAEMON@your-domain.",
  wrong: sample("From: MAILER-DAEMON <>"),
  right: sample("From: MAILER-DAEMON <mailer-daemon@a.example>"),
  check(context) {
    for (const { field, problem } of problems(context, "null-address"))
      context.report({ at: field.value.spanOf(problem.range) });
  },
});

export const unbalanced = messageRule({
  id: "eml-address-unbalanced",
  severity: "warning",
  outbound: "error",
  references: [rfc(5322, "3.4"), rfc(7103, "7.1")],
  title: "A bracket, quote or comment without its other half",
  messages: { default: "This has no counterpart, so what follows is read as part of it. Close it or remove it." },
  why: "From here on readers disagree on where the address is.",
  fix: "Write both halves.",
  elsewhere: "SpamAssassin UNCLOSED_BRACKET",
  wrong: sample('To: "Bob <bob@b.example>'),
  right: sample('To: "Bob" <bob@b.example>'),
  check(context) {
    for (const { field, problem } of problems(context, "unbalanced"))
      context.report({ at: field.value.spanOf(problem.range) });
  },
});

export const missingBrackets = messageRule({
  id: "eml-address-missing-brackets",
  severity: "warning",
  outbound: "error",
  references: [rfc(5322, "3.4")],
  title: "A name and an address without angle brackets",
  messages: {
    default: "A name stands before this address, but the address is not in angle brackets. Write name <address>.",
    folded:
      "The line is folded in front of this, so it reads as a name and an address. Join the lines if the fold cuts the address; else write name <address>.",
    fix: "Put the address in angle brackets",
  },
  why: "Without brackets the words are part of the address, which is then invalid.",
  fix: "Put the address in angle brackets.",
  fixable: true,
  wrong: sample("To: Bob Jones bob@b.example\nCc: long-\n name@b.example"),
  right: sample("To: Bob Jones <bob@b.example>"),
  check(context) {
    for (const { field, problem } of problems(context, "missing-brackets")) {
      if (cutByFold(field, problem.range) !== undefined) {
        context.report({ at: field.value.spanOf(problem.range), message: "folded" });
        continue;
      }
      const box = context.addresses(field).mailboxes.find((item) => item.range.from === problem.range.from);
      const fix = box === undefined ? undefined : replaceIn(field, box.addressRange, `<${box.address}>`);
      context.report({ at: field.value.spanOf(problem.range), fix });
    }
  },
});

export const unquoted = messageRule({
  id: "eml-address-unquoted-name",
  severity: "information",
  outbound: "warning",
  references: [rfc(5322, "3.2.5")],
  title: "A name with special characters that is not quoted",
  messages: {
    default:
      "This name holds characters that separate addresses. Readers see two addresses or none; put the name in quotes.",
    fix: "Put the name in quotes",
  },
  why: "A comma ends an address, an @ or a colon begins another construct.",
  fix: "Put the name in double quotes.",
  fixable: true,
  wrong: sample("To: Jones, Bob <bob@b.example>"),
  right: sample('To: "Jones, Bob" <bob@b.example>'),
  check(context) {
    for (const { field, problem } of problems(context, "unquoted-specials")) {
      const name = field.value.text.slice(problem.range.from, problem.range.to);
      const fix = /["\\]|=\?/.test(name) ? undefined : replaceIn(field, problem.range, `"${name.trim()}"`);
      context.report({ at: field.value.spanOf(problem.range), fix });
    }
  },
});

export const emptyElement = messageRule({
  id: "eml-address-empty-element",
  severity: "information",
  outbound: "warning",
  references: [rfc(5322, "4.4")],
  title: "A comma with no address before it",
  messages: {
    default:
      "There is no address between these commas. This obsolete form is refused by strict programs; remove the comma.",
    fix: "Remove the comma",
  },
  why: "Only the obsolete grammar allows empty elements in a list.",
  fix: "Remove the extra comma.",
  fixable: true,
  wrong: sample("To: bob@b.example,,carol@c.example"),
  right: sample("To: bob@b.example, carol@c.example"),
  check(context) {
    for (const { field, problem } of problems(context, "empty-element"))
      context.report({ at: field.value.spanOf(problem.range), fix: replaceIn(field, problem.range, "") });
  },
});

export const semicolon = messageRule({
  id: "eml-address-semicolon",
  severity: "warning",
  references: [rfc(5322, "3.4")],
  title: "Addresses separated by a semicolon",
  messages: {
    default: "Addresses are separated by commas; what follows this semicolon may be lost. Write a comma.",
    fix: "Write a comma",
  },
  why: "The semicolon only ends a group. Outlook shows it between addresses, which is where it gets copied from.",
  fix: "Separate addresses by commas.",
  fixable: true,
  wrong: sample("To: bob@b.example; carol@c.example"),
  right: sample("To: bob@b.example, carol@c.example"),
  check(context) {
    for (const { field, problem } of problems(context, "semicolon-separator")) {
      const last = field.value.text.slice(problem.range.to).trim() === "";
      context.report({ at: field.value.spanOf(problem.range), fix: replaceIn(field, problem.range, last ? "" : ",") });
    }
  },
});

export const obsoleteRoute = messageRule({
  id: "eml-address-route",
  severity: "warning",
  references: [rfc(5322, "4.4")],
  title: "A source route in an address",
  messages: { default: "Source routes are obsolete and ignored or refused. Remove it.", fix: "Remove the route" },
  why: "The route once named relays. No server follows it today, and filters see an attempt to relay.",
  fix: "Write the plain address.",
  fixable: true,
  wrong: sample("To: <@c.example:bob@b.example>"),
  right: sample("To: <bob@b.example>"),
  check(context) {
    for (const { field, problem } of problems(context, "obsolete-route"))
      context.report({ at: field.value.spanOf(problem.range), fix: replaceIn(field, problem.range, "") });
  },
});

export const groupInFrom = messageRule({
  id: "eml-group-in-from",
  severity: "warning",
  references: [rfc(6854), { document: "CERT VU#517845" }],
  title: "A group in From",
  messages: {
    default:
      "From holds a group. Readers and DMARC checkers pick different addresses from it, which hides who sent this.",
  },
  why: "Groups in From are legal but rare, and are used to show one address and pass the checks with another.",
  fix: "Write a plain mailbox in From.",
  wrong: sample("From: Team: alice@a.example;"),
  right: sample("From: Team <alice@a.example>"),
  check(context) {
    for (const field of context.all("from")) {
      for (const item of context.addresses(field).items)
        if (item.kind === "group") context.report({ at: field.value.spanOf(item.range) });
    }
  },
});

export const hdrMultipleFromNoSender = messageRule({
  id: "hdr-multiple-from-no-sender",
  severity: "warning",
  outbound: "error",
  references: [rfc(5322, "3.6.2")],
  title: "Several From addresses and no Sender",
  messages: {
    default: "From names {count} people, so Sender must say which of them sent this. Gmail refuses such mail.",
    fix: "Add Sender with the first address",
  },
  why: "With several authors nobody knows who answers for the message; DMARC has no single domain to check.",
  fix: "Add Sender with one mailbox, or write one address in From.",
  fixable: true,
  wrong: sample("From: alice@a.example, carol@a.example"),
  right: sample("From: alice@a.example, carol@a.example\nSender: alice@a.example"),
  check(context) {
    const field = context.first("from");
    if (field === undefined || context.first("sender") !== undefined) return;
    const boxes = context.addresses(field).mailboxes.filter((box) => box.domain !== "");
    if (boxes.length < 2) return;
    const end = field.span.end;
    const text = `${context.eol}Sender: ${(boxes[0] as Mailbox).address}`;
    const fix = replaceFix({ start: end, end }, text, "structure");
    context.report({ at: field.valueSpan, data: { count: boxes.length }, fix });
  },
});

export const tooLong = messageRule({
  id: "eml-address-too-long",
  severity: "warning",
  references: [rfc(5321, "4.5.3.1")],
  title: "An address that is too long for SMTP",
  messages: {
    default: "The part before “@” has {length} octets; SMTP guarantees {limit}. Servers may refuse it.",
    domain: "The domain has {length} octets; SMTP guarantees {limit}. Servers may refuse it.",
  },
  why: "Servers need not take more than 64 octets before the @ and 255 behind it.",
  fix: "Use a shorter address.",
  wrong: sample(`To: ${"b".repeat(70)}@b.example`),
  right: sample(`To: ${"b".repeat(60)}@b.example`),
  check(context) {
    for (const field of context.fields) {
      if (!FIELDS.has(field.key)) continue;
      for (const box of context.addresses(field).mailboxes) {
        if (box.domain === "") continue;
        const at = field.value.spanOf(box.addressRange);
        if (box.local.length > 64) context.report({ at, data: { length: box.local.length, limit: 64 } });
        if (box.domain.length > 255)
          context.report({ at, message: "domain", data: { length: box.domain.length, limit: 255 } });
      }
    }
  },
});

export const addresses = [
  hdrBadAddress,
  noDomain,
  nullAddress,
  unbalanced,
  missingBrackets,
  unquoted,
  emptyElement,
  semicolon,
  obsoleteRoute,
  groupInFrom,
  hdrMultipleFromNoSender,
  tooLong,
];
