import { saidSpan } from "./deliveries.js";
import { replyCodes, stageOf, statusOf } from "./delivery-found.js";
import type { Delivery, ReadContext } from "./types.js";

/** Lines of a report are joined up to this many; longer paragraphs are no diagnosis. */
const MOST_LINES = 40;

/** Several lines read as one, with the way back: wrapped lines are joined by one blank. */
class Joined {
  text = "";
  readonly #starts: number[] = [];
  readonly #lines: number[] = [];
  readonly #columns: number[] = [];

  add(line: number, column: number, text: string): void {
    if (this.text !== "") this.text += " ";
    this.#starts.push(this.text.length);
    this.#lines.push(line);
    this.#columns.push(column);
    this.text += text;
  }

  /** Source offset of a character of the joined text. */
  offset(context: ReadContext, at: number): number {
    let k = this.#starts.length - 1;
    while (k > 0 && (this.#starts[k] as number) > at) k--;
    return context.view.offset(
      this.#lines[k] as number,
      (this.#columns[k] as number) + at - (this.#starts[k] as number),
    );
  }

  lineOf(at: number): number {
    let k = this.#starts.length - 1;
    while (k > 0 && (this.#starts[k] as number) > at) k--;
    return this.#lines[k] as number;
  }
}

/** What a report says of one recipient, before it is given a place. */
interface Told {
  readonly recipient?: string | null;
  readonly relay?: string | null;
  readonly stage?: string | null;
  readonly status?: Delivery["status"];
  readonly enhanced?: string | null;
  readonly queueId?: string | null;
}

/**
 * Finds in the prose and in the fields of bounces and delay notices what became of each recipient: Postfix, Exim, qmail,
 * sendmail, Exchange and Gmail texts, and the fields of RFC 3464. Recipients that the prose names are not repeated from the
 * fields.
 */
export class ReportReader {
  readonly #seen = new Set<string>();
  #queueId: string | null = null;
  #skipTo = -1;

  constructor(readonly context: ReadContext) {}

  /** Looks at a line; gives true if it (or what it begins) told of a delivery. */
  take(line: number): boolean {
    if (line <= this.#skipTo) return false;
    const text = this.context.view.text(line);
    if (text.length < 5) return false;
    const postfixId = /^X-Postfix-Queue-ID: ([0-9A-Za-z]{4,30})$/.exec(text);
    if (postfixId) this.#queueId = postfixId[1] as string;
    return (
      this.#fields(line, text) ||
      this.#bracketed(line, text) ||
      this.#returned(line, text) ||
      this.#exim(line, text) ||
      this.#reason(line, text) ||
      this.#response(line, text)
    );
  }

  /** `<addr>: host h[ip] said: 550 … (in reply to RCPT TO command)` (Postfix), `<addr>:` and sentences (qmail). */
  #bracketed(line: number, text: string): boolean {
    const head = /^<([^>\s]{1,320})>(?: \([^)]{1,340}\))?:(?: |$)/.exec(text);
    if (!head) return false;
    const qmail = text.length === head[0].length && text.endsWith(":");
    const joined = this.#join(line, head[0].length, qmail ? /^[^<\s]/ : /^[ \t]+\S/);
    if (joined.text === "") return false;
    const recipient = head[1] as string;
    if (qmail) return this.#qmail(joined, recipient);
    const via = /^delivery via (\S{1,300}): /.exec(joined.text);
    const from = via ? via[0].length : 0;
    const said = saidSpan(joined.text, from, joined.text.length);
    const relay = /\bhost (\S{1,300}?\[[^\]]{1,60}\](?::\d{1,5})?) (?:said|refused)/.exec(joined.text)?.[1];
    this.#tell(joined, said.from, said.to, {
      recipient,
      relay: relay ?? (via && via[1] !== "local" ? via[1] : null),
      stage: said.stage,
    });
    return true;
  }

  #qmail(joined: Joined, recipient: string): boolean {
    const { text } = joined;
    if (!/\bRemote host said: |\bGiving up on |\(#\d\.\d\.\d\)|^Sorry, |I'm (?:not going|sorry)/i.test(text))
      return false;
    const said = text.indexOf("Remote host said: ");
    const giving = text.lastIndexOf(" Giving up on ");
    const from = said === -1 ? 0 : said + "Remote host said: ".length;
    const stage = /does not like recipient/.test(text)
      ? "RCPT"
      : /sender was rejected/.test(text)
        ? "MAIL"
        : /failed after I sent the message/.test(text)
          ? "end of data"
          : /failed on DATA command/.test(text)
            ? "DATA"
            : /greeting failed/.test(text)
              ? "greeting"
              : null;
    this.#tell(joined, from, giving > from ? giving : text.length, {
      recipient,
      stage,
      relay:
        /\bGiving up on (\S{1,255}?)\.?$/.exec(text)?.[1] ?? /\b(\d{1,3}(?:\.\d{1,3}){3}) /.exec(text)?.[1] ?? null,
      enhanced: /\(#(\d\.\d{1,3}\.\d{1,3})\)/.exec(text)?.[1],
    });
    return true;
  }

  /** Exchange: `Remote Server at host (ip) returned '550 5.1.1 …'`, and the older `#550 5.1.1 …##`, `<host #5.1.1 smtp; 550 …>`. */
  #returned(line: number, text: string): boolean {
    const remote = text.search(/\bRemote Server (?:at \S+ (?:\([^)]*\) )?)?returned\b/i);
    if (remote === -1) {
      const old = /#(?=[245]\d\d [245]\.\d{1,3}\.\d{1,3} )|<\S{1,255} #[245]\.\d{1,3}\.\d{1,3} smtp; ?/i.exec(text);
      if (!old) return false;
      const from = old.index + old[0].length;
      const end = /\s*(?:##|>|#SMTP#)/.exec(text.slice(from));
      const joined = this.#join(line, 0, /^$/);
      const relay = /<(\S{1,255}) #/.exec(old[0])?.[1];
      this.#tell(joined, from, end ? from + end.index : text.length, { recipient: this.#addressAbove(line), relay });
      return true;
    }
    const joined = this.#join(line, remote, /\S/);
    const match = /^Remote Server (?:at (\S{1,255}) (?:\(([^)]{1,60})\) )?)?returned:? ?(?:'|")?/i.exec(joined.text);
    if (!match) return false;
    const from = match[0].length;
    const quote = joined.text.indexOf(match[0].endsWith('"') ? '"' : "'", from);
    const relay = match[1] === undefined ? null : match[2] === undefined ? match[1] : `${match[1]}[${match[2]}]`;
    const before = / - |: $/.test(text.slice(0, remote)) ? text.slice(0, remote) : "";
    const recipient = /([^\s<>"';:()]{1,64}@[^\s<>"';:()]{1,255})/.exec(before)?.[1] ?? this.#addressAbove(line);
    this.#tell(joined, from, quote === -1 ? joined.text.length : quote, { recipient, relay });
    return true;
  }

  /** Exim's bounces: `SMTP error from remote mail server after RCPT TO:<addr>:` and the reply, wrapped. */
  #exim(line: number, text: string): boolean {
    const at = text.search(/\b(?:SMTP|LMTP) error from remote mail(?:er| server) after /);
    if (at === -1) return false;
    const joined = this.#join(line, at, /^[ \t]+\S/);
    const match =
      /^[LS]MTP error from remote mail(?:er| server) after ((?:pipelined |end of )?\w{1,20}(?: connection| TO| FROM)?)(?::<([^>]{0,320})>)?[^:]{0,200}:(?: host (\S{1,255} \[[^\]]{1,60}\])(?::\d{1,5})?:)? ?/.exec(
        joined.text,
      );
    if (!match) return false;
    const host = / host (\S{1,255} \[[^\]]{1,60}\]):? /.exec(` ${this.#hostAbove(line)} `)?.[1];
    const rcpt = /RCPT/.test(match[1] as string) ? match[2] : undefined;
    this.#tell(joined, match.index + match[0].length, joined.text.length, {
      recipient: rcpt ?? this.#addressAbove(line),
      relay: match[3] ?? host ?? null,
      stage: stageOf(match[1] as string),
    });
    return true;
  }

  #hostAbove(line: number): string {
    const above = line > 0 ? this.context.view.text(line - 1).trim() : "";
    return above.startsWith("host ") ? above : "";
  }

  /** sendmail: `addr` and `    (reason: 550 …)`. */
  #reason(line: number, text: string): boolean {
    const match = /^\s{1,8}\(reason: (.*?)\)?$/.exec(text);
    if (!match) return false;
    const from = text.indexOf("(reason: ") + "(reason: ".length;
    const joined = this.#join(line, 0, /^$/);
    this.#tell(joined, from, from + (match[1] as string).length, { recipient: this.#addressAbove(line) });
    return true;
  }

  /** Gmail: `The response from the remote server was:` and the reply below. */
  #response(line: number, text: string): boolean {
    if (!/^The (?:response(?: from the remote server)?|error(?: that the other server returned)?) was:/.test(text))
      return false;
    const inline = /was: *(?=\S)/.exec(text);
    let at = line;
    let column = inline ? inline.index + inline[0].length : 0;
    if (!inline) {
      at = line + 1;
      while (at < this.context.view.lineCount && at < line + 4 && this.context.view.text(at).trim() === "") at++;
      column = /^\s*/.exec(this.context.view.text(Math.min(at, this.context.view.lineCount - 1)))?.[0].length ?? 0;
    }
    if (at >= this.context.view.lineCount) return false;
    const joined = this.#join(at, column, /\S/);
    if (!/^[245]\d\d\b/.test(joined.text)) return false;
    this.#tell(joined, 0, joined.text.length, { recipient: this.#addressAbove(line, 12) });
    return true;
  }

  /** A group of RFC 3464 per-recipient fields. */
  #fields(line: number, text: string): boolean {
    const head = /^Final-Recipient: ?[\w-]{1,20}; ?<?([^>\s]{1,320})/i.exec(text);
    if (!head) return false;
    const { view } = this.context;
    const fields = new Map<string, { value: string; joined: Joined; from: number }>();
    let at = line;
    for (; at < view.lineCount && view.text(at).trim() !== "" && at < line + MOST_LINES; at++) {
      const field = /^([A-Za-z-]{2,40}): ?/.exec(view.text(at));
      if (!field) continue;
      const joined = this.#join(at, field[0].length, /^[ \t]+\S/);
      fields.set((field[1] as string).toLowerCase(), { value: joined.text, joined, from: at });
    }
    this.#skipTo = at - 1;
    if (this.#seen.has((head[1] as string).toLowerCase())) return true;
    const action = fields.get("action")?.value.toLowerCase() ?? "";
    const diagnostic = fields.get("diagnostic-code");
    const joined = diagnostic?.joined ?? fields.get("status")?.joined ?? this.#join(line, 0, /^$/);
    const type = /^[\w-]{1,20}; ?/.exec(joined.text)?.[0].length ?? 0;
    this.#tell(joined, diagnostic ? type : 0, joined.text.length, {
      recipient: head[1],
      relay: fields.get("remote-mta")?.value.replace(/^[\w-]{1,20}; ?/, ""),
      status: actionStatus(action),
      enhanced: /\b([245]\.\d{1,3}\.\d{1,3})\b/.exec(fields.get("status")?.value ?? "")?.[1],
    });
    return true;
  }

  #join(line: number, column: number, more: RegExp): Joined {
    const { view } = this.context;
    const joined = new Joined();
    const first = view.text(line).slice(column);
    if (first.trim() !== "") joined.add(line, column, first.trimEnd());
    for (let next = line + 1; next < view.lineCount && next < line + MOST_LINES; next++) {
      const text = view.text(next);
      if (text.trim() === "" || !more.test(text)) break;
      const indent = /^\s*/.exec(text)?.[0].length ?? 0;
      joined.add(next, indent, text.slice(indent).trimEnd());
    }
    return joined;
  }

  #addressAbove(line: number, reach = 4): string | null {
    for (let above = line - 1; above >= 0 && above >= line - reach; above--) {
      const match = /(?:^|[\s<(:])([^\s<>"'(),;:]{1,64}@[A-Za-z0-9.-]{1,255}[A-Za-z0-9])/.exec(
        this.context.view.text(above).slice(0, 2000),
      );
      if (match) return match[1] as string;
    }
    return null;
  }

  #tell(joined: Joined, from: number, to: number, told: Told): void {
    const text = joined.text.slice(from, to).trim();
    const codes = replyCodes(text);
    const enhanced = codes.enhanced ?? told.enhanced ?? null;
    if (told.recipient) this.#seen.add(told.recipient.toLowerCase());
    const start = joined.offset(this.context, from);
    this.context.delivery({
      line: joined.lineOf(from),
      start,
      end: Math.max(start, joined.offset(this.context, from + text.length)),
      recipient: told.recipient ?? null,
      relay: told.relay ?? null,
      stage: told.stage ?? null,
      status: told.status ?? statusOf(codes.code, enhanced),
      code: codes.code,
      enhanced,
      text: text === "" ? null : text,
      queueId: this.#queueId,
    });
  }
}

/** The `Action` field of RFC 3464 §2.3.3, and Postfix's own words for probes. */
function actionStatus(action: string): Delivery["status"] | undefined {
  if (action.startsWith("failed") || action.startsWith("undeliverable")) return "bounced";
  if (action.startsWith("delayed")) return "deferred";
  if (/^(?:delivered|relayed|expanded|deliverable)/.test(action)) return "sent";
  return undefined;
}
