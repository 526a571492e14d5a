/** Reads the waiting time that some servers write into the text of a reply. */

const UNIT_SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Words that say the number is about a retry: without one of them "5 minutes" may be about anything. */
const ABOUT_RETRY =
  /\b(?:try again|retry|retries|retried|wait|resend|greylist|graylist|grey-list|come back|available again|please try|delayed)/i;

const TIME = /\b(\d{1,7})\s{0,3}(seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d)\b/gi;
const CLOCK = /\b(\d{1,3}):([0-5]\d):([0-5]\d)\b/;

/** A month: nobody asks for more, larger numbers are something else. */
const LONGEST = 31 * 86_400;

/**
 * The time a reply asks to wait, such as "try again in 300 seconds", "Greylisted, please wait 00:05:00",
 * "retry after 1 hour 30 minutes" (Postgrey: "Greylisted, see …" has none).
 * @param text text of a reply
 * @returns seconds, at most 31 days; undefined where the text names no time for a retry
 */
export function retryAfter(text: string): number | undefined {
  const sample = text.slice(0, 4096);
  const about = ABOUT_RETRY.exec(sample);
  if (!about) return undefined;
  const clock = CLOCK.exec(sample.slice(about.index));
  if (clock) return bounded(Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3]));
  return bounded(sum(sample.slice(about.index)) ?? sum(sample));
}

/** Adds up times that follow each other ("1 hour 30 minutes"); later times in the text are about something else. */
function sum(text: string): number | undefined {
  let total: number | undefined;
  let end = 0;
  TIME.lastIndex = 0;
  for (let match = TIME.exec(text); match; match = TIME.exec(text)) {
    if (total !== undefined && !/^(?:\s|,|and){0,6}$/i.test(text.slice(end, match.index))) break;
    total = (total ?? 0) + Number(match[1]) * (UNIT_SECONDS[match[2]!.charAt(0).toLowerCase()] ?? 0);
    end = match.index + match[0].length;
  }
  return total;
}

function bounded(seconds: number | undefined): number | undefined {
  return seconds !== undefined && seconds > 0 && seconds <= LONGEST ? seconds : undefined;
}
