/**
 * A reverse-path or forward-path of MAIL or RCPT (RFC 5321 §4.1.2). Columns count UTF-16 units in the wire line.
 */
export interface Path {
  /** Columns of the whole path, brackets included. */
  readonly from: number;
  readonly to: number;
  /** What stands between "<" and ">" (a source route included), or the word as written where the brackets are missing. */
  readonly content: string;
  readonly contentFrom: number;
  readonly contentTo: number;
  /** Whether "<" and ">" are there. */
  readonly opened: boolean;
  readonly closed: boolean;
  /** The mailbox without a source route. */
  readonly mailbox: string;
  readonly mailboxFrom: number;
  /** Source route such as "@a,@b:" (RFC 5321 App. C); "" where there is none. */
  readonly route: string;
  /** Local part as written (quotes included) and domain; the domain is null where no "@" stands. */
  readonly localPart: string;
  readonly domain: string | null;
  readonly domainFrom: number;
}

/**
 * Reads a path that begins at a column: with brackets up to the closing one (quoted local parts may hold ">"), without
 * them up to the next blank. Never fails.
 */
export function lexPath(content: string, from: number): Path {
  const opened = content[from] === "<";
  const contentFrom = opened ? from + 1 : from;
  const contentTo = opened ? closingBracket(content, contentFrom) : endOfWord(content, contentFrom);
  const closed = opened && content[contentTo] === ">";
  const inside = content.slice(contentFrom, contentTo);
  const route = /^@[^:]*:/.exec(inside)?.[0] ?? "";
  const mailbox = inside.slice(route.length);
  const mailboxFrom = contentFrom + route.length;
  const at = lastAtOutsideQuotes(mailbox);
  return {
    from,
    to: closed ? contentTo + 1 : contentTo,
    content: inside,
    contentFrom,
    contentTo,
    opened,
    closed,
    mailbox,
    mailboxFrom,
    route,
    localPart: at === -1 ? mailbox : mailbox.slice(0, at),
    domain: at === -1 ? null : mailbox.slice(at + 1),
    domainFrom: at === -1 ? mailboxFrom + mailbox.length : mailboxFrom + at + 1,
  };
}

function closingBracket(content: string, from: number): number {
  let quoted = false;
  for (let k = from; k < content.length; k++) {
    const character = content[k];
    if (quoted && character === "\\") k++;
    else if (character === '"') quoted = !quoted;
    else if (character === ">" && !quoted) return k;
  }
  // An unclosed quote must not swallow the bracket: read again without quotes; without any bracket up to the first blank.
  const plain = content.indexOf(">", from);
  return plain === -1 ? endOfWord(content, from) : plain;
}

function endOfWord(content: string, from: number): number {
  const blank = content.slice(from).search(/[ \t]/);
  return blank === -1 ? content.length : from + blank;
}

function lastAtOutsideQuotes(mailbox: string): number {
  const closing = mailbox.startsWith('"') ? mailbox.lastIndexOf('"') : -1;
  const at = mailbox.lastIndexOf("@");
  return at > closing ? at : -1;
}
