import { filenameOf } from "../../message/disposition.js";
import { firstField } from "../../message/header.js";
import { decodeText } from "../../message/transfer.js";
import type { Part } from "../../message/tree.js";
import { typeFieldSpan } from "./mime-structure.js";
import { messageRule, mimeSample, rfc, sample, short } from "./support.js";
import type { MessageContext } from "./types.js";

/** What the parts are and how they belong together. */

const part = (type: string, body: string, more = ""): string =>
  `--b1\nContent-Type: ${type}${more === "" ? "" : `\n${more}`}\n\n${body}\n`;
const multi = (type: string, ...parts: string[]): string =>
  mimeSample(`${type}; boundary=b1`, `${parts.join("")}--b1--`);

function multiparts(context: MessageContext, type: string): Part[] {
  return context.ownParts.filter((item) => item.type === type && item.kind === "multipart");
}

export const emptyMultipart = messageRule({
  id: "mime-empty-multipart",
  severity: "warning",
  references: [rfc(2046, "5.1")],
  title: "A multipart without parts",
  messages: { default: "This multipart is closed before it holds a part. Readers show an empty message." },
  why: "At least one part is required.",
  fix: "Put the text in a part.",
  wrong: multi("multipart/mixed"),
  right: multi("multipart/mixed", part("text/plain", "Hello")),
  check(context) {
    for (const item of context.ownParts) {
      const { delimiters = [], nearby = [] } = item.multipart ?? {};
      if (delimiters.length > 0 && nearby.length === 0 && item.children.length === 0)
        context.report({ at: typeFieldSpan(item) });
    }
  },
});

export const oneAlternative = messageRule({
  id: "mime-one-alternative",
  severity: "off",
  outbound: "information",
  level: "practice",
  references: [rfc(2046, "5.1.4")],
  title: "Alternatives with only one part",
  messages: {
    default:
      "multipart/alternative offers the same text in several forms, but there is only one. Add the plain text, or leave the multipart out.",
  },
  why: "Filters count a missing plain text against mass mail.",
  fix: "Add a text/plain part before the HTML.",
  wrong: multi("multipart/alternative", part("text/html", "<p>Hello</p>")),
  right: multi("multipart/alternative", part("text/plain", "Hello"), part("text/html", "<p>Hello</p>")),
  check(context) {
    for (const item of multiparts(context, "multipart/alternative"))
      if (item.children.length === 1) context.report({ at: typeFieldSpan(item) });
  },
});

export const alternativeOrder = messageRule({
  id: "mime-alternative-order",
  severity: "hint",
  outbound: "warning",
  level: "SHOULD",
  references: [rfc(2046, "5.1.4")],
  title: "The plain text comes after the HTML",
  messages: {
    default:
      "The last alternative is the one that is shown, and this is the plain text. Put the plain text first and the HTML last.",
  },
  why: "Alternatives stand in order of faithfulness, the best last. In this order nobody sees the HTML.",
  fix: "Write text/plain first.",
  wrong: multi("multipart/alternative", part("text/html", "<p>Hello</p>"), part("text/plain", "Hello")),
  right: multi("multipart/alternative", part("text/plain", "Hello"), part("text/html", "<p>Hello</p>")),
  check(context) {
    for (const item of multiparts(context, "multipart/alternative")) {
      const html = item.children.findIndex((child) => child.type === "text/html");
      const text = item.children.findIndex((child, k) => child.type === "text/plain" && k > html);
      if (html >= 0 && text > html) context.report({ at: typeFieldSpan(item.children[text] as Part) });
    }
  },
});

export const htmlOnly = messageRule({
  id: "mime-html-only",
  severity: "off",
  bulk: "information",
  level: "practice",
  references: [],
  title: "HTML without a plain text",
  messages: {
    default:
      "There is HTML but no plain text. Filters count it, and readers for the blind and text mode show little; add a text/plain alternative.",
  },
  why: "Most mass mail without plain text is spam, so filters look for it.",
  fix: "Send multipart/alternative with text/plain first.",
  elsewhere: "SpamAssassin MIME_HTML_ONLY",
  wrong: mimeSample("text/html; charset=utf-8", "<p>Hello</p>"),
  right: mimeSample("text/plain; charset=utf-8", "Hello"),
  check(context) {
    const leaves = context.ownParts.filter((item) => item.kind === "leaf");
    const html = leaves.find((item) => item.type === "text/html");
    if (html !== undefined && !leaves.some((item) => item.type === "text/plain"))
      context.report({ at: typeFieldSpan(html) });
  },
});

