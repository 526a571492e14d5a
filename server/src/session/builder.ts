import type { DialectTraits, ToolNote, WireLine } from "../dialects/types.js";
import { lexCommand } from "../protocol/command.js";
import { type EnhancedCode, lexReplyLine } from "../protocol/reply.js";
import { octetLength } from "./expecting.js";
import { SessionFacts } from "./facts.js";
import { inferCommand } from "./infer.js";
import { Machine, startsWithVerb } from "./machine.js";
import type { Exchange, ExchangeKind, Item, MailData, Reply, ReplyLine, Session } from "./model.js";

/** What `SessionBuilder.take` needs to know of the lines around. */
export interface LineContext {
  /** The next line of a party (not of the tool) is not the client's: this line ends its run. */
  readonly lastOfRun: boolean;
  /** A lone dot stands among the client's lines from here to the next reply. */
  dotAhead(): boolean;
  /** A positive reply follows before the next greeting. */
  goesOn(): boolean;
  /** How many complete replies follow before the client speaks again. */
  repliesAhead(): number;
}

const TLS_READY = /\b(?:TLS|SSL)\b/i;

/**
 * Folds the wire lines of one connection into a session. `take` gives false when a line opens another connection; the
 * caller then finishes this one and gives the line to a new builder.
 */
export class SessionBuilder {
  readonly #machine = new Machine();
  readonly #facts: SessionFacts;
  readonly #wire: WireLine[] = [];
  readonly #items: Item[] = [];
  readonly #exchanges: Exchange[] = [];
  readonly #replies: Reply[] = [];
  /** Exchanges that wait for a reply, in step with the machine's pending verbs. */
  readonly #waiting: Exchange[] = [];
  #open: ReplyLine[] = [];
  #batch = 0;
  #serverSpoke = true;
  #data: MailData | undefined;
  #connectNoted = false;
  /** The tool left out what the client said here. */
  #clientHidden = false;

  constructor(
    readonly index: number,
    readonly traits: DialectTraits,
    readonly channel: string | undefined,
  ) {
    this.#facts = new SessionFacts(traits);
  }

  /** True if nothing of SMTP was seen yet. */
  get empty(): boolean {
    return this.#exchanges.length === 0 && this.#replies.length === 0 && this.#open.length === 0;
  }

  /** Takes the next line of the connection; false if it belongs to a new one. */
  take(line: WireLine, context: LineContext): boolean {
    if (line.speaker === "tool") return this.#takeNote(line);
    if (line.speaker === "server") {
      if (this.#opensConnection(line)) return false;
      this.#wire.push(line);
      if (this.empty && !this.#connectNoted) this.#leaveGreeting(line, context);
      this.#takeServer(line);
    } else {
      this.#wire.push(line);
      this.#takeClient(line, context);
    }
    return true;
  }

  /** Ends the session; undefined if it holds nothing of SMTP. */
  finish(): Session | undefined {
    this.#closeReply(false);
    if (this.empty) return undefined;
    const first = this.#wire[0] as WireLine;
    const last = this.#wire[this.#wire.length - 1] as WireLine;
    return {
      index: this.index,
      channel: this.channel,
      traits: this.#startShown() ? this.traits : { ...this.traits, startShown: false },
      items: this.#items,
      exchanges: this.#exchanges,
      replies: this.#replies,
      wire: this.#wire,
      line: first.line,
      endLine: last.line,
      ...this.#facts.finish(this.#exchanges, this.#replies),
    };
  }

  /** A part of a recording begins in the middle: the first reply is no greeting, and nobody told of the connect. */
  #startShown(): boolean {
    const first = this.#replies[0];
    return this.#connectNoted || first === undefined || first.exchange?.kind === "greeting";
  }

  // ---- server

  /** A 220 that nobody waits for, in a session that is under way, is the greeting of the next connection. */
  #opensConnection(line: WireLine): boolean {
    if (this.#open.length > 0 || this.empty || this.#machine.mode === "greeting" || this.#machine.mode === "data")
      return false;
    const { code, text } = lexReplyLine(line.text);
    if (code !== 220) return false;
    const awaited = this.#waiting[0];
    if (awaited && awaited.verb !== "QUIT") return false;
    return this.#machine.mode === "closed" || awaited !== undefined || !TLS_READY.test(text);
  }

  /** A refusal as the first line of a session that goes on is the reply to a command (mostly RCPT) that stands above. */
  #leaveGreeting(line: WireLine, context: LineContext): void {
    const { code } = lexReplyLine(line.text);
    const refusal = code !== null && code >= 400 && code !== 421 && code !== 521 && code !== 554;
    if (refusal && context.goesOn()) this.#machine.mode = "command";
  }

