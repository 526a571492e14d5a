import type { Delivery } from "../dialects/types.js";
import type { Exchange, MailData, Recipient, Reply, Session, Transaction } from "../session/model.js";
import { octetLength } from "../text/octets.js";
import type { Transcript } from "../transcript.js";
import { hideSecrets } from "./secrets.js";
import { stuffing } from "./stuffing.js";

/** A recipient as `inspect` gives it. */
export interface InspectedRecipient {
  readonly forwardPath: string | null;
  readonly outcome: Recipient["outcome"];
  readonly code: number | null;
  readonly enhanced: string | null;
  /** Lines count from 1 in everything of this file. */
  readonly line: number | null;
}

/** A mail transaction as `inspect` gives it. */
export interface InspectedTransaction {
  readonly line: number | null;
  readonly endLine: number | null;
  readonly reversePath: string | null;
  readonly recipients: readonly InspectedRecipient[];
  readonly data: {
    readonly kind: MailData["kind"];
    readonly line: number | null;
    readonly endLine: number | null;
    /** Octets of the message without the dots that were added on the way, as far as the transcript shows or states it. */
    readonly octets: number | null;
    readonly shown: boolean;
  } | null;
  readonly outcome: Transaction["outcome"];
  readonly code: number | null;
  readonly enhanced: string | null;
  readonly text: string | null;
  readonly queueId: string | null;
}

/** A session as `inspect` gives it. */
export interface InspectedSession {
  readonly line: number;
  readonly endLine: number;
  readonly protocol: Session["protocol"];
  readonly greeting: {
    readonly code: number | null;
    readonly line: number | null;
    readonly host: string | null;
  } | null;
  readonly helo: { readonly verb: string; readonly argument: string | null; readonly line: number | null } | null;
  readonly extensions: readonly { readonly keyword: string; readonly parameters: readonly string[] }[];
  readonly tls: Session["tls"];
  readonly auth: readonly {
    readonly mechanism: string | null;
    readonly user: string | null;
    readonly outcome: "success" | "failure" | "cancelled" | "unknown";
    readonly line: number | null;
  }[];
  readonly transactions: readonly InspectedTransaction[];
  readonly remote: Session["remote"];
  readonly tlsDetail: Session["tlsDetail"];
  readonly commands: number;
  readonly replies: number;
  readonly closedBy: Session["closedBy"];
}

/** A delivery as `inspect` gives it: what a log line or a report says of a session it does not show. */
export interface InspectedDelivery {
  readonly line: number;
  readonly recipient: string | null;
  readonly relay: string | null;
  readonly stage: string | null;
  readonly status: Delivery["status"];
  readonly code: number | null;
  readonly enhanced: string | null;
  readonly text: string | null;
  readonly queueId: string | null;
}

/** What a transcript holds, as data. */
export interface Inspection {
  readonly dialect: string;
  readonly sessions: readonly InspectedSession[];
  readonly deliveries: readonly InspectedDelivery[];
}

/**
 * Gives a transcript as the data that `inspect --format json` prints; lines count from 1. Pure and total: whatever was
 * parsed can be inspected. The meaning of each value is fixed by cli/schema/inspect.schema.json.
 */
export function inspectTranscript(transcript: Transcript): Inspection {
  return {
    dialect: transcript.detection.dialect.id,
    sessions: transcript.sessions.map(inspectSession),
    deliveries: transcript.deliveries.map(inspectDelivery),
  };
}

function inspectSession(session: Session): InspectedSession {
  const last = lastLines(session);
  return {
    line: session.line + 1,
    endLine: session.endLine + 1,
    protocol: session.protocol,
    greeting: inspectGreeting(session),
    helo: inspectHello(session),
    extensions: lastExtensions(session).map(({ keyword, parameters }) => ({ keyword, parameters: [...parameters] })),
    tls: session.tls,
    auth: session.auth.map((attempt) => ({
      mechanism: attempt.mechanism,
      user: attempt.user,
      outcome: attempt.outcome,
      line: firstLine(attempt.exchange),
    })),
    transactions: session.transactions.map((transaction) =>
      inspectTransaction(session, transaction, last.get(transaction) ?? null),
    ),
    remote: session.remote,
    tlsDetail: session.tlsDetail,
    commands: session.exchanges.filter((exchange) => exchange.kind === "command" && exchange.wire).length,
    replies: session.replies.length,
    closedBy: session.closedBy,
  };
}

function inspectGreeting(session: Session): InspectedSession["greeting"] {
  const { greeting } = session;
  if (!greeting) return null;
  const host = /^[^\s<>]+/.exec(greeting.lines[0]?.text ?? "")?.[0] ?? null;
  return { code: greeting.code, line: replyLine(greeting), host };
}

