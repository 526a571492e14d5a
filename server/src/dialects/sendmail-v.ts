import type { Delivery, Dialect, ReadContext, ToolNote } from "./types.js";

/** `addr... Connecting to host via esmtp...` */
export const SENDMAIL_CONNECTING =
  /\.\.\. Connecting to (\S{1,255}?)\.? (?:port (\d{1,5}) )?via (?:e?smtp|smtp8|relay|dsmtp|lmtp)\b/;
export const SENDMAIL_STATUS =
  /^(\S{1,1000}?)\.\.\. (Sent|Deferred|User unknown|Host unknown|Service unavailable|Data format error)\b(?::? ?\(?(.*?)\)?)?$/;

/** sendmail's client side with `-v`: `>>> ` commands, bare replies. */
export const sendmailV: Dialect = {
  id: "sendmail-v",
  title: "sendmail -v",
  seenWith: "sendmail 8.17.1",
  traits: {
    body: "hidden",
    sides: "both",
    endOfDataShown: true,
    order: "wire",
    closeShown: true,
    origin: "recorded",
    startShown: true,
    repliesWhole: true,
  },
  detect(sample) {
    const own = sample.count(SENDMAIL_CONNECTING) + sample.count(/^Closing connection to \S+$/);
    const commands = sample.count(/^>>> (?:[A-Z]{4}|\.)/);
    const nested = sample.count(/^050 /);
    if (nested > 0) return 0.1;
    if (own > 0 && commands > 0) return 0.98;
    return own > 0 || sample.count(SENDMAIL_STATUS) > 0 ? 0.85 : 0;
  },
  read,
};

function read(context: ReadContext): void {
  const { view } = context;
  let shown = false;
  for (let line = 0; line < view.lineCount; line++) {
    const text = view.text(line);
    if (text.startsWith(">>> ")) {
      shown = true;
      context.emit("client", line, 4, text.length);
    } else if (/^[2-5]\d\d[ -]/.test(text)) {
      context.emit("server", line, 0, text.length);
    } else if (text.trim() !== "") {
      const status = SENDMAIL_STATUS.exec(text);
      if (status && !shown) tellStatus(context, line, text, status);
      else context.tool(line, sendmailNote(text));
      if (text.startsWith("Closing connection")) shown = true;
    }
  }
}

/** What a line of sendmail's own tells of a connection. */
export function sendmailNote(text: string): ToolNote | undefined {
  const connecting = SENDMAIL_CONNECTING.exec(text);
  if (!connecting) return undefined;
  return {
    kind: "connect",
    host: connecting[1],
    port: connecting[2] === undefined ? undefined : Number(connecting[2]),
  };
}

function tellStatus(context: ReadContext, line: number, text: string, match: RegExpExecArray): void {
  const { view } = context;
  context.tool(line);
  const word = match[2] as string;
  const status: Delivery["status"] = word === "Sent" ? "sent" : word === "Deferred" ? "deferred" : "bounced";
  const from = text.indexOf("... ") + 4;
  const reply = match[3] ?? "";
  const code = /^([245]\d\d)\b/.exec(reply)?.[1];
  context.delivery({
    line,
    start: view.offset(line, from),
    end: view.offset(line, text.length),
    recipient: (match[1] as string).split(",")[0] ?? null,
    relay: / by (\S{1,255}?)\.?$/.exec(text)?.[1] ?? null,
    stage: null,
    status,
    code: code === undefined ? null : Number(code),
    enhanced: /\b([245]\.\d{1,3}\.\d{1,3})\b/.exec(reply)?.[1] ?? null,
    text: text.slice(from),
    queueId: null,
  });
}
