import type { AddressList } from "../../message/address.js";
import { readAddresses } from "../../message/address.js";
import type { MailDate } from "../../message/date.js";
import { readDate } from "../../message/date.js";
import { filenameOf } from "../../message/disposition.js";
import type { Field } from "../../message/header.js";
import { allFields, firstField } from "../../message/header.js";
import type { MessageLines } from "../../message/lines.js";
import type { Hop } from "../../message/received.js";
import { readReceived, readRoute } from "../../message/received.js";
import type { Message, Part } from "../../message/tree.js";
import type { ByteFacts } from "../../text/bytes.js";
import type { SourceText } from "../../text/source.js";
import { effectiveSeverity, type RuleSettings, STANDARD } from "../configure.js";
import { findingOf, inOrder } from "../findings.js";
import { isPutAside } from "../fingerprint.js";
import type { Finding, MailProfile, Severity } from "../types.js";
import { type BodyFacts, bodyFacts } from "./bodyFacts.js";
import type { FileName, MessageContext, MessageRule } from "./types.js";

/** Severity of a rule in a profile, before the user's settings. */
export function severityIn(rule: MessageRule, profile: MailProfile): Severity | "off" {
  if (profile === "received") return rule.severity;
  const outbound = rule.outbound ?? rule.severity;
  return profile === "outbound" ? outbound : (rule.bulk ?? outbound);
}

/**
 * Runs rules on a message: its findings by place, then by rule id, each once. A rule that fails costs its own findings
 * only. The outcome depends on nothing but the arguments.
 * @param facts what the file's bytes show, where somebody has them (design: bytes).
 */
export function runMessageRules(
  message: Message,
  source: SourceText,
  rules: readonly MessageRule[],
  settings: RuleSettings = STANDARD,
  facts?: ByteFacts,
): readonly Finding[] {
  const profile = settings.messageProfile ?? "received";
  const findings: Finding[] = [];
  // One context for all rules: a transcript can hold thousands of messages, and an object for each rule and message costs.
  let speaking: MessageRule | undefined;
  const context = createContext(message, source, profile, facts, (found) => {
    if (!speaking) return;
    const severity = effectiveSeverity(speaking, found.severity, settings);
    if (severity !== "off") findings.push(findingOf(speaking.id, severity, found, source.text.length));
  });
  for (const graded of gradedRules(rules, settings, profile)) {
    speaking = graded;
    try {
      graded.check(context);
    } catch {
      // Invariant, tested by hostile input: no rule throws. Should one do so, the others still speak.
    }
  }
  return inOrder(findings).filter((finding) => !isPutAside(source, finding, settings.aside));
}

const gradedLists = new WeakMap<
  readonly MessageRule[],
  { readonly settings: RuleSettings; readonly list: readonly MessageRule[] }
>();

/** The rules that may speak, with their severity in the profile; kept from one message of a transcript to the next. */
function gradedRules(
  rules: readonly MessageRule[],
  settings: RuleSettings,
  profile: MailProfile,
): readonly MessageRule[] {
  const known = gradedLists.get(rules);
  if (known?.settings === settings) return known.list;
  const list = rules
    .map((rule) => ({ ...rule, severity: severityIn(rule, profile) }))
    .filter((rule) => effectiveSeverity(rule, undefined, settings) !== "off");
  gradedLists.set(rules, { settings, list });
  return list;
}

const asciiTexts = new WeakMap<SourceText, boolean>();

/** True where a whole source has no character beyond ASCII, so that no part of it has to be searched. */
function isAscii(source: SourceText): boolean {
  let known = asciiTexts.get(source);
  if (known === undefined) {
    known = !/[\u0080-\uffff]/.test(source.text);
    asciiTexts.set(source, known);
  }
  return known;
}

function createContext(
  message: Message,
  source: SourceText,
  profile: MailProfile,
  facts: ByteFacts | undefined,
  report: MessageContext["report"],
): MessageContext {
  const header = message.root.header;
  const addresses = new Map<Field, AddressList>();
  const dates = new Map<Field, MailDate>();
  const bodies = new Map<Part, BodyFacts>();
  const beyond = new Map<Part, { readonly place: Place }>();
  const parts = message.parts.length > MOST_PARTS ? message.parts.slice(0, MOST_PARTS) : message.parts;
  const nested = parts.some((part) => part.kind === "message");
  const ownParts = nested ? parts.filter((part) => !quoted(part)) : parts;
  let route: Hop[] | undefined;
  let fileNames: FileName[] | undefined;
  return {
    message,
    lines: message.lines,
    profile,
    facts,
    offsetOf: (place) => source.offsetAt(place),
    eol: source.lineBreak(0) || "\n",
    fields: header.fields,
    notice: isNotice(message),
    list: header.fields.some(
      (field) => field.key === "list-id" || field.key === "list-post" || field.key === "list-unsubscribe",
    ),
    first: (key) => firstField(header, key),
    all: (key) => allFields(header, key),
    addresses: (field) => kept(addresses, field, () => readAddresses(field.value)),
    date: (field) => kept(dates, field, () => readDate(field.value)),
    get route() {
      route ??= readRoute(allFields(header, "received").map((field) => readReceived(field.value)));
      return route;
    },
    parts,
    ownParts,
    get fileNames() {
      fileNames ??= ownParts.flatMap(fileNameOf);
      return fileNames;
    },
    bodyFacts: (part) => kept(bodies, part, () => bodyFacts(message.lines, part)),
    firstNonAscii: (part) => {
      if (isAscii(source)) return undefined;
      return kept(beyond, part, () => ({ place: firstNonAscii(message.lines, part) })).place;
    },
    quoted,
    report,
  };
}

function fileNameOf(part: Part): FileName[] {
  const name = filenameOf(part);
  const field = firstField(part.header, "content-disposition") ?? part.contentTypeField;
  return name === undefined || field === undefined ? [] : [{ name, field }];
}

/** Parts that are judged: no reader shows more, and what is wrong further down is more of the same. */
const MOST_PARTS = 10_000;

type Place = { readonly line: number; readonly column: number } | undefined;

function firstNonAscii(lines: MessageLines, part: Part): Place {
  for (let line = part.bodyLine; line < part.endLine; line++) {
    const column = lines.text(line).search(/[\u0080-\uffff]/);
    if (column >= 0) return { line, column };
  }
  return undefined;
}

function kept<Key, Value>(map: Map<Key, Value>, field: Key, make: () => Value): Value {
  const known = map.get(field);
  if (known !== undefined) return known;
  const value = make();
  map.set(field, value);
  return value;
}

function isNotice(message: Message): boolean {
  const header = message.root.header;
  if (message.root.type === "multipart/report") return true;
  if (firstField(header, "return-path")?.text === "<>" || firstField(header, "x-failed-recipients") !== undefined)
    return true;
  return /mailer-daemon|postmaster/i.test(firstField(header, "from")?.text ?? "");
}

function quoted(part: Part): boolean {
  for (let at = part.parent; at !== undefined; at = at.parent) if (at.kind === "message") return true;
  return false;
}
