import { readSignatures } from "../../message/dkim.js";
import { messageRule, replaceFix, rfc, sample, short } from "./support.js";

/** Fields of lists and mass mail. */

const HTTPS = "List-Unsubscribe: <https://a.example/u/1>, <mailto:u@a.example>";
const POST = "List-Unsubscribe-Post: List-Unsubscribe=One-Click";
const SIGNED =
  "DKIM-Signature: v=1; a=rsa-sha256; d=a.example; s=k; h=from:list-unsubscribe:list-unsubscribe-post; bh=x; b=x";

export const unsubscribeBrackets = messageRule({
  id: "list-unsubscribe-brackets",
  severity: "information",
  outbound: "warning",
  references: [rfc(2369, "2")],
  title: "List addresses without angle brackets",
  messages: {
    default: "{name} holds addresses between angle brackets. Without them no reader offers the button; add them.",
    fix: "Put the address in angle brackets",
  },
  why: "The button to unsubscribe is not shown, and people press “spam” instead.",
  fix: "Write `<https://…>` or `<mailto:…>`.",
  fixable: true,
  wrong: sample("List-Unsubscribe: https://a.example/u/1"),
  right: sample("List-Unsubscribe: <https://a.example/u/1>"),
  check(context) {
    for (const field of context.fields) {
      if (!/^list-(?:unsubscribe|subscribe|help|owner|archive)$/.test(field.key)) continue;
      const { text } = field;
      if (text === "" || text.includes("<") || !/^(?:https?:|mailto:)\S+$/i.test(text)) continue;
      context.report({
        at: field.valueSpan,
        data: { name: field.name },
        fix: replaceFix(field.valueSpan, `<${text}>`),
      });
    }
  },
});

export const oneClickValue = messageRule({
  id: "list-one-click-value",
  severity: "information",
  outbound: "error",
  references: [rfc(8058, "3.1")],
  title: "A wrong value of List-Unsubscribe-Post",
  messages: {
    default: "The only value is List-Unsubscribe=One-Click. With another one Gmail and Yahoo do not offer one-click.",
    fix: "Write List-Unsubscribe=One-Click",
  },
  why: "Large receivers demand one-click unsubscription of mass mail.",
  fix: "Write exactly `List-Unsubscribe=One-Click`.",
  fixable: true,
  wrong: sample(`${HTTPS}\nList-Unsubscribe-Post: One-Click`),
  right: sample(`${HTTPS}\n${POST}`),
  check(context) {
    for (const field of context.all("list-unsubscribe-post")) {
      if (field.text !== "List-Unsubscribe=One-Click")
        context.report({ at: field.valueSpan, fix: replaceFix(field.valueSpan, "List-Unsubscribe=One-Click") });
    }
  },
});

export const oneClickHttps = messageRule({
  id: "list-one-click-https",
  severity: "information",
  outbound: "error",
  references: [rfc(8058, "3.1")],
  title: "One-click without an https address",
  messages: {
    default:
      "List-Unsubscribe-Post needs an https address in List-Unsubscribe. A mailto or http address cannot take the POST; add one.",
  },
  why: "Receivers send the POST to the https address only.",
  fix: "Add `<https://…>` to List-Unsubscribe.",
  wrong: sample(`List-Unsubscribe: <mailto:u@a.example>\n${POST}`),
  right: sample(`${HTTPS}\n${POST}`),
  check(context) {
    const post = context.first("list-unsubscribe-post");
    if (post === undefined) return;
    const field = context.first("list-unsubscribe");
    if (field === undefined || !/<\s*https:/i.test(field.value.text.replace(/\s+/g, "")))
      context.report({ at: field === undefined ? post.nameSpan : field.valueSpan });
  },
});

export const oneClickSigned = messageRule({
  id: "list-one-click-not-signed",
  severity: "hint",
  outbound: "warning",
  references: [rfc(8058, "4")],
  title: "One-click fields that are not signed",
  messages: {
    default: "{name} must be covered by a DKIM signature. Receivers ignore one-click otherwise; add it to h=.",
  },
  why: "Without the signature anybody could plant an address that gets a POST from every receiver.",
  fix: "Add both list-unsubscribe and list-unsubscribe-post to the signed fields.",
  wrong: sample(`${HTTPS}\n${POST}\n${SIGNED.replace(":list-unsubscribe:list-unsubscribe-post", "")}`),
  right: sample(`${HTTPS}\n${POST}\n${SIGNED}`),
  check(context) {
    const items = readSignatures(context.message);
    if (context.first("list-unsubscribe-post") === undefined || items.length === 0) return;
    for (const key of ["list-unsubscribe", "list-unsubscribe-post"]) {
      const field = context.first(key);
      if (field !== undefined && !items.some((item) => item.signed.includes(key)))
        context.report({ at: field.nameSpan, data: { name: field.name } });
    }
  },
});

export const oneClickMissing = messageRule({
  id: "list-one-click-missing",
  severity: "off",
  bulk: "warning",
  level: "practice",
  references: [rfc(8058), { document: "Gmail and Yahoo sender requirements, 2024" }],
  title: "Mass mail without one-click unsubscription",
  messages: {
    default: "There is no List-Unsubscribe. Gmail and Yahoo demand one-click unsubscription from mass senders; add it.",
    post: "List-Unsubscribe is there, but not List-Unsubscribe-Post. Add it for one-click.",
  },
  why: "Large receivers send mass mail without it to spam, or refuse it.",
  fix: "Add `List-Unsubscribe: <https://…>` and `List-Unsubscribe-Post: List-Unsubscribe=One-Click`, both signed.",
  wrong: sample(""),
  right: sample(`${HTTPS}\n${POST}`),
  check(context) {
    const field = context.first("list-unsubscribe");
    const at = (field ?? context.first("from") ?? context.fields[0])?.nameSpan;
    if (at === undefined) return;
    if (field === undefined) context.report({ at });
    else if (context.first("list-unsubscribe-post") === undefined) context.report({ at, message: "post" });
  },
});

export const listId = messageRule({
  id: "list-id-syntax",
  severity: "hint",
  outbound: "warning",
  references: [rfc(2919, "3")],
  title: "A List-Id without angle brackets",
  messages: {
    default:
      "{text} is no list identifier; it looks like “Name <list.a.example>”. Filters that sort by list do not find it.",
  },
  why: "People and servers sort list mail by this field.",
  fix: "Write the identifier in angle brackets.",
  wrong: sample("List-Id: news"),
  right: sample("List-Id: News <news.a.example>"),
  check(context) {
    const field = context.first("list-id");
    if (field !== undefined && field.text !== "" && !/<[^<>\s]{1,255}>/.test(field.value.text))
      context.report({ at: field.valueSpan, data: { text: short(field.text) } });
  },
});

export const lists = [unsubscribeBrackets, oneClickValue, oneClickHttps, oneClickSigned, oneClickMissing, listId];
