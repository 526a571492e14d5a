import type { WireLine } from "../dialects/types.js";
import { type EnhancedCode, lexReplyLine, type ReplyLineParts } from "../protocol/reply.js";
import type { Course } from "./course.js";
import { answersDataAgain, inferCommand } from "./infer.js";
import type { Lookahead } from "./lookahead.js";
import type { Exchange, Reply, ReplyLine } from "./model.js";
import { refusesConnection } from "./opening.js";

/** How many lines a client that talks too early says before the greeting at most. */
const EARLY = 20;
const BANNER = /^\S+ (?:.* )?E?SMTP\b/;
/** Commands that are answered 220, XCLIENT with a new greeting. */
const TAKES_220 = new Set(["STARTTLS", "XCLIENT", "AUTH"]);
const TLS_READY = /\b(?:TLS|SSL)\b/i;

/** Reads the server's lines of one session: joins them into replies and ties each reply to what it answers. */
export class ServerSide {
  /** Lines of the reply that is not complete yet. */
  readonly #open: ReplyLine[] = [];
  /** How many of the next replies answer commands that the recording does not show. */
  #foreign = 0;

  constructor(readonly course: Course) {}

  /** True between the lines of one reply. */
  get inReply(): boolean {
    return this.#open.length > 0;
  }

  /** A 220 that nobody waits for, in a session that is under way, is the greeting of the next connection. */
  opensConnection(line: WireLine): boolean {
    const { machine, waiting } = this.course;
    if (this.inReply || machine.mode === "greeting" || machine.mode === "data") return false;
    const { code, text } = lexReplyLine(line.text);
    if (code !== 220) return false;
    const awaited = waiting[0];
    if (awaited && awaited.verb !== "QUIT") return BANNER.test(text) && !TAKES_220.has(awaited.verb);
    return machine.mode === "closed" || awaited !== undefined || !TLS_READY.test(text);
  }

  /** What a client says behind the end, and a greeting answers, opens the next connection: it talks too early there. */
  comesBeforeGreeting(around: Lookahead): boolean {
    if (this.course.machine.mode !== "closed" || this.inReply) return false;
    return around.nextReply(EARLY)?.code === 220;
  }

  /** A refusal as the first line of a recording that begins in the middle is the reply to a command that stands above. */
  leaveGreeting(line: WireLine, around: Lookahead): void {
    const { code } = lexReplyLine(line.text);
    if (code !== null && code >= 400 && !refusesConnection(code, line.text, around))
      this.course.machine.mode = "command";
  }

  /** Takes a line. `cut`: nobody told of the connect. */
  take(line: WireLine, around: Lookahead, cut: boolean): void {
    this.course.serverSpeaks();
    if (line.tls) this.course.facts.sawTls(this.course.machine.mode === "greeting");
    if (!this.inReply) this.#endDataBeforeReply(line);
    const parts = lexReplyLine(line.text);
    // postscreen's teaser, a 220- line that is never finished where the client talked too early.
    if (this.#open[0]?.code === 220 && parts.code !== null && parts.code !== 220) this.closeReply(false);
    this.#open.push(replyLine(parts, line));
    const continues = parts.separator === "-" || (parts.separator === null && this.#open.length > 1);
    if (continues) return;
    if (cut && this.course.replies.length === 0) this.#countForeign(around);
    this.closeReply(true);
  }

  /**
   * A recording that begins inside a batch (RFC 2920) shows more replies than commands: the first of them answer commands
   * that stand above.
   */
  #countForeign(around: Lookahead): void {
    const { machine, traits } = this.course;
    const { code } = this.#open[0] as ReplyLine;
    if (machine.pending.length === 0 || traits.order === "loose" || code === 220 || code === 421) return;
    if (machine.pending.some(({ afterData }) => afterData && machine.pending.length === 1)) return;
    this.#foreign = Math.max(0, 1 + around.repliesInRun() - machine.pending.length);
  }

  /** A reply while message text is expected: the dot is hidden or missing, or the server gives up (421). */
  #endDataBeforeReply(line: WireLine): void {
    const { machine, data, traits } = this.course;
    if (machine.chunk > 0) machine.chunk = 0;
    if (machine.mode !== "data" || machine.ahead) return;
    const shown = data !== undefined && data.lines.length > 0 && traits.endOfDataShown;
    if (shown && line.text.startsWith("421")) {
      machine.mode = "closed";
      return;
    }
    this.course.endData(undefined);
  }

