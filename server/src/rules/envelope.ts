import { perSession } from "./lib/memo.js";
import { isPositive, isRefusal } from "./support.js";
import type { Exchange, Session } from "./types.js";

/** What is open at the moment a command is sent, counting what was sent before it, not what was already answered. */
export interface Envelope {
  /** The MAIL whose transaction is open: accepted, or not answered so far. */
  readonly mail: Exchange | undefined;
  /** The last MAIL, where it was refused and nothing came between that starts anew. */
  readonly refusedMail: Exchange | undefined;
  /** Number of RCPT commands of the transaction by outcome; "open" counts those whose reply is not seen. */
  readonly accepted: number;
  readonly open: number;
  readonly refused: number;
  /** The last refused RCPT of the transaction, or of no transaction. */
  readonly refusedRecipient: Exchange | undefined;
  /** DATA was answered 354, or BDAT or BURL was sent, and the end is not reached. */
  readonly inData: boolean;
  /** True where enough of the session is shown before this point to know that nothing else is open. */
  readonly known: boolean;
}

const CLOSED: Envelope = {
  mail: undefined,
  refusedMail: undefined,
  accepted: 0,
  open: 0,
  refused: 0,
  refusedRecipient: undefined,
  inData: false,
  known: true,
};

const UNKNOWN: Envelope = { ...CLOSED, known: false };

/** The envelope in front of an exchange of a session (RFC 5321 §3.3, §4.1.4). */
export function envelopeBefore(session: Session, exchange: Exchange): Envelope {
  return envelopesOf(session).get(exchange) ?? UNKNOWN;
}

const envelopesOf = perSession(fold);

function fold(session: Session): ReadonlyMap<Exchange, Envelope> {
  const map = new Map<Exchange, Envelope>();
  let state: Envelope = session.greeting ? CLOSED : UNKNOWN;
  for (const exchange of session.exchanges) {
    map.set(exchange, state);
    state = after(state, exchange);
  }
  return map;
}

function after(state: Envelope, exchange: Exchange): Envelope {
  const refused = isRefusal(exchange.reply);
  if (exchange.kind === "end-of-data" || exchange.kind === "tls") return CLOSED;
  if (exchange.kind !== "command") return state;
  switch (exchange.verb) {
    case "MAIL":
      return afterMail(state, exchange, refused);
    case "RCPT":
      return afterRecipient(state, exchange, refused);
    case "EHLO":
    case "HELO":
    case "LHLO":
    case "RSET":
      return refused ? state : CLOSED;
    case "DATA":
      return exchange.reply?.code === 354 ? { ...state, inData: true } : state;
    case "BDAT":
    case "BURL":
      return refused
        ? state
        : /\bLAST\b/i.test(exchange.command?.argument ?? "LAST")
          ? CLOSED
          : { ...state, inData: true };
    default:
      return state;
  }
}

function afterMail(state: Envelope, exchange: Exchange, refused: boolean): Envelope {
  if (!refused) return { ...CLOSED, mail: exchange };
  // A MAIL refused as nested leaves the open transaction as it was.
  return state.mail ? state : { ...CLOSED, refusedMail: exchange };
}

function afterRecipient(state: Envelope, exchange: Exchange, refused: boolean): Envelope {
  if (refused) return { ...state, refused: state.refused + 1, refusedRecipient: exchange };
  if (isPositive(exchange.reply)) return { ...state, accepted: state.accepted + 1 };
  return { ...state, open: state.open + 1 };
}
