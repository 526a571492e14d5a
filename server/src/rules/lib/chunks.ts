import { commandsOf, isPositive, isRefusal, type ShownCommand } from "../support.js";
import type { Exchange, Session, WireLine } from "../types.js";
import { perSession } from "./memo.js";
import { lineOctets } from "./octets.js";

/** A BDAT command taken apart (RFC 3030 §2). */
export interface Chunk {
  readonly exchange: ShownCommand;
  /** Announced octets; undefined where there is no number. */
  readonly size: number | undefined;
  readonly last: boolean;
}

/** The chunks of one message, and what came in between that should not. */
export interface ChunkedMessage {
  readonly chunks: Chunk[];
  /** MAIL and RCPT between the first chunk and the last. */
  readonly envelope: ShownCommand[];
  /** DATA between the first chunk and the last. */
  readonly data: ShownCommand[];
  /** BDAT or BURL behind the last chunk, before a new MAIL. */
  readonly behindLast: ShownCommand[];
  /** The command that ended the transaction although no last chunk had come: QUIT, or an accepted MAIL. */
  abandonedBy: ShownCommand | undefined;
  /** The chunk with LAST. */
  end: Chunk | undefined;
}

/** The messages that a session sends by BDAT (and BURL), in order. */
export const chunkedMessages: (session: Session) => readonly ChunkedMessage[] = perSession(read);

function read(session: Session): ChunkedMessage[] {
  const messages: ChunkedMessage[] = [];
  let open: ChunkedMessage | undefined;
  for (const exchange of commandsOf(session)) {
    const { verb } = exchange;
    if (verb === "BDAT" || verb === "BURL") {
      if (!open) {
        open = { chunks: [], envelope: [], data: [], behindLast: [], abandonedBy: undefined, end: undefined };
        messages.push(open);
      }
      addChunk(open, exchange);
    } else if (open) {
      open = follow(open, exchange);
    }
  }
  return messages;
}

function addChunk(open: ChunkedMessage, exchange: ShownCommand): void {
  if (open.end) {
    open.behindLast.push(exchange);
    return;
  }
  const { argument } = exchange.command;
  const size = exchange.verb === "BDAT" ? /^\d{1,15}(?=[ \t]|$)/.exec(argument)?.[0] : undefined;
  const last = /(?:^|[ \t])LAST[ \t]*$/i.test(argument);
  const chunk = { exchange, size: size === undefined ? undefined : Number(size), last };
  open.chunks.push(chunk);
  if (last) open.end = chunk;
}

/** A command other than BDAT behind a chunk; gives the message that is still open after it. */
function follow(open: ChunkedMessage, exchange: ShownCommand): ChunkedMessage | undefined {
  const positive = isPositive(exchange.reply);
  switch (exchange.verb) {
    case "RSET":
    case "EHLO":
    case "HELO":
    case "LHLO":
      return isRefusal(exchange.reply) ? open : undefined;
    case "QUIT":
      if (!open.end) open.abandonedBy = exchange;
      return undefined;
    case "MAIL":
      if (open.end) return undefined;
      if (positive) open.abandonedBy = exchange;
      else open.envelope.push(exchange);
      return positive ? undefined : open;
    case "RCPT":
      if (!open.end) open.envelope.push(exchange);
      return open;
    case "DATA":
      if (!open.end) open.data.push(exchange);
      return open.end ? undefined : open;
    default:
      return open;
  }
}

/** The lines of a session that are commands, and where each line stands. */
interface Places {
  readonly commands: ReadonlySet<WireLine | undefined>;
  readonly places: ReadonlyMap<WireLine, number>;
}

const placesOf = perSession(
  (session: Session): Places => ({
    commands: new Set(session.exchanges.map(({ wire }) => wire)),
    places: new Map(session.wire.map((wire, k) => [wire, k])),
  }),
);

/** Lines that follow a BDAT command up to the next command or reply: what its chunk was meant to be. */
export function chunkLines(session: Session, { exchange }: Chunk): readonly WireLine[] {
  const { commands, places } = placesOf(session);
  const lines: WireLine[] = [];
  for (let k = (places.get(exchange.wire) ?? session.wire.length) + 1; k < session.wire.length; k++) {
    const wire = session.wire[k] as WireLine;
    if (wire.speaker === "tool") continue;
    if (wire.speaker === "server" || commands.has(wire)) break;
    lines.push(wire);
  }
  return lines;
}

/** The least and the most octets that lines can have been: line ends count two, one or (the last) none where unseen. */
export function octetRange(lines: readonly WireLine[]): { readonly least: number; readonly most: number } {
  let most = 0;
  for (const wire of lines) most += lineOctets(wire);
  const seen = lines.every((wire) => wire.wireEnd !== undefined);
  return { least: seen ? most : Math.max(0, most - lines.length - 1), most };
}

/** Refused before the client went on, so that it knew: not in the same batch (RFC 3030 §2). */
export function knewOfRefusal(earlier: Exchange, later: Exchange): boolean {
  return isRefusal(earlier.reply) && earlier.batch !== later.batch && (earlier.reply?.order ?? 0) < later.order;
}
