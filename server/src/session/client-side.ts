import type { WireEnd, WireLine } from "../dialects/types.js";
import { lexCommand } from "../protocol/command.js";
import { octetLength } from "../text/octets.js";
import type { Course } from "./course.js";
import type { Lookahead } from "./lookahead.js";
import { type ClientLineKind, startsWithVerb } from "./machine.js";
import { type Beginning, beginningOf } from "./opening.js";

/** Reads the client's lines of one session: commands, message text, the end of the data, SASL responses. */
export class ClientSide {
  constructor(readonly course: Course) {}

  /** Takes a line. `first`: nothing of the session was seen before, not even that a tool connected. */
  take(line: WireLine, around: Lookahead, first: boolean): void {
    this.course.clientSpeaks();
    if (first) this.#beginInside(beginningOf(line.text, around, this.course.traits.endOfDataShown));
    switch (this.#kindOf(line, around)) {
      case "data":
        this.#takeData(line);
        break;
      case "end-of-data":
        this.course.endData(line);
        break;
      case "auth-response":
        this.course.addResponse(line);
        break;
      default:
        this.#takeCommand(line);
    }
  }

  /** A part of a recording begins inside a message, or inside AUTH: the command stands above. */
  #beginInside(beginning: Beginning): void {
    if (!beginning) return;
    this.course.addUnanswered({ kind: "command", verb: beginning === "data" ? "DATA" : "AUTH" });
    this.course.machine.mode = beginning;
  }

  #kindOf(line: WireLine, around: Lookahead): ClientLineKind {
    const { machine, traits } = this.course;
    const kind = machine.classify(line.text);
    if (traits.body === "hidden") {
      if (machine.chunk > 0) {
        machine.chunk = 0;
        return machine.classify(line.text);
      }
      if (machine.mode === "data" && kind === "data" && startsWithVerb(line.text)) {
        this.course.endData(undefined);
        return "command";
      }
    }
    return kind === "end-of-data" && !this.#endsData(line, around) ? "data" : kind;
  }

  /** Whether a lone dot ends the message: not if the dialect unstuffs and more follows, nor if the server did not take an irregular one. */
  #endsData(line: WireLine, around: Lookahead): boolean {
    if (this.course.traits.body === "unstuffed") return around.lastOfRun;
    const lines = this.course.data?.lines;
    const before = lines?.[lines.length - 1]?.wireEnd;
    if (isRegular(line.wireEnd) && isRegular(before)) return true;
    return around.lastOfRun || around.repliesAhead() > 1;
  }

  #takeCommand(line: WireLine): void {
    const { course } = this;
    const command = lexCommand(line.text);
    const { verb } = command;
    const exchange = course.addCommand({ kind: "command", verb, wire: line, command }, command.argument);
    if (verb === "BDAT" || verb === "BURL") course.data = exchange.transaction?.data;
    else if (verb === "DATA") course.data = undefined;
  }

  #takeData(line: WireLine): void {
    const { course } = this;
    const data = course.currentData();
    if (data.lines.length === 0) course.items.push({ kind: "data", data });
    data.lines.push(line);
    data.shown = true;
    course.machine.data(course.machine.chunk > 0 ? octetLength(line.text) + endLength(line) : 0);
  }
}

function isRegular(end: WireEnd | undefined): boolean {
  return end === undefined || end === "crlf";
}

/** Octets of the line end on the wire; CR LF where the dialect does not show it. */
function endLength(line: WireLine): number {
  if (line.wireEnd === "none") return 0;
  return line.wireEnd === "lf" || line.wireEnd === "cr" ? 1 : 2;
}
