import { alignment } from "../../message/authentication.js";
import { checkBodyHash, readSignatures, type Signature, unsignedOctets } from "../../message/dkim.js";
import type { Range } from "../../message/unfolded.js";
import { messageRule, rfc, sample, short } from "./support.js";
import type { MessageContext } from "./types.js";

/** DKIM signatures, as far as they can be judged offline. */

/** Hash of the body "Hello" as `sample` writes it. */
const BH = "Ba3gj8+xBPQLJTahTfzW6RbWQ/XPgESxkCi2B66PSQg=";
const B = "A".repeat(344);

const signature = (change: (tags: Record<string, string>) => Record<string, string>): string => {
  const tags = change({
    v: "1",
    a: "rsa-sha256",
    c: "relaxed/relaxed",
    d: "a.example",
    s: "k1",
    h: "from:to:subject:date",
    bh: BH,
    b: B,
  });
  return `DKIM-Signature: ${Object.entries(tags)
    .map(([name, value]) => `${name}=${value}`)
    .join("; ")}`;
};
const without = (name: string): string =>
  signature((tags) => Object.fromEntries(Object.entries(tags).filter(([key]) => key !== name)));
const GOOD = sample(signature((tags) => tags));

function each(context: MessageContext, look: (item: Signature) => void): void {
  for (const item of readSignatures(context.message)) look(item);
}

function place(item: Signature, range: Range | undefined): { start: number; end: number } {
  return range === undefined ? item.field.nameSpan : item.field.value.spanOf(range);
}

export const missingTag = messageRule({
  id: "dkim-missing-tag",
  severity: "warning",
  outbound: "error",
  references: [rfc(6376, "3.5")],
  title: "A DKIM signature without a required tag",
  messages: { default: "The signature lacks {tags}. Verifiers ignore it, so the message counts as unsigned." },
  why: "v, a, b, bh, d, h and s are required.",
  fix: "Look at the signing software; relays that fold or cut the field lose tags too.",
  wrong: sample(without("bh")),
  right: GOOD,
  check(context) {
    each(context, (item) => {
      const missing = ["v", "a", "b", "bh", "d", "h", "s"].filter(
        (name) => (item.tags.get(name)?.compact ?? "") === "",
      );
      if (missing.length > 0)
        context.report({ at: item.field.nameSpan, data: { tags: missing.map((tag) => `${tag}=`).join(", ") } });
    });
  },
});

export const badSyntax = messageRule({
  id: "dkim-bad-syntax",
  severity: "warning",
  outbound: "error",
  references: [rfc(6376, "3.2")],
  title: "A DKIM signature that is no list of tags",
  messages: {
    default: "This is no tag=value. Verifiers ignore the whole signature.",
    duplicate: "The tag {tag}= stands twice. Verifiers ignore the whole signature.",
  },
  why: "A tag list with a mistake is no signature at all.",
  fix: "Look at the signing software and at what changed the field on its way.",
  wrong: sample(signature((tags) => ({ ...tags, x: "1; junk" }))),
  right: GOOD,
  check(context) {
    each(context, (item) => {
      for (const range of item.tags.malformed) context.report({ at: place(item, range) });
      for (const tag of item.tags.duplicates)
        context.report({ at: place(item, tag.nameRange), message: "duplicate", data: { tag: short(tag.name, 20) } });
    });
  },
});

export const fromNotSigned = messageRule({
  id: "dkim-from-not-signed",
  severity: "warning",
  outbound: "error",
  references: [rfc(6376, "5.4"), rfc(6376, "6.1.1")],
  title: "A DKIM signature that does not cover From",
  messages: { default: "h= does not name From, which every signature must cover. Verifiers ignore it." },
  why: "A signature that leaves From open says nothing about the author.",
  fix: "Add from to the list of signed fields.",
  wrong: sample(signature((tags) => ({ ...tags, h: "to:subject" }))),
  right: GOOD,
  check(context) {
    each(context, (item) => {
      if (item.signed.length > 0 && !item.signed.includes("from"))
        context.report({ at: place(item, item.tags.get("h")?.valueRange) });
    });
  },
});

export const lengthTag = messageRule({
  id: "dkim-length-tag",
  severity: "information",
  outbound: "warning",
  level: "practice",
  references: [rfc(6376, "3.5"), rfc(6376, "8.2")],
  title: "A DKIM signature over only the beginning of the body",
  messages: {
    default:
      "l= signs only the first {length} octets. Anyone can add text behind them and the signature still holds; sign without l=.",
    open: "l= leaves {octets} octets of this body unsigned. They may be anybody's.",
  },
  why: "Attackers append a whole new HTML part behind the signed text and keep the good name of the signer.",
  fix: "Turn the body length limit off in the signing software.",
  wrong: sample(signature((tags) => ({ ...tags, l: "5" }))),
  right: GOOD,
  check(context) {
    each(context, (item) => {
      const tag = item.tags.get("l");
      if (tag === undefined) return;
      const octets = unsignedOctets(context.message, item.tags);
      context.report({
        at: place(item, tag.valueRange),
        message: octets > 0 ? "open" : "default",
        data: { length: short(tag.compact, 20), octets },
      });
    });
  },
});