/** Content-IDs that HTML parts refer to, each with its part; looks at the first mebibyte of each. */
function cidReferences(context: MessageContext): { cid: string; part: Part }[] {
  const out: { cid: string; part: Part }[] = [];
  for (const item of context.ownParts) {
    if (item.type !== "text/html" || item.kind !== "leaf") continue;
    const { text } = decodeText(context.lines, item, 1024 * 1024);
    for (const match of text.matchAll(/\bcid:([^\s"'<>)]{1,300})/gi)) out.push({ cid: match[1] as string, part: item });
  }
  return out;
}

export const cidMissing = messageRule({
  id: "mime-cid-missing",
  severity: "information",
  outbound: "warning",
  level: "practice",
  references: [rfc(2392)],
  title: "The HTML refers to a part that is not there",
  messages: { default: "The HTML refers to cid:{cid}, but no part has that Content-ID. The picture is missing." },
  why: "Readers show a broken picture.",
  fix: "Add the part with that Content-ID, or correct the reference.",
  wrong: multi("multipart/related", part("text/html", '<img src="cid:a@x">')),
  right: multi(
    "multipart/related",
    part("text/html", '<img src="cid:a@x">'),
    part("image/png", "iVBORw0KGgo=", "Content-ID: <a@x>\nContent-Transfer-Encoding: base64"),
  ),
  check(context) {
    const references = cidReferences(context);
    if (references.length === 0) return;
    const ids = new Set(context.message.parts.map((item) => contentId(item)));
    const seen = new Set<string>();
    for (const { cid, part: item } of references) {
      const id = safeDecode(cid);
      if (ids.has(id) || seen.has(id)) continue;
      seen.add(id);
      context.report({ at: typeFieldSpan(item), data: { cid: short(cid, 60) } });
    }
  },
});

function contentId(item: Part): string {
  return (firstField(item.header, "content-id")?.text ?? "").replace(/^<|>$/g, "");
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export const signedParts = messageRule({
  id: "mime-signed-parts",
  severity: "information",
  outbound: "warning",
  references: [rfc(1847, "2.1"), rfc(3156, "4")],
  title: "A signed or encrypted multipart that is not built as it must be",
  messages: {
    default:
      "{type} must hold exactly two parts; here there are {count}. The signature cannot be checked or the content not be decrypted.",
    parameter: "{type} needs the parameter {name}. Without it readers do not try to check it.",
  },
  why: "A list or a gateway that adds a part breaks the signature.",
  fix: "Add text outside the signed part; write protocol and micalg.",
  wrong: multi("multipart/signed; protocol=application/pgp-signature; micalg=pgp-sha256", part("text/plain", "Hello")),
  right: multi(
    'multipart/signed; protocol="application/pgp-signature"; micalg=pgp-sha256',
    part("text/plain", "Hello"),
    part("application/pgp-signature", "x"),
  ),
  check(context) {
    for (const type of ["multipart/signed", "multipart/encrypted"]) {
      for (const item of multiparts(context, type)) {
        const at = typeFieldSpan(item);
        if (item.children.length !== 2) context.report({ at, data: { type, count: item.children.length } });
        const needed = type === "multipart/signed" ? ["protocol", "micalg"] : ["protocol"];
        for (const name of needed)
          if (item.contentType?.get(name) === undefined)
            context.report({ at, message: "parameter", data: { type, name } });
      }
    }
  },
});

export const namesDiffer = messageRule({
  id: "mime-names-differ",
  severity: "hint",
  level: "practice",
  references: [rfc(2183, "2.3")],
  title: "Two file names for one part",
  messages: {
    default:
      "Content-Disposition calls the file {filename}, Content-Type {name}. Readers and scanners see different names.",
  },
  why: "A scanner may judge one name while the person opens the other.",
  fix: "Write the same name in both, or only in Content-Disposition.",
  wrong: sample(
    'MIME-Version: 1.0\nContent-Type: application/pdf; name="a.pdf"\nContent-Disposition: attachment; filename="b.pdf"',
  ),
  right: sample(
    'MIME-Version: 1.0\nContent-Type: application/pdf; name="a.pdf"\nContent-Disposition: attachment; filename="a.pdf"',
  ),
  check(context) {
    for (const item of context.ownParts) {
      const field = firstField(item.header, "content-disposition");
      const inner = field === undefined ? undefined : item.contentType?.get("name");
      if (field === undefined || inner === undefined) continue;
      const outer = field.parameters.get("filename");
      if (outer === undefined || outer === inner || filenameOf(item) === undefined) continue;
      if (/=\?/.test(outer + inner)) continue;
      context.report({ at: field.valueSpan, data: { filename: short(outer, 40), name: short(inner, 40) } });
    }
  },
});

export const mimeParts = [
  emptyMultipart,
  oneAlternative,
  alternativeOrder,
  htmlOnly,
  cidMissing,
  signedParts,
  namesDiffer,
];
