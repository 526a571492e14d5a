import { EXIM_DIALOG, readEximDialog } from "./exim-dialog.js";
import type { Dialect, DialectTraits } from "./types.js";

/** What Exim's verbose and debug output shows: everything but the message. */
export const EXIM_TRAITS: DialectTraits = {
  body: "hidden",
  sides: "both",
  endOfDataShown: true,
  order: "wire",
  closeShown: true,
  origin: "recorded",
  startShown: true,
  masksCredentials: true,
  repliesWhole: true,
};

/** Lines that only the debug output (`-d`) has. */
export const EXIM_DEBUG =
  /^(?:\s*\d{0,7} ?)(?:cmd buf flush|read response data|Exim version \d|sync_responses expect|LOG: debug)/;

/** Exim's client side with `-v`. */
export const eximV: Dialect = {
  id: "exim-v",
  title: "Exim -v",
  seenWith: "Exim 4.96",
  traits: EXIM_TRAITS,
  detect(sample) {
    if (sample.count(EXIM_DIALOG) === 0) return 0;
    return sample.count(EXIM_DEBUG) > 0 ? 0.5 : 0.97;
  },
  read: readEximDialog,
};