/** The hello that counted: the last accepted one, or else the last that was tried. */
function inspectHello(session: Session): InspectedSession["helo"] {
  const accepted = session.end.hello ?? lastDefined(session.exchanges, (exchange) => exchange.before.hello);
  const hello = accepted ?? lastDefined(session.exchanges, (exchange) => (isHello(exchange) ? exchange : undefined));
  if (!hello) return null;
  return { verb: hello.verb, argument: hello.command?.argument ?? null, line: firstLine(hello) };
}

function isHello(exchange: Exchange): boolean {
  return exchange.verb === "EHLO" || exchange.verb === "HELO" || exchange.verb === "LHLO";
}

function lastExtensions(session: Session) {
  const found = session.end.extensions ?? lastDefined(session.exchanges, (exchange) => exchange.before.extensions);
  return found?.list ?? [];
}

function lastDefined<T, R>(list: readonly T[], pick: (item: T) => R | undefined): R | undefined {
  for (let k = list.length - 1; k >= 0; k--) {
    const picked = pick(list[k] as T);
    if (picked !== undefined) return picked;
  }
  return undefined;
}

function inspectTransaction(session: Session, transaction: Transaction, last: number | null): InspectedTransaction {
  const data = transaction.data ? inspectData(transaction.data, session) : null;
  const decided = transaction.decidedBy;
  return {
    line: firstLine(transaction.mail),
    endLine: maximum([lastLine(transaction.mail), data?.endLine ?? null, last]),
    reversePath: transaction.reversePath,
    recipients: transaction.recipients.map((recipient) => ({
      forwardPath: recipient.forwardPath,
      outcome: recipient.outcome,
      code: recipient.reply?.code ?? null,
      enhanced: recipient.reply?.enhanced?.value ?? null,
      line: firstLine(recipient.exchange),
    })),
    data,
    outcome: transaction.outcome,
    code: decided?.code ?? null,
    enhanced: decided?.enhanced?.value ?? null,
    text: decided ? hideSecrets(decided.text, session) : null,
    queueId: transaction.queueId,
  };
}

function inspectData(data: MailData, session: Session): NonNullable<InspectedTransaction["data"]> {
  const last = data.end ?? data.chunks[data.chunks.length - 1] ?? data.exchange;
  const lastShown = data.lines[data.lines.length - 1];
  return {
    kind: data.kind,
    line: firstLine(data.exchange),
    endLine: maximum([lastLine(data.exchange), lastShown ? lastShown.line + 1 : null, lastLine(last)]),
    octets: octetsOf(data, session),
    shown: data.shown,
  };
}

/** Octets of the message: what the tool states, or else what is shown, in UTF-8 and with CR LF line ends. */
function octetsOf(data: MailData, session: Session): number | null {
  if (data.octetsStated !== undefined) return data.octetsStated;
  if (!data.shown) return null;
  const dots = stuffing(session, data);
  return data.lines.reduce((sum, wire) => sum + octetLength(wire.text) - dots(wire) + 2, 0);
}

/** Last line of each transaction's exchanges, found in one pass. */
function lastLines(session: Session): Map<Transaction, number> {
  const last = new Map<Transaction, number>();
  for (const exchange of session.exchanges) {
    const line = exchange.transaction ? lastLine(exchange) : null;
    if (!exchange.transaction || line === null) continue;
    last.set(exchange.transaction, Math.max(line, last.get(exchange.transaction) ?? 0));
  }
  return last;
}

function inspectDelivery(delivery: Delivery): InspectedDelivery {
  const { recipient, relay, stage, status, code, enhanced, text, queueId } = delivery;
  return { line: delivery.line + 1, recipient, relay, stage, status, code, enhanced, text, queueId };
}

function replyLine(reply: Reply): number | null {
  const wire = reply.lines[0]?.wire;
  return wire ? wire.line + 1 : null;
}

/** First line of an exchange: the client's, or that of the first reply where the client's is not shown. */
function firstLine(exchange: Exchange): number | null {
  if (exchange.wire) return exchange.wire.line + 1;
  const reply = exchange.replies[0];
  return reply ? replyLine(reply) : null;
}

function lastLine(exchange: Exchange): number | null {
  const reply = exchange.replies[exchange.replies.length - 1];
  const wire = reply?.lines[reply.lines.length - 1]?.wire ?? exchange.wire;
  return wire ? wire.line + 1 : null;
}

function maximum(lines: readonly (number | null)[]): number | null {
  let most: number | null = null;
  for (const line of lines) if (line !== null && (most === null || line > most)) most = line;
  return most;
}
