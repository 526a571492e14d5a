import { readServerConsole } from "./server-console.js";
import type { Dialect, ReadContext } from "./types.js";

const LOG = /^LOG: (?:[a-z_]+ )?(?:MAIN|REJECT|PANIC|[A-Z ]+)$/;

/** Exim speaking SMTP on standard input and output (`-bs`), with `-v` also its log lines. */
export const eximBs: Dialect = {
  id: "exim-bs",
  title: "Exim -bs",
  seenWith: "Exim 4.96",
  traits: {
    body: "stuffed",
    sides: "both",
    endOfDataShown: true,
    order: "loose",
    closeShown: true,
    origin: "recorded",
    startShown: true,
    repliesWhole: true,
  },
  detect(sample) {
    // A local caller is greeted by user and host ("Hello root at host"), a remote one by host and address.
    const local = sample.count(/^250[ -]\S+ Hello \S+ at \S+$/);
    if (local === 0 || sample.count(/^\s*SMTP(?:<<|>>)/) > 0) return 0;
    if (sample.count(/^(?:Trying |Connected to |CONNECTED\(|Escape character)/) > 0) return 0.2;
    return sample.count(/^220[ -]\S+ ESMTP Exim /) > 0 ? 0.95 : 0.8;
  },
  read,
};

function read(context: ReadContext): void {
  readServerConsole(context, { isTool: (text) => LOG.test(text) || /^ {1,2}\S/.test(text) });
}
