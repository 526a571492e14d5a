import { emitLiteral } from "./escapes.js";
import { clockAt } from "./log-head.js";
import type { Dialect, DialectTraits, ReadContext, Sample, ToolNote, WireExtras } from "./types.js";

const STAMP = /^\d\d:\d\d:\d\d\.\d{6} /;
const CONNECT = /^connect: (?:to )?\('([^']{1,255})', (\d{1,5})\)/;
const OPEN = /^b?['"]/;

const traits: DialectTraits = {
  body: "stuffed",
  sides: "both",
  endOfDataShown: true,
  order: "wire",
  closeShown: false,
  origin: "recorded",
  startShown: true,
  repliesWhole: true,
};

/** `set_debuglevel(1)`: literals of Python; each reply is printed up to three times, only the first is the wire's. */
export const pythonSmtplibDebug1: Dialect = {
  id: "python-smtplib-debug1",
  title: "Python smtplib, debug level 1",
  seenWith: "Python 3.11 smtplib",
  traits,
  detect: (sample) => scoreOf(sample, /^(?:send|reply): (?:b?['"]|retcode \()/),
  read,
};

/** `set_debuglevel(2)`: the same with a clock in front of every line. */
export const pythonSmtplibDebug2: Dialect = {
  id: "python-smtplib-debug2",
  title: "Python smtplib, debug level 2",
  seenWith: "Python 3.11 smtplib",
  traits,
  detect: (sample) => scoreOf(sample, /^\d\d:\d\d:\d\d\.\d{6} (?:send|reply): (?:b?['"]|retcode \()/),
  read,
};

function scoreOf(sample: Sample, pattern: RegExp): number {
  const lines = sample.count(pattern);
  return lines === 0 ? 0 : lines > 1 ? 0.98 : 0.85;
}

function read(context: ReadContext): void {
  const { view } = context;
  let segment = 0;
  for (let line = 0; line < view.lineCount; line++) {
    const text = view.text(line);
    if (text === "") continue;
    const stamp = STAMP.test(text) ? 16 : 0;
    const extras: WireExtras = stamp === 0 ? {} : { time: clockAt(text, 0) };
    const send = text.startsWith("send: ", stamp);
    if (send || text.startsWith("reply: ", stamp)) {
      const from = stamp + (send ? 6 : 7);
      if (OPEN.test(text.slice(from, from + 2))) {
        const octets = text[from] === "b";
        segment++;
        emitLiteral(
          context,
          send ? "client" : "server",
          line,
          octets ? from + 1 : from,
          { octets },
          { ...extras, segment },
        );
        continue;
      }
    }
    const connect = text.startsWith("connect: ", stamp) ? CONNECT.exec(text.slice(stamp, stamp + 300)) : null;
    context.tool(line, connect ? connectNote(connect) : noteOf(text.slice(stamp, stamp + 200)), extras);
  }
}

function connectNote(connect: RegExpExecArray): ToolNote {
  return { kind: "connect", host: connect[1], port: Number(connect[2]) };
}

/** Exceptions, as the interpreter or the program prints them. */
function noteOf(text: string): ToolNote | undefined {
  const error =
    /^(?:smtplib\.|ssl\.)?(SMTPServerDisconnected|ConnectionResetError|ConnectionRefusedError|SSL\w*Error)\b/.exec(
      text,
    );
  if (!error) return undefined;
  const name = error[1] as string;
  if (name === "ConnectionRefusedError") return { kind: "connect-failed", text };
  return name.startsWith("SSL") ? { kind: "tls-failed", text } : { kind: "close", by: "server" };
}
