import { EXIM_DIALOG, readEximDialog } from "./exim-dialog.js";
import { EXIM_DEBUG, EXIM_TRAITS } from "./exim-v.js";
import type { Dialect } from "./types.js";

/** Exim's client side inside debug output (`-d`, `-d+transport`). */
export const eximDebug: Dialect = {
  id: "exim-debug",
  title: "Exim -d",
  seenWith: "Exim 4.96",
  traits: EXIM_TRAITS,
  detect(sample) {
    const debug = sample.count(EXIM_DEBUG);
    if (debug === 0) return 0;
    return sample.count(EXIM_DIALOG) > 0 ? 0.98 : debug > 1 ? 0.6 : 0.3;
  },
  read: readEximDialog,
};
