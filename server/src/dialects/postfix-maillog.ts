import { logDelivery, tellDelivery } from "./deliveries.js";
import { syslogHead } from "./log-head.js";
import { POSTFIX_DIALOG, POSTFIX_LINE } from "./postfix-log.js";
import type { Dialect, ReadContext } from "./types.js";

/** Postfix's ordinary mail log: no dialogue, but what became of each recipient. */
export const postfixMaillog: Dialect = {
  id: "postfix-maillog",
  title: "Postfix mail log",
  seenWith: "Postfix 3.7.11",
  traits: {
    body: "hidden",
    sides: "both",
    endOfDataShown: false,
    order: "loose",
    closeShown: false,
    origin: "recorded",
    startShown: false,
    repliesWhole: false,
  },
  detect(sample) {
    const lines = sample.count(POSTFIX_LINE);
    if (lines === 0 || sample.count(POSTFIX_DIALOG) > 0) return 0;
    return lines > 1 || sample.lines.length === 1 ? 0.95 : 0.6;
  },
  read: readLogDeliveries,
};

/** Reads a mail log line by line: each is a tool line, and a delivery where it tells of one. */
export function readLogDeliveries(context: ReadContext): void {
  const { view } = context;
  for (let line = 0; line < view.lineCount; line++) {
    const text = view.text(line);
    if (text.trim() === "") continue;
    const delivery = logDelivery(text);
    if (delivery) tellDelivery(context, line, delivery, { time: delivery.time });
    else context.tool(line, undefined, { time: syslogHead(text)?.time });
  }
}
