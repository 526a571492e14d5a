import { emitLiteral } from "./escapes.js";
import { isoTime } from "./log-head.js";
import type { Dialect, ReadContext, ToolNote, WireExtras } from "./types.js";

const DIALOG = /\('([^']{1,80})', (\d{1,5})(?:, \d{1,10}, \d{1,10})?\) (<<|>>) (challenge: )?(?=b['"])/;
const PEER = /\('([^']{1,80})', (\d{1,5})(?:, \d{1,10}, \d{1,10})?\)/;
const DATA = /\bDATA readline: (?=b['"])/;

/** aiosmtpd's log at level debug: `<< b'…'` is the server's, `>> b'…'` the client's. */
export const aiosmtpdLog: Dialect = {
  id: "aiosmtpd-log",
  title: "aiosmtpd log",
  seenWith: "aiosmtpd 1.4.3",
  traits: {
    body: "stuffed",
    sides: "both",
    endOfDataShown: true,
    order: "wire",
    closeShown: true,
    origin: "recorded",
    startShown: true,
    masksCredentials: true,
    repliesWhole: true,
  },
  detect(sample) {
    const dialog = sample.count(DIALOG);
    if (dialog > 0) return 0.97;
    return sample.count(/\b_handle_client readline: b['"]/) > 0 ? 0.9 : 0;
  },
  read,
};

function read(context: ReadContext): void {
  const { view } = context;
  let channel: string | undefined;
  let inMessage = false;
  let challenged = false;
  for (let line = 0; line < view.lineCount; line++) {
    const text = view.text(line);
    if (text === "") continue;
    // The handler that prints messages repeats what was read line by line, without log heads.
    if (text.startsWith("---------- MESSAGE FOLLOWS")) inMessage = true;
    const dialog = !inMessage && text.includes(" b") ? DIALOG.exec(text) : null;
    const data = !inMessage && !dialog && text.includes("DATA readline: ") ? DATA.exec(text) : null;
    const extras: WireExtras = { channel, time: isoTime(text) };
    if (dialog && !dialog[4]) {
      channel = `${dialog[1]}:${dialog[2]}`;
      const speaker = dialog[3] === "<<" ? "server" : "client";
      const from = dialog.index + dialog[0].length + 1;
      challenged = speaker === "server" && text.startsWith("334", from + 1);
      emitLiteral(context, speaker, line, from, { octets: true }, { ...extras, channel, wireEnd: undefined });
    } else if (data) {
      emitLiteral(context, "client", line, data.index + data[0].length + 1, { octets: true }, extras);
    } else {
      const peer = inMessage ? null : PEER.exec(text);
      if (peer && / handling connection$/.test(text)) channel = `${peer[1]}:${peer[2]}`;
      context.tool(line, inMessage ? undefined : note(text, peer, challenged), { ...extras, channel });
      if (/: auth_\w+ returned |challenge: b/.test(text)) challenged = false;
    }
    if (text.startsWith("------------ END MESSAGE")) inMessage = false;
  }
}

/** `challenged`: a 334 was sent and its answer, which is never logged, is due. */
function note(text: string, peer: RegExpExecArray | null, challenged: boolean): ToolNote | undefined {
  if (challenged && /: auth_\w+ returned |challenge: b/.test(text)) return { kind: "client-hidden" };
  if (peer && text.endsWith(" handling connection")) return { kind: "connect", ip: peer[1], port: undefined };
  if (text.endsWith(" EOF received")) return { kind: "close", by: "client" };
  return undefined;
}
