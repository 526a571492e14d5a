import type { DialectTraits, WireLine } from "../dialects/types.js";
import type { CommandParts } from "../protocol/command.js";
import { SessionFacts } from "./facts.js";
import { Machine } from "./machine.js";
import type { AuthAttempt, Exchange, ExchangeKind, Item, MailData, Reply, State, Transaction } from "./model.js";

/** What is known of an exchange when it begins. */
interface ExchangeStart {
  readonly kind: ExchangeKind;
  readonly verb: string;
  readonly wire?: WireLine;
  readonly command?: CommandParts;
  readonly told?: Exchange["told"];
}

/** An exchange of the model. A class, since an accessor in an object literal is made anew for each object. */
class CourseExchange implements Exchange {
  readonly kind: ExchangeKind;
  readonly verb: string;
  readonly wire: WireLine | undefined;
  readonly command: CommandParts | undefined;
  readonly told: Exchange["told"];
  readonly inferred: boolean;
  replies: readonly Reply[] = [];
  transaction: Transaction | undefined = undefined;
  auth: AuthAttempt | undefined = undefined;

  constructor(
    start: ExchangeStart,
    readonly order: number,
    readonly batch: number,
    readonly before: State,
  ) {
    this.kind = start.kind;
    this.verb = start.verb;
    this.wire = start.wire;
    this.command = start.command;
    this.told = start.told;
    this.inferred = start.wire === undefined && start.kind === "command";
  }

  get reply(): Reply | undefined {
    return this.replies[0];
  }
}

/** What a session has come to: its lines and exchanges so far, and what waits for a reply. Shared by both sides' readers. */
export class Course {
  readonly machine = new Machine();
  readonly facts: SessionFacts;
  readonly wire: WireLine[] = [];
  readonly items: Item[] = [];
  readonly exchanges: Exchange[] = [];
  readonly replies: Reply[] = [];
  /** Exchanges that wait for a reply, in step with the machine's pending verbs. */
  readonly waiting: Exchange[] = [];
  /** The message being read. */
  data: MailData | undefined;
  /** A tool told of the connect. */
  connectNoted = false;
  /** The tool left out what the client said here. */
  clientHidden = false;
  #batch = 0;
  #serverSpoke = true;

  constructor(readonly traits: DialectTraits) {
    this.facts = new SessionFacts(traits);
  }

  /** True while commands are not shown. */
  get commandsHidden(): boolean {
    return this.traits.sides === "server" || this.clientHidden;
  }

  /** The server speaks: what the client sends next is a new batch (RFC 2920). */
  serverSpeaks(): void {
    this.#serverSpoke = true;
  }

  /** The client speaks. */
  clientSpeaks(): void {
    this.clientHidden = false;
    if (this.#serverSpoke) this.#batch++;
    this.#serverSpoke = false;
  }

  /** Adds an exchange that no reply is expected for, or that is answered already. */
  add(start: ExchangeStart): Exchange {
    const exchange = new CourseExchange(start, this.items.length, this.#batch, this.facts.state);
    this.items.push({ kind: "exchange", exchange });
    this.exchanges.push(exchange);
    return exchange;
  }

  /** Adds an exchange that was sent without being part of what the machine follows. */
  addUnanswered(start: ExchangeStart): Exchange {
    const exchange = this.add(start);
    this.facts.sent(exchange);
    return exchange;
  }

  /** Adds a command that waits for its reply; `argument` as it stands behind the verb. */
  addCommand(start: ExchangeStart, argument: string): Exchange {
    this.machine.command(start.verb, argument);
    return this.#await(start);
  }

  /** Adds a command that is not shown, known from its reply or from the tool. */
  addHidden(verb: string, told: Exchange["told"]): void {
    const previous = this.exchanges[this.exchanges.length - 1];
    const response = verb === "AUTH" && previous?.auth !== undefined && previous.reply?.code === 334;
    this.addCommand({ kind: response ? "auth-response" : "command", verb, told }, "");
  }

  /** Adds a SASL response; without a line where it is hidden. */
  addResponse(wire: WireLine | undefined): void {
    this.machine.authResponse();
    this.#await({ kind: "auth-response", verb: "", wire });
  }

  /** Adds the end of the message being read; without a line where it is implied. */
  endData(wire: WireLine | undefined): void {
    const data = this.currentData();
    this.machine.endOfData();
    const exchange = this.add({ kind: "end-of-data", verb: "", wire });
    data.end = exchange;
    this.waiting.push(exchange);
    this.facts.dataEnded(exchange, data);
    this.data = undefined;
  }

  /** The message data that a line read now belongs to. */
  currentData(): MailData {
    this.data ??= this.facts.dataOf(this.exchanges);
    return this.data;
  }

  #await(start: ExchangeStart): Exchange {
    const exchange = this.addUnanswered(start);
    this.waiting.push(exchange);
    return exchange;
  }
}