export const sha1 = messageRule({
  id: "dkim-sha1",
  severity: "information",
  outbound: "warning",
  references: [rfc(8301, "3.1")],
  title: "A DKIM signature with SHA-1",
  messages: { default: "rsa-sha1 must not be used any more, and verifiers must not accept it. Sign with rsa-sha256." },
  why: "The message counts as unsigned.",
  fix: "Set the algorithm to rsa-sha256, or add ed25519-sha256.",
  wrong: sample(signature((tags) => ({ ...tags, a: "rsa-sha1" }))),
  right: GOOD,
  check(context) {
    each(context, (item) => {
      const tag = item.tags.get("a");
      if (tag?.compact.toLowerCase() === "rsa-sha1") context.report({ at: place(item, tag.valueRange) });
    });
  },
});

export const shortKey = messageRule({
  id: "dkim-short-key",
  severity: "information",
  outbound: "warning",
  references: [rfc(8301, "3.2")],
  title: "A DKIM key that is too short",
  messages: {
    default: "The signature was made with a key of about {bits} bits. Less than 1024 must not be accepted; use 2048.",
  },
  why: "Short keys can be broken, and Gmail ignores them.",
  fix: "Make a key of 2048 bits and publish it.",
  wrong: sample(signature((tags) => ({ ...tags, b: "A".repeat(88) }))),
  right: GOOD,
  check(context) {
    each(context, (item) => {
      const tag = item.tags.get("b");
      const algorithm = item.tags.get("a")?.compact.toLowerCase() ?? "";
      if (tag === undefined || !algorithm.startsWith("rsa-") || !/^[A-Za-z0-9+/]{20,}={0,2}$/.test(tag.compact)) return;
      const bits = Math.floor((tag.compact.replace(/=+$/, "").length * 6) / 8) * 8;
      if (bits < 1000) context.report({ at: place(item, tag.nameRange), data: { bits } });
    });
  },
});

export const expired = messageRule({
  id: "dkim-expired",
  severity: "information",
  references: [rfc(6376, "3.5")],
  title: "A DKIM signature that expires before it begins, or was late",
  messages: {
    default: "x= is not after t=, so the signature was never valid. Correct the signing software.",
    late: "The signature had expired when the message was received.",
  },
  why: "Verifiers may ignore an expired signature.",
  fix: "Give signatures a week or more, or leave x= out.",
  wrong: sample(signature((tags) => ({ ...tags, t: "1795428000", x: "1795420000" }))),
  right: sample(signature((tags) => ({ ...tags, t: "1795428000", x: "1796428000" }))),
  check(context) {
    each(context, (item) => {
      const x = item.tags.get("x");
      const end = numberOf(x?.compact);
      if (x === undefined || end === undefined) return;
      const start = numberOf(item.tags.get("t")?.compact);
      const arrived = context.route[0]?.time;
      if (start !== undefined && end <= start) context.report({ at: place(item, x.valueRange), severity: "warning" });
      else if (arrived !== undefined && end * 1000 < arrived)
        context.report({ at: place(item, x.valueRange), message: "late" });
    });
  },
});

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,12}$/.test(text) ? Number(text) : undefined;
}

export const identity = messageRule({
  id: "dkim-identity-outside-domain",
  severity: "warning",
  outbound: "error",
  references: [rfc(6376, "3.5")],
  title: "i= is not inside d=",
  messages: { default: "i= names {identity}, which does not lie in {domain}. Verifiers ignore the signature." },
  why: "The identity must be the signing domain or one below it.",
  fix: "Leave i= out, or use the domain of d=.",
  wrong: sample(signature((tags) => ({ ...tags, i: "@other.example" }))),
  right: sample(signature((tags) => ({ ...tags, i: "@www.a.example" }))),
  check(context) {
    each(context, (item) => {
      const tag = item.tags.get("i");
      if (tag === undefined || item.domain === "") return;
      const domain = tag.compact.slice(tag.compact.lastIndexOf("@") + 1).toLowerCase();
      if (domain !== item.domain && !domain.endsWith(`.${item.domain}`))
        context.report({
          at: place(item, tag.valueRange),
          data: { identity: short(tag.compact), domain: short(item.domain) },
        });
    });
  },
});

