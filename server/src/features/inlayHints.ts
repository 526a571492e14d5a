import { type InlayHint, InlayHintKind, type Range } from "vscode-languageserver-types";
import type { WireLine } from "../dialects/types.js";
import { replyEntry, textsFor } from "../reference/index.js";
import type { Transcript } from "../transcript.js";
import { firstAfter, type Owner, ownerOf, wireInOrder } from "./place.js";
import type { Feature, FeatureContext, FeatureSettings } from "./types.js";
import { say } from "./words.js";

/** Small notes at the end of lines: meaning of a reply, the command that a pipelined reply answers, time gaps, the AUTH user. */
export const inlayHints: Feature<{ range: Range }, InlayHint[]> = {
  method: "textDocument/inlayHint",
  languages: ["smtp-transcript"],
  run(context, { range }) {
    const { source, transcript } = context.document;
    const lines = wireInOrder(transcript);
    const end = source.offsetAt(range.end);
    const hints: InlayHint[] = [];
    for (let k = Math.max(0, firstAfter(lines, source.offsetAt(range.start)) - 1); k < lines.length; k++) {
      const wire = lines[k] as WireLine;
      if (wire.start > end || context.cancelled()) break;
      const label = labelOf(context, transcript, wire, lines[k - 1]);
      if (label !== "")
        hints.push({ position: source.positionAt(wire.end), label, kind: InlayHintKind.Type, paddingLeft: true });
    }
    return hints;
  },
};

function labelOf(
  context: FeatureContext,
  transcript: Transcript,
  wire: WireLine,
  before: WireLine | undefined,
): string {
  const { inlayHints: shown } = context.settings;
  const owner = ownerOf(transcript, wire);
  const parts: string[] = [];
  if (shown.timeGaps) parts.push(gap(context, wire, before));
  if (owner?.kind === "reply" && owner.reply.lines[0] === owner.line)
    parts.push(...replyParts(context.settings, owner));
  if (shown.authUser && owner?.kind === "command" && owner.exchange.auth?.exchange === owner.exchange) {
    const { user } = owner.exchange.auth;
    if (user !== null) parts.push(say(context.settings.locale, "hint.user", { user: user.slice(0, 80) }));
  }
  return parts.filter((part) => part !== "").join(" · ");
}

function replyParts(settings: FeatureSettings, owner: Extract<Owner, { kind: "reply" }>): string[] {
  const { reply } = owner;
  const parts: string[] = [];
  const exchange = reply.exchange;
  if (settings.inlayHints.pipelining && exchange?.wire && isPipelined(owner)) {
    parts.push(
      say(settings.locale, "hint.answers", {
        command: exchange.verb === "" ? exchange.wire.text.slice(0, 20) : exchange.verb,
      }),
    );
  }
  if (settings.inlayHints.replyMeaning && reply.code !== null && replyEntry(reply.code)) {
    const text = textsFor(settings.locale).replies[String(reply.code)];
    if (text) parts.push(text.name);
  }
  return parts;
}

/** True if another exchange left in the same batch, so that the eye does not find the command on the line above. */
function isPipelined(owner: Extract<Owner, { kind: "reply" }>): boolean {
  const { exchange } = owner.reply;
  if (!exchange) return false;
  const { exchanges } = owner.session;
  const at = exchanges.indexOf(exchange);
  return exchanges[at - 1]?.batch === exchange.batch || exchanges[at + 1]?.batch === exchange.batch;
}

function gap(context: FeatureContext, wire: WireLine, before: WireLine | undefined): string {
  if (wire.time === undefined || before?.time === undefined) return "";
  const milliseconds = wire.time - before.time;
  if (milliseconds < context.settings.inlayHints.timeGapThreshold) return "";
  const seconds = new Intl.NumberFormat(context.settings.locale, {
    style: "unit",
    unit: "second",
    maximumFractionDigits: milliseconds < 10_000 ? 1 : 0,
  });
  return `+${seconds.format(milliseconds / 1000)}`;
}
