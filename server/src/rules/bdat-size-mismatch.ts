import { chunkedMessages, chunkLines, octetRange } from "./lib/chunks.js";
import { exampleSession } from "./lib/example.js";
import { CHUNK_ENVELOPE } from "./lib/examples-bdat.js";
import { isRefusal, relatedReply, replaceIn, type ShownCommand } from "./support.js";
import type { Exchange, Fix, Rule, RuleContext, Session, WireLine } from "./types.js";

/** A chunk that is shorter than its BDAT said. */
export const bdatSizeMismatch: Rule = {
  id: "bdat-size-mismatch",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 3030", section: "2" }],
  topic: "chunking",
  title: "The chunk has not the length that BDAT says",
  messages: {
    short:
      "BDAT announces {size} octets, {actual} follow. The server takes the next command for the rest of the message: count the octets with CR LF at the line ends.",
    long: "BDAT announces {size} octets, {actual} follow. The server reads what is too much as commands: count the octets with CR LF at the line ends.",
    chunk: "The chunk begins here.",
    reply: "The server's answer: {code}",
    fix: "Announce {actual} octets",
  },
  why: "The server counts octets and looks at nothing else (RFC 3030 §2). One octet too few and the next command becomes text, one too many and text becomes a command. Mostly line ends were counted as one octet.",
  fix: "Count what is sent on the wire: two octets for each line end, and the octets of UTF-8 instead of characters.",
  elsewhere: "Zeek smtp_bdat_remaining_at_end_data; Suricata bdat_chunk_len_exceeded",
  wrong: exampleSession(
    ["CHUNKING"],
    ...CHUNK_ENVELOPE,
    "C: BDAT 90 LAST",
    "C: Hi there",
    "S: 421 4.4.2 Error: timeout exceeded",
  ),
  right: exampleSession(["CHUNKING"], ...CHUNK_ENVELOPE, "C: BDAT 10 LAST", "C: Hi there", "S: 250 2.0.0 Ok"),
  about: "chunks",
  fixable: true,
  check(session: Session, context: RuleContext): void {
    if (session.traits.body !== "stuffed") return;
    for (const message of chunkedMessages(session)) {
      for (const chunk of message.chunks) {
        const { exchange, size } = chunk;
        // A refusal before the content was sent leaves nothing to count.
        if (size === undefined || (isRefusal(exchange.reply) && exchange.reply?.code !== 421)) continue;
        if (context.isConsequence(exchange)) continue;
        const lines = chunkLines(session, chunk);
        if (size > 0 && lines.length === 0) continue;
        const { least, most } = octetRange(lines);
        if (size >= least && size <= most) continue;
        // The recording ends inside the chunk.
        if (size > most && endsWith(session, exchange, lines)) continue;
        const first = lines[0];
        context.report({
          at: { wire: exchange.wire },
          message: size > most ? "short" : "long",
          data: { size, actual: most },
          related: [
            ...(first ? [{ at: { wire: first }, message: "chunk" }] : []),
            ...relatedReply(exchange.reply, "reply"),
          ],
          fix: size > most ? counted(session, exchange, most) : undefined,
        });
      }
    }
  },
};

/** Nothing of the session follows these lines of a chunk, not even its reply. */
function endsWith(session: Session, exchange: Exchange, lines: readonly WireLine[]): boolean {
  if (session.traits.origin === "handwritten" || exchange.reply) return false;
  // Without marks a reply inside a chunk that is too short is read as its text.
  if (lines.some(({ text }) => /^[2-5]\d\d[ -]/.test(text))) return false;
  const said = session.wire.findLast(({ speaker }) => speaker !== "tool");
  return said !== undefined && said === (lines[lines.length - 1] ?? exchange.wire);
}

/** The number of the octets that are there; only in text that people write, where the lines are all there is. */
function counted(session: Session, { wire, command }: ShownCommand, actual: number): Fix | undefined {
  if (session.traits.origin !== "handwritten" || actual === 0) return undefined;
  const digits = /^\d+/.exec(command.argument)?.[0].length ?? 0;
  const edit = replaceIn(wire, command.argumentFrom, command.argumentFrom + digits, String(actual));
  return { title: "fix", data: { actual }, kind: "structure", edits: [edit] };
}
