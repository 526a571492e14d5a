/** An enhanced status code in a reply line (RFC 3463 §2, RFC 2034 §4). Columns count UTF-16 units in the wire line. */
export interface EnhancedCode {
  /** As written: "5.1.1". */
  readonly value: string;
  /** Class: 2, 4 or 5 (another digit where the server wrote one). */
  readonly class: number;
  readonly subject: number;
  readonly detail: number;
  readonly from: number;
  readonly to: number;
}

/** A line of a server, taken apart as a reply line (RFC 5321 §4.2). Columns count UTF-16 units in the wire line. */
export interface ReplyLineParts {
  /** The reply code; null where the line does not begin with three digits. */
  readonly code: number | null;
  /** "-" more lines follow, " " last line, "" the code alone, null where the line is malformed behind the code. */
  readonly separator: "-" | " " | "" | null;
  /** Column where the text begins. */
  readonly textFrom: number;
  readonly text: string;
  readonly enhanced?: EnhancedCode;
}

const REPLY = /^(\d{3})([ -]|$)/;
const ENHANCED = /^([2-9])\.(\d{1,3})\.(\d{1,3})(?=$|[ \t:,;-])/;

/** Takes a server line apart; never fails, a line that is no reply line has a null code. */
export function lexReplyLine(content: string): ReplyLineParts {
  const match = REPLY.exec(content);
  if (!match) {
    const digits = /^\d{3}/.exec(content);
    if (!digits) return { code: null, separator: null, textFrom: 0, text: content };
    return { code: Number(digits[0]), separator: null, textFrom: 3, text: content.slice(3) };
  }
  const textFrom = match[0].length;
  const text = content.slice(textFrom);
  return {
    code: Number(match[1]),
    separator: match[2] as "-" | " " | "",
    textFrom,
    text,
    enhanced: lexEnhanced(text, textFrom),
  };
}

function lexEnhanced(text: string, from: number): EnhancedCode | undefined {
  const match = ENHANCED.exec(text);
  if (!match) return undefined;
  return {
    value: match[0],
    class: Number(match[1]),
    subject: Number(match[2]),
    detail: Number(match[3]),
    from,
    to: from + match[0].length,
  };
}
