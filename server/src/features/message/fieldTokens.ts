import { readAddresses } from "../../message/address.js";
import { readAuthResults } from "../../message/authres.js";
import { readDate } from "../../message/date.js";
import { fieldInfo } from "../../message/fields.js";
import type { Field } from "../../message/header.js";
import { readParameters } from "../../message/params.js";
import { readReceived } from "../../message/received.js";
import { readTags } from "../../message/taglist.js";
import { findWords } from "../../message/words.js";
import { ownSecrets } from "../redact/credentials.js";
import type { TokenType } from "../tokenTypes.js";
import { type AddToken, FieldPaint } from "./paint.js";

/** Longer values get a colour for their name only: nobody reads them, and each look costs as much as they are long. */
const LONGEST_VALUE = 64 * 1024;

/**
 * Colours of a header field on the lines `[from, to)` of its message.
 * @param report the field stands in the body of a delivery status or another report (RFC 3464, RFC 8098, RFC 5965).
 */
export function fieldTokens(field: Field, report: boolean, from: number, to: number, add: AddToken): void {
  if (field.endLine - field.line > 2000 || field.value.text.length > LONGEST_VALUE) {
    if (field.line >= from && field.line < to)
      add(field.line, field.nameColumn, field.nameColumn + field.name.length, "mailField");
    return;
  }
  const paint = new FieldPaint(field);
  const painter = (report ? REPORT[field.key] : undefined) ?? PAINTERS[field.key] ?? bySyntax(field.key);
  painter?.(paint, field);
  for (const word of findWords(paint.text)) paint.paint(word, "mailEncoded");
  for (const { at, text } of ownSecrets(paint.text)) paint.paint({ from: at, to: at + text.length }, "smtpSecret");
  paint.give(from, to, add);
}

type Painter = (paint: FieldPaint, field: Field) => void;

function bySyntax(key: string): Painter | undefined {
  const syntax = fieldInfo(key)?.syntax ?? "";
  if (syntax === "date and time") return date;
  if (/mailbox|address list|^<path>$/.test(syntax)) return addresses;
  return key.startsWith("list-") ? angles("smtpAddress") : undefined;
}

function date(paint: FieldPaint, field: Field): void {
  paint.paint(readDate(field.value).range, "mailDate");
}

function addresses(paint: FieldPaint, field: Field): void {
  const { items, mailboxes } = readAddresses(field.value);
  for (const item of items) if (item.kind === "group") paint.paint(item.nameRange, "mailName");
  for (const box of mailboxes) {
    paint.paint(box.nameRange, "mailName");
    if (box.address !== "") paint.paint(box.addressRange, "smtpAddress");
  }
}

/** What stands between angle brackets. */
function angles(type: TokenType): Painter {
  return (paint) => all(paint, /<[^<>]{1,998}>/g, type);
}

function all(paint: FieldPaint, pattern: RegExp, type: TokenType): void {
  for (const match of paint.text.matchAll(pattern)) {
    const group = match[1];
    const from = match.index + (group === undefined ? 0 : match[0].indexOf(group));
    paint.paint({ from, to: from + (group ?? match[0]).length }, type);
  }
}

function first(type: TokenType): Painter {
  return (paint) => {
    const match = /^\s*([A-Za-z0-9][\w.+/-]{0,60})/.exec(paint.text);
    if (match !== null) paint.paint({ from: match[0].length - (match[1] as string).length, to: match[0].length }, type);
  };
}

function parameters(paint: FieldPaint, field: Field): void {
  const read = readParameters(field.value);
  paint.paint(read.valueRange, "mailKeyword");
  for (const item of read.parameters) {
    paint.paint(item.nameRange, "smtpParameter");
    if (item.name === "boundary") paint.paint(item.valueRange, "mailBoundary");
  }
}

const TAG_VALUES: Readonly<Record<string, TokenType>> = {
  a: "mailKeyword",
  c: "mailKeyword",
  q: "mailKeyword",
  d: "smtpAddress",
  t: "mailDate",
  x: "mailDate",
  b: "smtpNoise",
  bh: "smtpNoise",
  z: "smtpNoise",
};

function tags(paint: FieldPaint, field: Field): void {
  for (const tag of readTags(field.value).tags) {
    paint.paint(tag.nameRange, "smtpParameter");
    const type = tag.name === "cv" ? resultType(tag.compact) : TAG_VALUES[tag.name];
    if (type !== undefined) paint.paint(tag.valueRange, type);
    if (tag.name === "i" && tag.value.includes("@")) paint.paint(tag.valueRange, "smtpAddress");
    if (tag.name !== "h") continue;
    const from = tag.valueRange.from;
    for (const name of tag.value.matchAll(/[^\s:]+/g))
      paint.paint({ from: from + name.index, to: from + name.index + name[0].length }, "mailField");
  }
}

