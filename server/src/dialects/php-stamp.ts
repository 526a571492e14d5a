const MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

/** Milliseconds since the epoch (zone not read) of `23-Nov-2026 16:27:10` at a column of a text, as PHP's error_log writes it; undefined where none stands there. */
export function phpStampAt(text: string, at: number): number | undefined {
  const match = /^(\d\d)-(\w{3})-(\d{4}) (\d\d):(\d\d):(\d\d)/.exec(text.slice(at, at + 20));
  if (!match) return undefined;
  const month = MONTHS.indexOf(match[2] as string) / 3;
  if (!Number.isInteger(month)) return undefined;
  const [, day, , year, hour, minute, second] = match;
  return Date.UTC(Number(year), month, Number(day), Number(hour), Number(minute), Number(second));
}
