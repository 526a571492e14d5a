import { logDelivery, tellDelivery } from "./deliveries.js";
import type { ReadContext, ToolNote, WireExtras } from "./types.js";

/** A process id in front, where a daemon prints debug output, and a time stamp (`-d+timestamp`). */
const HEAD = String.raw`(?:\d\d:\d\d:\d\d(?:\.\d{1,6})? +)?(?: {0,6}(\d{1,7}) )?`;
const DIALOG = new RegExp(`^${HEAD} {2}SMTP(?:(<<|>>|\\|>|\\+>) ?|\\(([^)]{1,80})\\)(?:<<|>>))`);
const CONTINUATION = new RegExp(`^${HEAD} {9}(?=\\d{3}[- ])`);
const CONNECTING = /^(?:.{0,40} )?Connecting to (\S{1,255}) \[([^\]]{1,60})\](?::(\d{1,5}))?/;
const TLS = / X=([^: ]{1,20}):([^: ]{1,120})(?::\d{1,4})?/;

/** How many lines of a sample belong to the dialogue that Exim prints with -v and -d. */
export const EXIM_DIALOG = DIALOG;

/**
 * Reads what Exim prints of its client side with `-v` and `-d`: `  SMTP<< reply`, `  SMTP>> command` (`|>` queued,
 * `+>` more to come), continuation lines of a reply behind nine blanks (smtp_out.c, transports/smtp.c).
 */
export function readEximDialog(context: ReadContext): void {
  const { view } = context;
  let inReply = false;
  let shown = false;
  for (let line = 0; line < view.lineCount; line++) {
    const text = view.text(line);
    if (text === "") continue;
    const dialog = text.includes("SMTP") ? DIALOG.exec(text) : null;
    const more: RegExpExecArray | null = dialog === null && inReply ? CONTINUATION.exec(text) : null;
    const extras: WireExtras = { channel: dialog?.[1] ?? more?.[1] };
    if (more) {
      context.emit("server", line, more[0].length, text.length, extras);
      inReply = text[more[0].length + 3] === "-";
    } else if (dialog?.[2] !== undefined) {
      shown = true;
      const from = dialog[0].length;
      if (dialog[2] === "<<") {
        context.emit("server", line, from, text.length, extras);
        inReply = text[from + 3] === "-";
      } else if (text.startsWith("(writing message)", from)) {
        context.tool(line, { kind: "data-hidden", open: true }, extras);
      } else if (text.startsWith("writing message and terminating", from)) {
        // Exim before 4.80 or so says both in one line.
        context.tool(line, { kind: "data-hidden" }, extras);
      } else {
        context.emit("client", line, from, text.length, { ...extras, masked: text.includes("****") });
      }
    } else if (dialog) {
      context.tool(line, closeNote(dialog[3] as string), extras);
    } else {
      if (text.startsWith("delivering ")) shown = false;
      other(context, line, text, shown);
    }
  }
}

function closeNote(what: string): ToolNote | undefined {
  if (what === "close") return { kind: "close", by: "client" };
  if (what === "closed") return { kind: "close", by: "server" };
  if (what === "Connection refused" || what.startsWith("timed out")) return { kind: "connect-failed", text: what };
  return undefined;
}

/** Log lines repeat what the dialogue showed; they are deliveries of their own only where no dialogue was printed. */
function other(context: ReadContext, line: number, text: string, shown: boolean): void {
  const connecting = text.includes("Connecting to") ? CONNECTING.exec(text) : null;
  if (connecting) {
    context.tool(line, {
      kind: "connect",
      host: connecting[1],
      ip: connecting[2],
      port: connecting[3] === undefined ? undefined : Number(connecting[3]),
    });
    return;
  }
  if (/^ {2}(?:=>|->|\*\*|==) /.test(text)) {
    const delivery = shown ? undefined : logDelivery(text);
    if (delivery) {
      tellDelivery(context, line, delivery);
      return;
    }
    const tls = shown ? TLS.exec(text) : null;
    if (tls) {
      const verified = / CV=(yes|no)/.exec(text)?.[1];
      const note = { kind: "tls-detail", version: tls[1], cipher: tls[2] } as const;
      context.tool(line, verified === undefined ? note : { ...note, verified: verified === "yes" });
      return;
    }
  }
  context.tool(line);
}