  /** Ends the reply that is open, if one is; `complete` if its last line said so. */
  closeReply(complete: boolean): void {
    if (!this.inReply) return;
    const { course } = this;
    // A list that grew by pushing has room for more than most replies need.
    const lines = this.#open.slice();
    this.#open.length = 0;
    const reply: Reply = {
      order: course.items.length,
      code: lines[0]?.code ?? null,
      lines,
      enhanced: firstEnhanced(lines),
      text: textOf(lines),
      complete,
      exchange: undefined,
    };
    course.items.push({ kind: "reply", reply });
    course.replies.push(reply);
    const exchange = this.#answeredBy(reply);
    if (exchange) this.#attach(reply, exchange);
    else course.facts.unsolicited(reply);
  }

  /** The recording begins behind EHLO or LHLO, so that it may be LMTP. */
  get #helloHidden(): boolean {
    const { hello } = this.course.facts.state;
    return hello === undefined || hello.inferred;
  }

  #attach(reply: Reply, exchange: Exchange): void {
    const { facts, machine, waiting, traits, commandsHidden } = this.course;
    reply.exchange = exchange;
    exchange.replies = [...exchange.replies, reply];
    const again = exchange.kind === "end-of-data" && exchange.replies.length > 1;
    if (again && !facts.state.lmtp && (commandsHidden || this.#helloHidden)) facts.answeredAgain(exchange, reply);
    else facts.answered(exchange, reply, waiting.includes(exchange));
    if (exchange.verb === "STARTTLS" && reply.code === 220 && traits.order === "wire") {
      // What a client sent along with STARTTLS is discarded (RFC 3207 §5, as servers do it): no reply comes.
      machine.pending.length = 0;
      waiting.length = 0;
    }
  }

  /** The exchange that a reply answers; undefined for a reply nobody asked for. */
  #answeredBy(reply: Reply): Exchange | undefined {
    const { machine, waiting } = this.course;
    if (this.#foreign > 0) {
      this.#foreign--;
      machine.mode = "command";
      return undefined;
    }
    if (machine.mode === "greeting" && machine.pending.length === 0 && isGreeting(reply)) {
      machine.reply(reply.code);
      return this.course.add({ kind: "greeting", verb: "" });
    }
    const before = machine.pending.length === 0 ? this.#infer(reply) : undefined;
    if (before) return before;
    waiting.splice(0, machine.resync(reply.code));
    const pending = machine.pending.length;
    const greeting = machine.greets(reply.code);
    const verb = machine.reply(reply.code);
    if (greeting && verb === "") return this.course.add({ kind: "greeting", verb: "" });
    const head = verb === "" ? undefined : waiting[0];
    if (machine.pending.length < pending) waiting.shift();
    return head;
  }

  /**
   * Only the server is shown, or the transcript begins behind the command: adds the command that this reply answers. Gives
   * an exchange only where the reply is one more to the exchange before.
   */
  #infer(reply: Reply): Exchange | undefined {
    const { course } = this;
    const { machine, exchanges, commandsHidden } = course;
    const previous = exchanges[exchanges.length - 1];
    if (!commandsHidden && exchanges.length > 0)
      return this.#helloHidden && answersDataAgain(reply, previous) ? previous : undefined;
    const guess = inferCommand(reply, {
      state: course.facts.state,
      previous,
      greeting: exchanges.find((exchange) => exchange.kind === "greeting")?.reply,
      serverOnly: commandsHidden,
    });
    if (guess === undefined) return undefined;
    if (guess.again) return previous;
    if (machine.mode === "greeting") machine.mode = "command";
    if (guess.verb === ".") course.endData(undefined);
    else course.addHidden(guess.verb, guess);
    return undefined;
  }
}

function isGreeting(reply: Reply): boolean {
  return reply.code === null || reply.code === 220 || reply.code >= 400;
}

/** Written out: an engine makes a new layout for every object that comes of a spread and one property more. */
function replyLine({ code, separator, textFrom, text, enhanced }: ReplyLineParts, wire: WireLine): ReplyLine {
  return { code, separator, textFrom, text, enhanced, wire };
}

function firstEnhanced(lines: readonly ReplyLine[]): EnhancedCode | null {
  for (const line of lines) if (line.enhanced) return line.enhanced;
  return null;
}

function textOf(lines: readonly ReplyLine[]): string {
  let text = "";
  for (const line of lines) {
    const said = line.enhanced ? line.text.slice(line.enhanced.value.length).trimStart() : line.text;
    text = line === lines[0] ? said : `${text} ${said}`;
  }
  return text.trim();
}