/** The colour of a result (RFC 8601 §2.7, RFC 7208 §2.6, RFC 8617 §4.4): good, bad, or neither. */
export function resultType(result: string): TokenType {
  if (result === "pass" || result === "bestguesspass") return "mailPass";
  return /^(?:hard)?fail$|^permerror$/.test(result) ? "mailFail" : "mailDoubt";
}

function results(paint: FieldPaint, field: Field): void {
  const read = readAuthResults(field.value);
  paint.paint(read.serverRange, "smtpAddress");
  for (const item of read.results) {
    paint.paint(item.methodRange, "mailKeyword");
    paint.paint(item.resultRange, resultType(item.result));
    for (const { range } of item.properties) {
      const equals = paint.text.indexOf("=", range.from);
      if (equals > range.from && equals < range.to) paint.paint({ from: range.from, to: equals }, "smtpParameter");
    }
  }
}

function spf(paint: FieldPaint): void {
  all(paint, /\b([a-z][a-z-]{1,20})=/g, "smtpParameter");
  const match = /^\s*([A-Za-z]{3,12})/.exec(paint.text);
  const word = match?.[1];
  if (match !== null && word !== undefined)
    paint.paint({ from: match[0].length - word.length, to: match[0].length }, resultType(word.toLowerCase()));
}

function received(paint: FieldPaint, field: Field): void {
  const read = readReceived(field.value);
  for (const clause of [read.from, read.by, read.via, read.with, read.id, read.for]) {
    if (clause === undefined) continue;
    const word = /([A-Za-z]{2,4})\s*$/.exec(paint.text.slice(Math.max(0, clause.from - 40), clause.from));
    if (word !== null) {
      const from = clause.from - word[0].length;
      paint.paint({ from, to: from + (word[1] as string).length }, "smtpVerb");
    }
  }
  for (const clause of [read.from, read.by, read.for]) paint.paint(clause, "smtpAddress");
  paint.paint(read.with, "mailKeyword");
  paint.paint(read.id, "mailId");
  paint.paint(read.date?.range, "mailDate");
}

function filterReport(paint: FieldPaint): void {
  all(paint, /(?:^|[;\s])([A-Z]{1,5}):/g, "smtpParameter");
}

const ids = angles("mailId");
const keyword = first("mailKeyword");

const PAINTERS: Readonly<Record<string, Painter>> = {
  "message-id": ids,
  "in-reply-to": ids,
  references: ids,
  "content-id": ids,
  "resent-message-id": ids,
  "content-type": parameters,
  "content-disposition": parameters,
  "content-transfer-encoding": keyword,
  "mime-version": keyword,
  "auto-submitted": keyword,
  precedence: keyword,
  importance: keyword,
  priority: keyword,
  "dkim-signature": tags,
  "x-google-dkim-signature": tags,
  "arc-seal": tags,
  "arc-message-signature": tags,
  "authentication-results": results,
  "arc-authentication-results": results,
  "received-spf": spf,
  received,
  "x-received": received,
  "x-forefront-antispam-report": filterReport,
  "x-microsoft-antispam": filterReport,
};

const typedAddress: Painter = (paint) => {
  all(paint, /^\s*([A-Za-z0-9-]{1,30})\s*;/g, "mailKeyword");
  all(paint, /;\s*(\S{1,998})\s*$/g, "smtpAddress");
};

/** Fields of a delivery status (RFC 3464 §2) whose values are more than text. */
const REPORT: Readonly<Record<string, Painter>> = {
  action: (paint, field) => {
    const word = paint.text.trim().toLowerCase();
    first(word === "failed" ? "mailFail" : word === "delayed" ? "mailDoubt" : "mailPass")(paint, field);
  },
  status: (paint) => all(paint, /\b[245]\.\d{1,3}\.\d{1,3}\b/g, "smtpEnhancedCode"),
  "diagnostic-code": (paint) => {
    all(paint, /^\s*([A-Za-z0-9-]{1,30})\s*;/g, "mailKeyword");
    all(paint, /;\s*(5\d\d)\b/g, "smtpReply5");
    all(paint, /;\s*(4\d\d)\b/g, "smtpReply4");
    all(paint, /\b[245]\.\d{1,3}\.\d{1,3}\b/g, "smtpEnhancedCode");
  },
  "final-recipient": typedAddress,
  "original-recipient": typedAddress,
  "reporting-mta": typedAddress,
  "remote-mta": typedAddress,
  "received-from-mta": typedAddress,
};
