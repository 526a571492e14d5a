import { type Detection, detectDialect } from "./dialects/detect.js";
import { dialectById, dialects } from "./dialects/index.js";
import { raw } from "./dialects/raw.js";
import { readDialect } from "./dialects/read.js";
import type { Delivery, DialectTraits, WireLine } from "./dialects/types.js";
import { buildSessions } from "./session/build.js";
import { createExpecting } from "./session/expecting.js";
import type { Session } from "./session/model.js";
import { SourceText } from "./text/source.js";
import { veiledView } from "./text/veil.js";

/** A transcript, read once; every rule and feature works on this value. */
export interface Transcript {
  readonly source: SourceText;
  readonly detection: Detection;
  readonly traits: DialectTraits;
  /** All lines in file order, those of the tool included. */
  readonly wire: readonly WireLine[];
  readonly sessions: readonly Session[];
  readonly deliveries: readonly Delivery[];
}

/**
 * Reads a text as a transcript: surroundings, dialect, wire lines, sessions. Never throws; a text without any SMTP has
 * no sessions and no deliveries.
 * @param dialectId id of the dialect to read it in; absent or unknown: detected by content.
 */
export function parseTranscript(text: string | SourceText, dialectId?: string): Transcript {
  const source = typeof text === "string" ? new SourceText(text) : text;
  const view = veiledView(source);
  const chosen = dialectId === undefined ? undefined : dialectById(dialectId);
  const detection = chosen ? { dialect: chosen, score: 1 } : detectDialect(view, dialects, raw);
  const reading = readDialect(view, detection.dialect, createExpecting());
  return {
    source,
    detection,
    traits: reading.traits,
    wire: reading.wire,
    sessions: buildSessions(reading.wire, reading.traits),
    deliveries: reading.deliveries,
  };
}
