import { type Block, blocksTogether } from "./blocks/block.js";
import { reread } from "./blocks/reread.js";
import { split } from "./blocks/split.js";
import { type Detection, detectDialect, sameSample, sampleOf } from "./dialects/detect.js";
import { dialectById, dialects } from "./dialects/index.js";
import { raw } from "./dialects/raw.js";
import { readDialect } from "./dialects/read.js";
import type { Delivery, DialectTraits, Sample, WireLine } from "./dialects/types.js";
import { buildSessions } from "./session/build.js";
import { createExpecting } from "./session/expecting.js";
import type { Session } from "./session/model.js";
import { SourceText } from "./text/source.js";
import { sameVeil, type Veil, veilOf, viewThrough } from "./text/veil.js";

/** A transcript, read once; every rule and feature works on this value. */
export interface Transcript {
  readonly source: SourceText;
  readonly detection: Detection;
  readonly traits: DialectTraits;
  /** All lines in file order, those of the tool included. */
  readonly wire: readonly WireLine[];
  readonly sessions: readonly Session[];
  readonly deliveries: readonly Delivery[];
  /** The same in runs of lines that can be read again one by one. */
  readonly blocks: readonly Block[];
  /** What surrounds the transcript, and the lines that its dialect was detected by. */
  readonly surroundings: { readonly veil: Veil; readonly sample: Sample };
}

/**
 * Reads a text as a transcript: surroundings, dialect, wire lines, sessions. Never throws; a text without any SMTP has
 * no sessions and no deliveries.
 * @param dialectId id of the dialect to read it in; absent or unknown: detected by content.
 * @param previous the text's version before an edit: what the edit did not touch is taken over from it, so that it must
 *   not be used any more.
 */
export function parseTranscript(text: string | SourceText, dialectId?: string, previous?: Transcript): Transcript {
  const source = typeof text === "string" ? new SourceText(text) : text;
  const veil = veilOf(source);
  const view = viewThrough(source, veil);
  const surroundings = { veil, sample: sampleOf(view) };
  const detection = detect(surroundings.sample, dialectId, previous);
  const known = previous && takeOver(previous, source, detection, veil);
  if (known && previous) return { source, detection, traits: previous.traits, ...blocksTogether(known), surroundings };
  const { wire, deliveries, traits } = readDialect(view, detection.dialect, createExpecting());
  const sessions = buildSessions(wire, traits);
  const blocks = split({ line: 0, source, wire, sessions, deliveries });
  return { source, detection, traits, wire, sessions, deliveries, blocks, surroundings };
}

function detect(sample: Sample, dialectId: string | undefined, previous: Transcript | undefined): Detection {
  const chosen = dialectId === undefined ? undefined : dialectById(dialectId);
  if (chosen) return { dialect: chosen, score: 1 };
  // Where the lines it looks at are the same, so is what it finds.
  const wasDetected = previous && previous.detection.runnerUp !== undefined;
  if (wasDetected && sameSample(sample, previous.surroundings.sample)) return previous.detection;
  return detectDialect(sample, dialects, raw);
}

/** The blocks of a new version, where the old one was read in the same way. */
function takeOver(previous: Transcript, source: SourceText, { dialect }: Detection, veil: Veil): Block[] | undefined {
  if (previous.detection.dialect !== dialect || !sameVeil(previous.surroundings.veil, veil)) return undefined;
  // A rest reaches over the border of a block.
  if (veil.wrap) return undefined;
  const { traits, blocks } = previous;
  return reread({ source: previous.source, dialect, veil, traits, blocks }, source);
}
