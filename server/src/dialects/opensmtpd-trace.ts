import type { Dialect, ReadContext, ToolNote } from "./types.js";

const DIALOG = /^(?:debug: )?smtp: (0x[0-9a-f]{1,16}): (>>>|<<<) ?/;
const SESSION = /^([0-9a-f]{16}) smtp (.*)$/;

/** OpenSMTPD's server with `-dv -T smtp`: `>>> ` is what it sends, `<<< ` what it receives. */
export const opensmtpdTrace: Dialect = {
  id: "opensmtpd-trace",
  title: "OpenSMTPD server trace",
  seenWith: "OpenSMTPD 6.8.0p2",
  traits: {
    body: "stuffed",
    sides: "both",
    endOfDataShown: true,
    order: "wire",
    closeShown: true,
    origin: "recorded",
    startShown: true,
    repliesWhole: true,
  },
  detect(sample) {
    const dialog = sample.count(DIALOG);
    const states = sample.count(/^smtp: 0x[0-9a-f]{1,16}: STATE_[A-Z]+ -> STATE_[A-Z]+$/);
    const own = sample.count(/^(?:info: OpenSMTPD |setup_peer: |[0-9a-f]{16} smtp (?:dis)?connected )/);
    return dialog > 0 ? 0.97 : states > 0 ? 0.8 : own > 1 ? 0.5 : 0;
  },
  read,
};

function read(context: ReadContext): void {
  const { view } = context;
  /** Message lines and the lines of the session log name no pointer; they follow their session's own lines. */
  let channel: string | undefined;
  for (let line = 0; line < view.lineCount; line++) {
    const text = view.text(line);
    if (text === "") continue;
    const dialog = text.includes("smtp: 0x") ? DIALOG.exec(text) : null;
    if (dialog) {
      channel = dialog[1];
      const speaker = dialog[2] === ">>>" ? "server" : "client";
      context.emit(speaker, line, dialog[0].length, text.length, { channel });
    } else if (text.startsWith("<<< [MSG]")) {
      context.emit("client", line, Math.min(text.length, "<<< [MSG] ".length), text.length, { channel });
    } else {
      const connected = /^smtp: (0x[0-9a-f]{1,16}): connected to listener /.exec(text);
      if (connected) channel = connected[1];
      context.tool(line, connected ? { kind: "session-start" } : note(text), { channel });
    }
  }
}

function note(text: string): ToolNote | undefined {
  if (text.startsWith("debug: SSL library error: io_dispatch_accept_tls")) return { kind: "tls-failed", text };
  const session = SESSION.exec(text)?.[2];
  if (session === undefined) return undefined;
  const tls = /^tls ciphers=([^: ]{1,30}):([^: ]{1,60})/.exec(session);
  if (tls) return { kind: "tls-started", version: tls[1], cipher: tls[2] };
  if (session.startsWith("disconnected ")) {
    const reason = /reason="?([a-z-]{1,40})/.exec(session)?.[1];
    return { kind: "close", by: reason === "quit" ? "unknown" : reason === "disconnect" ? "client" : "server" };
  }
  return undefined;
}
