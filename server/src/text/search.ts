/**
 * The first index of `[low, high)` for which `holds`; `high` where it holds for none. It must hold from some index on.
 */
export function firstWhere(low: number, high: number, holds: (index: number) => boolean): number {
  let [from, to] = [low, high];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (holds(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}

/** The last index of `[low, high]` for which `holds`; `low` where it holds for none. It must hold up to some index. */
export function lastWhere(low: number, high: number, holds: (index: number) => boolean): number {
  return firstWhere(low + 1, high + 1, (index) => !holds(index)) - 1;
}
