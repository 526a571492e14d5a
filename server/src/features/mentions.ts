import type { WireLine } from "../dialects/types.js";
import { sourceSpan } from "../dialects/wire.js";
import type { Span } from "../text/span.js";
import { patient } from "./cancel.js";
import { IdFinder } from "./ids.js";
import { firstAfter, wireInOrder } from "./place.js";
import type { ParsedDocument } from "./types.js";

/** Something that is named in several places: an address, a Message-ID (both `a@b`), or a queue id. */
export interface Mention {
  /** Equal keys mean the same thing; domains compare without case (RFC 5321 §2.4). */
  readonly key: string;
  readonly span: Span;
  readonly text: string;
}

/** Longer lines are not searched: no address is that long, and a line of megabytes is no header. */
const LONGEST_LINE = 20_000;
const ADDRESS =
  /[A-Za-z0-9!#$%&'*+/=?^_`{|}~.\u0080-\uffff-]{1,128}@(?:\[[0-9A-Fa-f.:IPv]{1,60}\]|[A-Za-z0-9\u0080-\uffff](?:[A-Za-z0-9.\u0080-\uffff-]{0,253}[A-Za-z0-9\u0080-\uffff])?)/g;

/** The mention at a source offset, or undefined. */
export function mentionAt(document: ParsedDocument, offset: number): Mention | undefined {
  const lines = wireInOrder(document.transcript);
  const wire = lines[firstAfter(lines, offset) - 1];
  if (wire && offset <= wire.end)
    return mentionsIn(wire, idFinder(document)).find(
      (mention) => mention.span.start <= offset && offset <= mention.span.end,
    );
  return undefined;
}

/** Every mention with a key, in the order of the source; what was found so far where the request is cancelled. */
export function mentionsOf(document: ParsedDocument, key: string, cancelled?: () => boolean): Mention[] {
  return allMentions(document, cancelled).filter((mention) => mention.key === key);
}

const known = new WeakMap<object, readonly Mention[]>();

/** Every mention of a document; what was found so far where the request is cancelled. */
export function allMentions(document: ParsedDocument, cancelled?: () => boolean): readonly Mention[] {
  const whole = known.get(document.transcript);
  if (whole) return whole;
  const ids = idFinder(document);
  const over = patient(cancelled);
  const mentions: Mention[] = [];
  for (const wire of wireInOrder(document.transcript)) {
    if (over()) return mentions;
    mentions.push(...mentionsIn(wire, ids));
  }
  known.set(document.transcript, mentions);
  return mentions;
}

function mentionsIn(wire: WireLine, ids: IdFinder): Mention[] {
  if (wire.text.length > LONGEST_LINE) return [];
  const mentions: Mention[] = [];
  if (wire.text.includes("@")) {
    for (const match of wire.text.matchAll(ADDRESS)) {
      // "smtp://user:password@host" holds no address.
      if (/:\/\/[^\s/]{0,256}:$/.test(wire.text.slice(Math.max(0, match.index - 300), match.index))) continue;
      mentions.push(mention(wire, match.index, match[0], addressKey(match[0])));
    }
  }
  for (const { at, id } of ids.find(wire.text)) mentions.push(mention(wire, at, id, `id:${id}`));
  return mentions;
}

function mention(wire: WireLine, from: number, text: string, key: string): Mention {
  return { key, text, span: sourceSpan(wire, from, from + text.length) };
}

/** The key of an address: local parts keep their case, domains do not (RFC 5321 §2.4). */
export function addressKey(address: string): string {
  const at = address.lastIndexOf("@");
  return `address:${address.slice(0, at)}@${address.slice(at + 1).toLowerCase()}`;
}

const finders = new WeakMap<object, IdFinder>();

/** The finder of the queue ids that a document knows. */
function idFinder(document: ParsedDocument): IdFinder {
  let finder = finders.get(document.transcript);
  if (!finder) {
    finder = new IdFinder(queueIds(document));
    finders.set(document.transcript, finder);
  }
  return finder;
}

function queueIds(document: ParsedDocument): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const session of document.transcript.sessions) {
    for (const { queueId } of session.transactions) if (queueId !== null) ids.add(queueId);
  }
  for (const { queueId } of document.transcript.deliveries) if (queueId !== null) ids.add(queueId);
  return ids;
}
