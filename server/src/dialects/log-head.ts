/** The head of a log line: when, by which program and process. */
export interface LogHead {
  /** Milliseconds on the scale of the stamp: since the epoch, or since 1 January of a leap year where no year is printed. */
  readonly time: number | undefined;
  /** Program as printed, without the process id: "postfix/smtp", "sm-mta", "exim". */
  readonly program: string;
  readonly pid: string | undefined;
  /** Column where the message begins. */
  readonly from: number;
}

const MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
const SYSLOG =
  /^(?:<\d{1,3}>\d{0,2} ?)?(?:([A-Z][a-z]{2}) {1,2}(\d{1,2}) (?:(\d{4}) )?(\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?|(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?)) (?:(\S{1,255}) )?([\w./-]{1,80})(?:\[(\d{1,10})\])?: /;
/** A mail program behind a head that nobody knows (containers, collectors, a bridge's own stamp). */
const LOOSE = /(?:^|[\s|"])(postfix[\w/-]{0,80}|sendmail|sm-mta|sm-msp-queue)\[(\d{1,10})\]: /;
const BARE = /^([a-z][\w./-]{0,79})\[(\d{1,10})\]: /;

/**
 * Reads the head of a syslog line: the BSD form (RFC 3164 §4.1, `Nov 23 16:05:53 host prog[pid]: `), the ISO form that
 * rsyslog and systemd write, or a program with its process id alone. Undefined for other lines.
 */
export function syslogHead(text: string): LogHead | undefined {
  const match = SYSLOG.exec(text);
  if (match) {
    const time = match[8] === undefined ? bsdTime(match) : isoTime(match[8]);
    return { time, program: match[10] as string, pid: match[11], from: match[0].length };
  }
  const bare = BARE.exec(text);
  if (bare) return { time: undefined, program: bare[1] as string, pid: bare[2], from: bare[0].length };
  const loose = LOOSE.exec(text.slice(0, 400));
  if (!loose) return undefined;
  return { time: undefined, program: loose[1] as string, pid: loose[2], from: loose.index + loose[0].length };
}

function bsdTime(match: RegExpExecArray): number | undefined {
  const month = MONTHS.indexOf(match[1] as string) / 3;
  if (!Number.isInteger(month) || month < 0) return undefined;
  // Without a year any will do: what counts is the distance between lines. A leap year knows every day.
  const year = match[3] === undefined ? 1972 : Number(match[3]);
  const fraction = match[7] === undefined ? 0 : Math.floor(Number(`0.${match[7]}`) * 1000);
  return Date.UTC(year, month, Number(match[2]), Number(match[4]), Number(match[5]), Number(match[6])) + fraction;
}

const ISO =
  /^\[?(\d{4})[-/](\d\d)[-/](\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(?:(Z)| ?([+-])(\d\d):?(\d\d)(?!\d))?/;

/**
 * Milliseconds since the epoch of `2026-11-23T16:05:53.123+00:00` (RFC 3339 §5.6) and its variants: a bracket in front, a
 * blank for `T` or before the zone, slashes, a comma before the fraction, no zone (UTC is assumed).
 */
export function isoTime(text: string): number | undefined {
  const match = ISO.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second, fraction, , sign, zoneHour, zoneMinute] = match;
  const milliseconds = fraction === undefined ? 0 : Math.floor(Number(`0.${fraction}`) * 1000);
  const zone = sign === undefined ? 0 : (Number(zoneHour) * 60 + Number(zoneMinute)) * (sign === "-" ? -1 : 1);
  const date = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  return date + milliseconds - zone * 60_000;
}

/** Milliseconds since midnight of `16:05:53.123456` or `[16:05:53]`, at the start of a text. */
export function clockTime(text: string): number | undefined {
  const match = /^\[?(\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?/.exec(text);
  if (!match) return undefined;
  const fraction = match[4] === undefined ? 0 : Number(`0.${match[4]}`) * 1000;
  return ((Number(match[1]) * 60 + Number(match[2])) * 60 + Number(match[3])) * 1000 + fraction;
}

/** Milliseconds of a stamp with or without a date: since the epoch, else since midnight; undefined where none stands at the start. */
export function stampTime(text: string): number | undefined {
  return isoTime(text) ?? clockTime(text);
}

/** Milliseconds since midnight of `15:53:34.796413` at a column of a text; undefined where none stands there. */
export function clockAt(text: string, at: number): number | undefined {
  return clockTime(text.slice(at, at + 20));
}

/** Milliseconds since the epoch (UTC assumed) of `2026-11-23 15:59:56` at a column of a text; undefined where none stands there. */
export function stampAt(text: string, at: number): number | undefined {
  return isoTime(text.slice(at, at + 40));
}
