import type { Exchange, Reply, State } from "./model.js";

/** What is known where a command is not shown. */
export interface InferenceContext {
  readonly state: State;
  /** The exchange before, inferred or shown. */
  readonly previous: Exchange | undefined;
  /** The greeting, where it was seen: it names the server's software. */
  readonly greeting: Reply | undefined;
  /** The commands here are hidden: the dialect prints only the server's lines, or left this part of the client's out. */
  readonly serverOnly: boolean;
}

/** The command that a reply answered, as far as the reply tells. */
export interface InferredCommand {
  /** Verb in upper case; "." for the end of data. */
  readonly verb: string;
  /** The path that the reply quotes (sendmail: `<a@b>... Sender ok`). */
  readonly path?: string;
  /** For BDAT: the reply is that to the last chunk. */
  readonly last?: boolean;
  /** True where the reply would fit other commands as well (`250 OK`): nothing is built on it alone. */
  readonly guess?: boolean;
  /** One more reply to the end of data that was answered before: this is LMTP. */
  readonly again?: boolean;
}

const TLS_READY = /\b(?:TLS|SSL)\b|^(?:2\.0\.0 )?(?:Ready|Go ahead|Begin)/i;
const NO_RECIPIENTS =
  /no valid recipients|need RCPT|no recipients|(?:valid )?RCPT (?:command )?(?:must|first|required)|RCPT commands were rejected/i;
const ABOUT_SENDER =
  /\b(?:BODY|SIZE|RET|ENVID|SMTPUTF8|FROM|MAIL|sender|originator|message size|parameters?|STARTTLS|authentication required|relay)\b/i;
const ABOUT_LOOKUP = /undeliverable|user unknown|unknown user|no such user|expand|mailing list/i;
const CHUNK = /\b\d+ (?:bytes?|octets?)\b|\bchunk\b/i;
const TAKEN = /\bqueued\b|\bid=|accepted for delivery|message accepted/i;

/**
 * Tells which command a reply answers whose command is not shown: by its code, its enhanced code, its words and what came
 * before (RFC 5321 §4.3.2 gives the codes a command can get). Undefined where nothing can be said.
 */
export function inferCommand(reply: Reply, context: InferenceContext): InferredCommand | undefined {
  const { previous, state } = context;
  if (previous?.verb === "DATA" && previous.reply?.code === 354) return { verb: "." };
  if (answersDataAgain(reply, previous)) return { verb: ".", again: true };
  if (!context.serverOnly) return atStart(reply);
  const { code, text } = reply;
  switch (code) {
    case 211:
    case 214:
      return { verb: "HELP" };
    case 220:
      return state.hello && TLS_READY.test(text) ? { verb: "STARTTLS" } : undefined;
    case 221:
      return { verb: "QUIT" };
    case 235:
    case 334:
    case 432:
    case 534:
    case 535:
    case 538:
      return { verb: "AUTH" };
    case 252:
      return { verb: "VRFY" };
    case 354:
      return { verb: "DATA" };
    case 250:
    case 251:
      return positive(reply, context);
    case 421:
    case 500:
    case 502:
      return undefined;
    default:
      return code !== null && code >= 400 && code < 600 ? negative(reply, code, state) : undefined;
  }
}

/** Both sides are shown, but the recording begins behind the command: what leaves no doubt. */
function atStart({ code, lines }: Reply): InferredCommand | undefined {
  if (code === 250 && lines.length > 1) return { verb: "EHLO" };
  if (code === 334 || code === 235 || code === 535) return { verb: "AUTH" };
  return code === 354 ? { verb: "DATA" } : undefined;
}

/** LMTP gives one reply a recipient after the data (RFC 2033 §4.2), and each names its recipient. */
export function answersDataAgain(reply: Reply, previous: Exchange | undefined): boolean {
  if (previous?.kind !== "end-of-data") return false;
  const recipients = previous.transaction?.recipients.filter(({ exchange }) => isPositive(exchange.reply)) ?? [];
  return previous.replies.length < recipients.length && /^<[^>\s]+@[^>\s]+> /.test(reply.text);
}

function isPositive(reply: Reply | undefined): boolean {
  return reply?.code !== undefined && reply.code !== null && reply.code >= 200 && reply.code < 300;
}

function positive(reply: Reply, { state, greeting }: InferenceContext): InferredCommand {
  const { text, lines } = reply;
  const { transaction, hello } = state;
  if (transaction && (CHUNK.test(text) || TAKEN.test(text))) {
    return { verb: "BDAT", last: TAKEN.test(text) || lines.length > 1 };
  }
  if (lines.length > 1) return { verb: "EHLO" };
  const enhanced = reply.enhanced?.value;
  const path = /^<?([^>\s]*)>?\.\.\. (?:sender|recipient) ok/i.exec(text)?.[1];
  if (/verbose mode/i.test(text)) return { verb: "VERB" };
  if (/\breset\b|\bflushed\b/i.test(text)) return { verb: "RSET" };
  if (/\bdeliverable\b/i.test(text)) return { verb: "VRFY" };
  if (enhanced === "2.1.0" || /\bsender\b/i.test(text)) return { verb: "MAIL", path };
  if (!hello) return { verb: "HELO" };
  if (!transaction) {
    // Postfix answers MAIL with 2.1.0, and NOOP and RSET with 2.0.0; others have 2.0.0 for MAIL too.
    const idle = enhanced === "2.0.0" && greeting?.text.includes("Postfix");
    return idle ? { verb: "NOOP" } : { verb: "MAIL", path, guess: true };
  }
  if (enhanced === "2.0.0" && /^ok\.?$/i.test(text)) return { verb: "RSET" };
  return { verb: "RCPT", path };
}

function negative(reply: Reply, code: number, state: State): InferredCommand | undefined {
  const { text } = reply;
  const enhanced = reply.enhanced?.value.slice(1);
  if (NO_RECIPIENTS.test(text)) return state.transaction ? { verb: "DATA" } : undefined;
  if (code === 503) return undefined;
  if (code === 504) return { verb: "AUTH" };
  if (state.transaction) return { verb: "RCPT" };
  if (!state.hello) return code === 501 ? undefined : { verb: "EHLO" };
  if (ABOUT_LOOKUP.test(text) || enhanced === ".1.1") return { verb: "VRFY" };
  if (code === 501 || code === 555) return ABOUT_SENDER.test(text) ? { verb: "MAIL" } : undefined;
  return { verb: "MAIL" };
}
