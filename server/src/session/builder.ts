import type { DialectTraits, WireLine } from "../dialects/types.js";
import { ClientSide } from "./client-side.js";
import { Course } from "./course.js";
import type { Lookahead } from "./lookahead.js";
import type { Session } from "./model.js";
import { ServerSide } from "./server-side.js";
import { applyNote } from "./tool-notes.js";

/**
 * Folds the wire lines of one connection into a session. `take` gives false when a line opens another connection; the
 * caller then finishes this one and gives the line to a new builder.
 */
export class SessionBuilder {
  readonly #course: Course;
  readonly #server: ServerSide;
  readonly #client: ClientSide;

  constructor(
    readonly index: number,
    readonly traits: DialectTraits,
    readonly channel: string | undefined,
  ) {
    this.#course = new Course(traits);
    this.#server = new ServerSide(this.#course);
    this.#client = new ClientSide(this.#course);
  }

  /** True if nothing of SMTP was seen yet. */
  get empty(): boolean {
    return this.#course.exchanges.length === 0 && this.#course.replies.length === 0 && !this.#server.inReply;
  }

  /** Takes the next line of the connection; false if it belongs to a new one. */
  take(line: WireLine, around: Lookahead): boolean {
    if (line.speaker === "tool") return this.#takeNote(line);
    if (line.speaker === "server") {
      if (!this.empty && this.#server.opensConnection(line)) return false;
      if (this.#first) this.#server.leaveGreeting(line, around);
      this.#course.wire.push(line);
      this.#server.take(line, around, !this.#course.connectNoted);
    } else {
      if (this.#server.comesBeforeGreeting(around)) return false;
      this.#course.wire.push(line);
      this.#server.closeReply(false);
      this.#client.take(line, around, this.#first);
    }
    return true;
  }

  /** Nothing of the session was seen yet, not even that a tool connected. */
  get #first(): boolean {
    return this.empty && !this.#course.connectNoted;
  }

  #takeNote(line: WireLine): boolean {
    const { note } = line;
    const opens = note?.kind === "session-start" || note?.kind === "connect";
    if (opens && !this.empty) return false;
    if (opens) this.#course.connectNoted = true;
    // Notes before the first protocol line are the session's only where they tell of its connection.
    if (note || !this.empty) {
      this.#course.wire.push(line);
      this.#course.items.push({ kind: "note", wire: line });
    }
    if (note) applyNote(note, this.#course);
    return true;
  }

  /** Ends the session; undefined if it holds nothing of SMTP. */
  finish(): Session | undefined {
    this.#server.closeReply(false);
    if (this.empty) return undefined;
    const { wire, items, exchanges, replies, facts } = this.#course;
    const first = wire[0] as WireLine;
    const last = wire[wire.length - 1] as WireLine;
    return {
      index: this.index,
      channel: this.channel,
      traits: this.#startShown() ? this.traits : { ...this.traits, startShown: false },
      // Lists that grew by pushing have room for more than they hold.
      items: items.slice(),
      exchanges: exchanges.slice(),
      replies: replies.slice(),
      wire: wire.slice(),
      line: first.line,
      endLine: last.line,
      memo: [],
      ...facts.finish(exchanges, replies),
    };
  }

  /** A part of a recording begins in the middle: the first reply is no greeting, and nobody told of the connect. */
  #startShown(): boolean {
    const first = this.#course.replies[0];
    return this.#course.connectNoted || first === undefined || first.exchange?.kind === "greeting";
  }
}
