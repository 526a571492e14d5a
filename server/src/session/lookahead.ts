import type { WireLine } from "../dialects/types.js";
import { lexReplyLine, type ReplyLineParts } from "../protocol/reply.js";
import { replyLineState } from "./machine.js";

/** Notes that stand between two connections. */
const BETWEEN: ReadonlySet<string> = new Set(["connect", "session-start", "close"]);

/** Answers what stands around a line of a connection, only when asked. */
export class Lookahead {
  /** Index of the line in question. */
  at = 0;

  constructor(readonly lines: readonly WireLine[]) {}

  /** The next line of a party (not of the tool) is not the client's: this line ends its run. */
  get lastOfRun(): boolean {
    for (let k = this.at + 1; k < this.lines.length; k++) {
      const { speaker } = this.lines[k] as WireLine;
      if (speaker !== "tool") return speaker !== "client";
    }
    return true;
  }

  /** What the client says from here to the next reply. */
  clientRun(): string[] {
    const run: string[] = [];
    for (let k = this.at; k < this.lines.length && this.lines[k]?.speaker !== "server"; k++) {
      const line = this.lines[k] as WireLine;
      if (line.speaker === "client") run.push(line.text);
    }
    return run;
  }

  /** The first line of the next reply, within `far` lines. */
  nextReply(far: number): ReplyLineParts | undefined {
    for (let k = this.at + 1; k < this.lines.length && k <= this.at + far; k++) {
      const line = this.lines[k] as WireLine;
      if (line.speaker === "server") return lexReplyLine(line.text);
    }
    return undefined;
  }

  /** The next line of the client, unless a connection opens before it. */
  nextCommand(): string | undefined {
    for (let k = this.at + 1; k < this.lines.length; k++) {
      const { speaker, text, note } = this.lines[k] as WireLine;
      if (speaker === "client") return text;
      if (speaker === "server" ? replyLineState(text).code === 220 : note?.kind === "connect") return undefined;
    }
    return undefined;
  }

  /** How many complete replies follow this line before the client speaks. */
  repliesInRun(): number {
    return this.#repliesFrom(this.at + 1);
  }

  /** A positive reply follows before the next greeting. */
  goesOn(): boolean {
    for (let k = this.at + 1; k < this.lines.length; k++) {
      const line = this.lines[k] as WireLine;
      if (line.speaker !== "server") continue;
      const { code } = replyLineState(line.text);
      if (code === 220) return false;
      if (code !== null && code !== 221 && code < 400) return true;
    }
    return false;
  }

  /** How many complete replies follow before the client speaks again. */
  repliesAhead(): number {
    let k = this.at + 1;
    while (k < this.lines.length && this.lines[k]?.speaker !== "server") k++;
    return this.#repliesFrom(k);
  }

  #repliesFrom(at: number): number {
    let replies = 0;
    for (let k = at; k < this.lines.length && this.lines[k]?.speaker !== "client"; k++) {
      const { speaker, text, note } = this.lines[k] as WireLine;
      if (note && BETWEEN.has(note.kind)) break;
      if (speaker !== "server") continue;
      const { code, more } = replyLineState(text);
      if (code === 220) break;
      if (!more) replies++;
    }
    return replies;
  }
}
