import { logDelivery, tellDelivery } from "./deliveries.js";
import { POSTFIX_DIALOG, POSTFIX_LINE, type PostfixLine, postfixLine, postfixNote } from "./postfix-log.js";
import type { Dialect, ReadContext, WireExtras } from "./types.js";

const DIALOG = /([<>]) (\S{0,300}?)\[([^\]]{0,60})\](?::(\d{1,5}))?: ?/y;

/** Postfix's mail log with `debug_peer_list`: the dialogue among hundreds of other lines, by process. */
export const postfixMaillogDebugPeer: Dialect = {
  id: "postfix-maillog-debug-peer",
  title: "Postfix mail log with debug_peer_list",
  seenWith: "Postfix 3.7.11",
  traits: {
    body: "hidden",
    sides: "both",
    endOfDataShown: false,
    order: "wire",
    closeShown: true,
    origin: "recorded",
    startShown: true,
    repliesWhole: true,
  },
  detect(sample) {
    if (sample.count(POSTFIX_DIALOG) === 0) return 0;
    return sample.count(POSTFIX_LINE) > 0 ? 0.98 : 0.5;
  },
  read,
};

function read(context: ReadContext): void {
  const { view } = context;
  /** Processes whose dialogue is printed: their `status=` lines only repeat it. */
  const shown = new Set<string>();
  for (let line = 0; line < view.lineCount; line++) {
    const text = view.text(line);
    if (text === "") continue;
    const head = postfixLine(text);
    if (!head) {
      const delivery = logDelivery(text);
      if (delivery) tellDelivery(context, line, delivery);
      else if (text.trim() !== "") context.tool(line);
      continue;
    }
    const extras: WireExtras = { channel: head.pid, time: head.time };
    if (dialog(context, line, text, head, extras)) {
      if (head.pid !== undefined) shown.add(head.pid);
      continue;
    }
    const delivery = head.pid !== undefined && shown.has(head.pid) ? undefined : logDelivery(text);
    if (delivery) tellDelivery(context, line, delivery, extras);
    else context.tool(line, postfixNote(text.slice(head.from)), extras);
  }
}

/** The server logs from its own side: `<` is what it received. The client's arrows are the other way round. */
function dialog(context: ReadContext, line: number, text: string, head: PostfixLine, extras: WireExtras): boolean {
  const mark = text.charCodeAt(head.from);
  if ((mark !== 60 && mark !== 62) || !/^(?:smtpd?|lmtp|postscreen)$/.test(head.daemon)) return false;
  DIALOG.lastIndex = head.from;
  const match = DIALOG.exec(text);
  if (!match) return false;
  const received = match[1] === "<";
  const isServer = head.daemon === "smtpd" || head.daemon === "postscreen";
  context.emit(received === isServer ? "client" : "server", line, DIALOG.lastIndex, text.length, extras);
  return true;
}
