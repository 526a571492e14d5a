import type { ToolNote, WireLine } from "../dialects/types.js";
import type { Session } from "../session/model.js";
import type { Transcript } from "../transcript.js";

/**
 * Writes a transcript in plain `C: `/`S: ` form (RFC 5321 App. D), whatever dialect it was in: one session after the other,
 * what the tool said of the connection as notes in parentheses, which the `C:`/`S:` reader understands. Reading the result
 * gives the same sessions. Lines end with LF.
 */
export function convertToRfc(transcript: Transcript): string {
  const out: string[] = [];
  for (const session of transcript.sessions) {
    if (out.length > 0) out.push("");
    out.push(...convertSession(session));
  }
  return out.length === 0 ? "" : `${out.join("\n")}\n`;
}

const HIDDEN = "(message not shown)";

function convertSession(session: Session): string[] {
  const out = ["(new connection)"];
  const messageLines = new Set<WireLine>();
  /** The final dots of messages, and the first line of replies that end a message whose dot is not shown. */
  const hiddenEnds = new Set<WireLine>();
  for (const item of session.items) {
    if (item.kind === "data") for (const line of item.data.lines) messageLines.add(line);
    if (item.kind !== "exchange" || item.exchange.kind !== "end-of-data" || item.exchange.wire) continue;
    const first = item.exchange.replies[0]?.lines[0]?.wire;
    if (first) hiddenEnds.add(first);
  }
  const hiddenChunks = hiddenChunksOf(session);
  const stuffs = session.traits.body === "unstuffed";
  let hiddenNoted = false;
  if (session.tls === "implicit" && !session.wire.some((line) => line.note?.kind === "tls-started"))
    out.push("(TLS from the start)");
  for (const line of session.wire) {
    if (line.speaker === "tool") {
      const note = line.note && writeNote(line.note, session.tls === "implicit");
      // A chunk that is not shown has its note already; the tool's own may say more.
      if (note && line.note?.kind === "data-hidden" && out[out.length - 1] === HIDDEN) out.pop();
      if (note) out.push(note);
      hiddenNoted ||= line.note?.kind === "data-hidden";
      continue;
    }
    if (hiddenEnds.has(line)) {
      if (!hiddenNoted) out.push(HIDDEN);
      hiddenNoted = false;
    }
    const content = stuffs && messageLines.has(line) && line.text.startsWith(".") ? `.${line.text}` : line.text;
    out.push(`${line.speaker === "client" ? "C:" : "S:"}${content === "" ? "" : ` ${oneLine(content)}`}`);
    if (hiddenChunks.has(line)) out.push(HIDDEN);
  }
  return out;
}

/** BDAT commands whose chunk the dialect does not print. */
function hiddenChunksOf(session: Session): ReadonlySet<WireLine> {
  const chunks = new Set<WireLine>();
  for (const { data } of session.transactions) {
    if (data?.kind !== "BDAT" || data.shown) continue;
    for (const exchange of [data.exchange, ...data.chunks]) if (exchange.wire) chunks.add(exchange.wire);
  }
  return chunks;
}

/** A lone CR inside a line would break it: it is written as its picture (U+240D). */
function oneLine(text: string): string {
  return text.replace(/[\r\n]/g, (end) => (end === "\r" ? "\u240d" : "\u240a"));
}

function writeNote(note: ToolNote, implicitTls: boolean): string | undefined {
  switch (note.kind) {
    case "connect": {
      const host = [note.host, note.ip && `[${note.ip}]`].filter(Boolean).join(" ");
      return `(connecting${host === "" ? "" : ` to ${host}`}${note.port === undefined ? "" : ` port ${note.port}`})`;
    }
    case "tls-started":
    case "tls-detail":
      return `(${[note.kind === "tls-started" ? (note.implicit || implicitTls ? "TLS from the start" : "TLS started") : "TLS", note.version, note.cipher, note.verified === undefined ? undefined : note.verified ? "verified" : "not verified"].filter(Boolean).join(", ")})`;
    case "tls-failed":
      return "(TLS failed)";
    case "close":
      return note.by === "unknown" ? "(connection closed)" : `(connection closed by ${note.by})`;
    case "data-hidden":
      return note.octets === undefined
        ? `(message ${note.open ? "begins here, " : ""}not shown)`
        : `(message of ${note.octets} octets ${note.open ? "begins here, " : ""}not shown)`;
    case "auth-hidden":
      return `(AUTH${note.mechanism ? ` ${note.mechanism}` : ""} not shown${note.outcome && note.outcome !== "unknown" ? `: ${note.outcome}` : ""})`;
    case "client-hidden":
      return "(client line not shown)";
    default:
      return undefined;
  }
}