  #takeServer(line: WireLine): void {
    this.#serverSpoke = true;
    if (line.tls) this.#facts.sawTls(this.#machine.mode === "greeting");
    if (this.#open.length === 0) this.#endDataBeforeReply(line);
    const parts = lexReplyLine(line.text);
    // postscreen's teaser, a 220- line that is never finished where the client talked too early.
    if (this.#open[0]?.code === 220 && parts.code !== null && parts.code !== 220) this.#closeReply(false);
    this.#open.push({ ...parts, wire: line });
    const continues = parts.separator === "-" || (parts.separator === null && this.#open.length > 1);
    if (!continues) this.#closeReply(true);
  }

  /** A reply while message text is expected: the dot is hidden or missing, or the server gives up (421). */
  #endDataBeforeReply(line: WireLine): void {
    const machine = this.#machine;
    if (machine.chunk > 0) machine.chunk = 0;
    if (machine.mode !== "data" || machine.ahead) return;
    const shown = this.#data !== undefined && this.#data.lines.length > 0 && this.traits.endOfDataShown;
    if (shown && /^421/.test(line.text)) {
      machine.mode = "closed";
      return;
    }
    this.#endOfData(undefined);
  }

  #closeReply(complete: boolean): void {
    if (this.#open.length === 0) return;
    const lines = this.#open;
    this.#open = [];
    const reply: Reply = {
      order: this.#items.length,
      code: lines[0]?.code ?? null,
      lines,
      enhanced: firstEnhanced(lines),
      text: textOf(lines),
      complete,
      exchange: undefined,
    };
    this.#items.push({ kind: "reply", reply });
    this.#replies.push(reply);
    const exchange = this.#exchangeAnsweredBy(reply);
    if (!exchange) {
      this.#facts.unsolicited(reply);
      return;
    }
    reply.exchange = exchange;
    exchange.replies.push(reply);
    if (exchange.kind === "end-of-data" && exchange.replies.length > 1 && !this.#facts.state.lmtp && this.#hidden()) {
      this.#facts.answeredAgain(exchange, reply);
    } else this.#facts.answered(exchange, reply, this.#waiting.includes(exchange));
    if (exchange.verb === "STARTTLS" && reply.code === 220 && this.traits.order === "wire") this.#discardWaiting();
  }

  /** What a client sent along with STARTTLS is discarded (RFC 3207 §5, as servers do it): no reply comes. */
  #discardWaiting(): void {
    this.#machine.pending.length = 0;
    this.#waiting.length = 0;
  }

