import type { WireLine } from "../dialects/types.js";
import { replyLineState } from "./machine.js";

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

  /** A lone dot stands among the client's lines from here to the next reply. */
  dotAhead(): boolean {
    for (let k = this.at; k < this.lines.length && this.lines[k]?.speaker !== "server"; k++) {
      const line = this.lines[k] as WireLine;
      if (line.speaker === "client" && line.text === ".") return true;
    }
    return false;
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
    let replies = 0;
    for (; k < this.lines.length && this.lines[k]?.speaker !== "client"; k++) {
      const line = this.lines[k] as WireLine;
      if (line.speaker === "server" && !replyLineState(line.text).more) replies++;
    }
    return replies;
  }
}
