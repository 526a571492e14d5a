/** Where two versions of a text differ, in UTF-16 units: `[start, beforeEnd)` of the first became `[start, afterEnd)` of the second. */
export interface Change {
  readonly start: number;
  readonly beforeEnd: number;
  readonly afterEnd: number;
}

/** Characters that are compared at once; equal stretches are found at the speed of memory. */
const STRIDE = 8192;

/** The smallest stretch in which two versions of a text differ. */
export function changeBetween(before: string, after: string): Change {
  const shorter = Math.min(before.length, after.length);
  const start = commonPrefix(before, after, shorter);
  const tail = commonSuffix(before, after, shorter - start);
  return { start, beforeEnd: before.length - tail, afterEnd: after.length - tail };
}

function commonPrefix(before: string, after: string, limit: number): number {
  let at = 0;
  while (at + STRIDE <= limit && before.slice(at, at + STRIDE) === after.slice(at, at + STRIDE)) at += STRIDE;
  while (at < limit && before.charCodeAt(at) === after.charCodeAt(at)) at++;
  return at;
}

function commonSuffix(before: string, after: string, limit: number): number {
  const a = before.length;
  const b = after.length;
  let count = 0;
  while (
    count + STRIDE <= limit &&
    before.slice(a - count - STRIDE, a - count) === after.slice(b - count - STRIDE, b - count)
  ) {
    count += STRIDE;
  }
  while (count < limit && before.charCodeAt(a - count - 1) === after.charCodeAt(b - count - 1)) count++;
  return count;
}