  #exchangeAnsweredBy(reply: Reply): Exchange | undefined {
    const machine = this.#machine;
    if (machine.mode === "greeting" && machine.pending.length === 0 && isGreeting(reply)) {
      machine.reply(reply.code);
      return this.#addExchange({ kind: "greeting", verb: "" });
    }
    const before = machine.pending.length === 0 ? this.#infer(reply) : undefined;
    if (before) return before;
    this.#waiting.splice(0, machine.resync(reply.code));
    const waiting = machine.pending.length;
    const greeting = machine.mode === "greeting" && (reply.code === 220 || reply.code === 554);
    const verb = machine.reply(reply.code);
    if (greeting && verb === "") return this.#addExchange({ kind: "greeting", verb: "" });
    const head = verb === "" ? undefined : this.#waiting[0];
    if (machine.pending.length < waiting) this.#waiting.shift();
    return head;
  }

  /** Only the server is shown, or the transcript begins behind the command: which command does this reply answer? */
  #infer(reply: Reply): Exchange | undefined {
    const hidden = this.#hidden();
    if (!hidden && this.#exchanges.length > 0) return undefined;
    const previous = this.#exchanges[this.#exchanges.length - 1];
    const guess = inferCommand(reply, {
      state: this.#facts.state,
      previous,
      greeting: this.#exchanges.find((exchange) => exchange.kind === "greeting")?.reply,
      serverOnly: hidden,
    });
    if (guess === undefined) return undefined;
    if (guess.again) return previous;
    if (this.#machine.mode === "greeting") this.#machine.mode = "command";
    if (guess.verb === ".") this.#endOfData(undefined);
    else this.#addHidden(guess.verb, guess);
    return undefined;
  }

  /** True while commands are not shown. */
  #hidden(): boolean {
    return this.traits.sides === "server" || this.#clientHidden;
  }

  /** A command that is not shown, known from its reply or from the tool. */
  #addHidden(verb: string, told: Exchange["told"]): void {
    const previous = this.#exchanges[this.#exchanges.length - 1];
    const response = verb === "AUTH" && previous?.auth !== undefined && previous.reply?.code === 334;
    this.#machine.command(verb, "");
    const exchange = this.#addExchange({ kind: response ? "auth-response" : "command", verb, told });
    this.#waiting.push(exchange);
    this.#facts.sent(exchange);
  }

  // ---- client

  #takeClient(line: WireLine, context: LineContext): void {
    this.#closeReply(false);
    this.#clientHidden = false;
    if (this.#serverSpoke) this.#batch++;
    this.#serverSpoke = false;
    const machine = this.#machine;
    if (this.empty && !this.#connectNoted && !startsWithVerb(line.text) && context.dotAhead()) this.#beginInsideData();
    let kind = machine.classify(line.text);
    if (machine.chunk > 0 && this.traits.body === "hidden") {
      machine.chunk = 0;
      kind = machine.classify(line.text);
    } else if (
      machine.mode === "data" &&
      kind === "data" &&
      this.traits.body === "hidden" &&
      startsWithVerb(line.text)
    ) {
      this.#endOfData(undefined);
      kind = "command";
    } else if (kind === "end-of-data" && !this.#endsData(line, context)) {
      kind = "data";
    }
    if (kind === "data") this.#takeData(line);
    else if (kind === "end-of-data") this.#endOfData(line);
    else if (kind === "auth-response") this.#authResponse(line);
    else this.#takeCommand(line);
  }

  /** A part of a recording begins inside a message: its DATA stands above. */
  #beginInsideData(): void {
    this.#facts.sent(this.#addExchange({ kind: "command", verb: "DATA" }));
    this.#machine.mode = "data";
  }

  /** Whether a lone dot ends the message: not if the dialect unstuffs and more follows, nor if the server did not take an irregular one. */
  #endsData(line: WireLine, context: LineContext): boolean {
    if (this.traits.body === "unstuffed") return context.lastOfRun;
    const lines = this.#data?.lines;
    const before = lines?.[lines.length - 1]?.wireEnd;
    const regular = (end: WireLine["wireEnd"]): boolean => end === undefined || end === "crlf";
    if (regular(line.wireEnd) && regular(before)) return true;
    return context.lastOfRun || context.repliesAhead() > 1;
  }

  #takeCommand(line: WireLine): void {
    const command = lexCommand(line.text);
    this.#machine.command(command.verb, command.argument);
    const exchange = this.#addExchange({ kind: "command", verb: command.verb, wire: line, command });
    this.#waiting.push(exchange);
    this.#facts.sent(exchange);
    if (command.verb === "BDAT" || command.verb === "BURL") this.#data = exchange.transaction?.data;
    else if (command.verb === "DATA") this.#data = undefined;
  }

  #authResponse(line: WireLine | undefined): void {
    this.#machine.authResponse();
    const exchange = this.#addExchange({ kind: "auth-response", verb: "", wire: line });
    this.#waiting.push(exchange);
    this.#facts.sent(exchange);
  }

  #takeData(line: WireLine): void {
    const data = this.#currentData();
    if (data.lines.length === 0) this.#items.push({ kind: "data", data });
    data.lines.push(line);
    data.shown = true;
    this.#machine.data(this.#machine.chunk > 0 ? octetLength(line.text) + endLength(line) : 0);
  }

  #endOfData(line: WireLine | undefined): void {
    const data = this.#currentData();
    this.#machine.endOfData();
    const exchange = this.#addExchange({ kind: "end-of-data", verb: "", wire: line });
    data.end = exchange;
    this.#waiting.push(exchange);
    this.#facts.dataEnded(exchange, data);
    this.#data = undefined;
  }

  #currentData(): MailData {
    this.#data ??= this.#facts.dataOf(this.#exchanges);
    return this.#data;
  }

  // ---- tool

  #takeNote(line: WireLine): boolean {
    const note = line.note;
    const opens = note?.kind === "session-start" || note?.kind === "connect";
    if (opens && !this.empty) return false;
    if (opens) this.#connectNoted = true;
    // Notes before the first protocol line are the session's only where they tell of its connection.
    if (note || !this.empty) {
      this.#wire.push(line);
      this.#items.push({ kind: "note", wire: line });
    }
    if (note) this.#applyNote(note);
    return true;
  }

  #applyNote(note: ToolNote): void {
    const machine = this.#machine;
    if (note.kind === "data-hidden") {
      const expected = machine.mode === "data" || machine.chunk > 0 || machine.dataPending();
      if (!expected) return;
      const data = this.#currentData();
      data.octetsStated = note.octets ?? data.octetsStated;
      if (machine.chunk > 0) machine.chunk = 0;
      else if (!note.open) this.#endOfData(undefined);
    } else if (note.kind === "auth-hidden") {
      const exchange = this.#addExchange({ kind: "command", verb: "AUTH" });
      this.#facts.hiddenAuth(exchange, note.mechanism, note.outcome);
    } else if (note.kind === "client-hidden") {
      this.#clientHidden = true;
      if (machine.mode === "auth") this.#authResponse(undefined);
    } else if (note.kind === "commands-hidden") {
      for (const { verb, path, silent } of note.commands) {
        if (!silent) this.#addHidden(verb, { path });
        else this.#facts.sent(this.#addExchange({ kind: "command", verb, told: { path } }));
      }
      if (machine.mode === "greeting") machine.mode = "command";
    } else {
      if (note.kind === "close") machine.mode = "closed";
      this.#facts.note(note, machine.mode === "greeting" && machine.pending.length === 0);
    }
  }

  // ---- common

  #addExchange(parts: {
    kind: ExchangeKind;
    verb: string;
    wire?: WireLine;
    command?: Exchange["command"];
    told?: Exchange["told"];
  }): Exchange {
    const exchange: Exchange = {
      order: this.#items.length,
      kind: parts.kind,
      wire: parts.wire,
      command: parts.command,
      verb: parts.verb,
      inferred: parts.wire === undefined && parts.kind === "command",
      told: parts.told,
      before: this.#facts.state,
      replies: [],
      get reply() {
        return this.replies[0];
      },
      batch: this.#batch,
      transaction: undefined,
      auth: undefined,
    };
    this.#items.push({ kind: "exchange", exchange });
    this.#exchanges.push(exchange);
    return exchange;
  }
}

/** Octets of the line end on the wire; CR LF where the dialect does not show it. */
function endLength(line: WireLine): number {
  if (line.wireEnd === "none") return 0;
  return line.wireEnd === "lf" || line.wireEnd === "cr" ? 1 : 2;
}

function isGreeting(reply: Reply): boolean {
  return reply.code === null || reply.code === 220 || reply.code >= 400;
}

function firstEnhanced(lines: readonly ReplyLine[]): EnhancedCode | null {
  for (const line of lines) if (line.enhanced) return line.enhanced;
  return null;
}

function textOf(lines: readonly ReplyLine[]): string {
  return lines
    .map((line) => (line.enhanced ? line.text.slice(line.enhanced.value.length).trimStart() : line.text))
    .join(" ")
    .trim();
}