export const bodyChanged = messageRule({
  id: "dkim-body-changed",
  severity: "information",
  outbound: "warning",
  party: "network",
  references: [rfc(6376, "3.7")],
  title: "The body was changed after it was signed",
  messages: {
    default:
      "The body does not match bh=: it was changed after {domain} signed it, so this signature fails. A footer, a scanner, a gateway, or an edit of this file.",
    list: "The body does not match bh=: the list changed it, for instance by a footer, so the signature of {domain} fails.",
  },
  why: "With the signature DMARC may fail too. The key and the header are not the problem.",
  fix: "Find what changes the body between the signer and here. Lists: sign anew, or leave the body as it is.",
  wrong: sample(signature((tags) => ({ ...tags, bh: "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" }))),
  right: GOOD,
  check(context) {
    each(context, (item) => {
      if (checkBodyHash(context.message, item.tags) !== "differs") return;
      const tag = item.tags.get("bh");
      context.report({
        at: place(item, tag?.valueRange),
        message: context.list ? "list" : "default",
        data: { domain: short(item.domain) },
        severity: context.list ? "hint" : undefined,
      });
    });
  },
});

const SHOULD_SIGN = ["to", "cc", "subject", "date", "reply-to", "mime-version", "content-type", "list-unsubscribe"];

export const unsignedFields = messageRule({
  id: "dkim-unsigned-fields",
  severity: "off",
  outbound: "information",
  level: "SHOULD",
  references: [rfc(6376, "5.4.1")],
  title: "Important fields are not signed",
  messages: {
    default: "The signature does not cover {fields}. They can be changed on the way and the signature still holds.",
  },
  why: "The RFC lists the fields that a signature should cover.",
  fix: "Add them to the list of signed fields.",
  wrong: sample(signature((tags) => ({ ...tags, h: "from" }))),
  right: GOOD,
  check(context) {
    each(context, (item) => {
      if (item.signed.length === 0) return;
      const open = SHOULD_SIGN.filter((name) => context.first(name) !== undefined && !item.signed.includes(name));
      if (open.length > 0)
        context.report({ at: place(item, item.tags.get("h")?.valueRange), data: { fields: open.join(", ") } });
    });
  },
});

export const duplicateSigned = messageRule({
  id: "dkim-duplicate-field-not-covered",
  severity: "warning",
  level: "practice",
  references: [rfc(6376, "8.15")],
  title: "A signed field occurs more often than it is signed",
  messages: {
    default:
      "{name} occurs {count} times, but the signature covers fewer. The upper one may be forged and the signature still holds.",
  },
  why: "DKIM takes the instances from the bottom up; many readers show the top one.",
  fix: "Sign important fields once more than they occur.",
  wrong: sample(`${signature((tags) => tags)}\nSubject: Greetings\nSubject: Other`),
  right: GOOD,
  check(context) {
    each(context, (item) => {
      for (const name of ["from", "subject", "to", "date", "reply-to"]) {
        const covered = item.signed.filter((signed) => signed === name).length;
        const fields = context.all(name);
        if (covered === 0 || fields.length <= covered) continue;
        const field = fields[0] as (typeof fields)[number];
        context.report({ at: field.nameSpan, data: { name: field.name, count: fields.length } });
      }
    });
  },
});

export const notAligned = messageRule({
  id: "dkim-not-aligned",
  severity: "hint",
  outbound: "warning",
  level: "practice",
  references: [{ document: "RFC 9989" }],
  title: "No signature belongs to the From domain",
  messages: {
    default:
      "From is at {from}, but the signatures are of {signers}. For DMARC only a signature of the From domain counts.",
  },
  why: "With a foreign signature only SPF can satisfy DMARC, and forwards break that.",
  fix: "Let the sending service sign with your domain.",
  wrong: sample(signature((tags) => ({ ...tags, d: "mailer.test" }))),
  right: GOOD,
  check(context) {
    const field = context.first("from");
    const from = field === undefined ? "" : (context.addresses(field).mailboxes[0]?.domain.toLowerCase() ?? "");
    const items = readSignatures(context.message).filter((item) => item.domain !== "");
    if (from === "" || items.length === 0 || context.list) return;
    if (items.some((item) => alignment(from, item.domain) !== "none")) return;
    const signers = short(items.map((item) => item.domain).join(", "), 80);
    const first = items[0] as Signature;
    context.report({ at: place(first, first.tags.get("d")?.valueRange), data: { from: short(from), signers } });
  },
});

export const dkim = [
  missingTag,
  badSyntax,
  fromNotSigned,
  lengthTag,
  sha1,
  shortKey,
  expired,
  identity,
  bodyChanged,
  unsignedFields,
  duplicateSigned,
  notAligned,
];
