import { stampAt } from "./log-head.js";
import { phpStampAt } from "./php-stamp.js";
import type { Dialect, DialectTraits, ReadContext, Sample, ToolNote, WireExtras } from "./types.js";

/** PHP's own stamp (error_log), PHPMailer's stamp, then who speaks. */
const MARK =
  /^(\[\d\d-\w{3}-\d{4} \d\d:\d\d:\d\d [^\]]{1,40}\] )?(?:(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)[\t ]+)?(CLIENT -> SERVER|SERVER -> CLIENT): ?/;
const OWN = /^(?:\[\d\d-\w{3}-\d{4} \d\d:\d\d:\d\d [^\]]{1,40}\] )?(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[\t ]+)?/;
/** Further lines of a reply stand under the first, behind a TAB and 18 blanks (`SERVER -> CLIENT: `). */
const MORE = /^(?: {0,19}\t {18}| {20,60}(?=[2-5]\d\d[ -]))/;
const OPENING = /^Connection: opening to (?:(ssl|tls):\/\/)?(\[[0-9a-fA-F:.]+\]|[^\s:,]+):(\d{1,5})/;
const HIDDEN = "[credentials hidden]";

/** What PHPMailer shows at its levels, in any output. */
export const PHPMAILER_TRAITS: DialectTraits = {
  body: "stuffed",
  sides: "both",
  endOfDataShown: true,
  order: "wire",
  closeShown: false,
  origin: "recorded",
  startShown: true,
  masksCredentials: true,
  repliesWhole: true,
};

const CLIENT_LINE = /^(?:\[.{20,60}\] )?(?:[\d-]{10} [\d:]{8}[\t ]+)?CLIENT -> SERVER:/;
const SERVER_LINE = /^(?:\[.{20,60}\] )?(?:[\d-]{10} [\d:]{8}[\t ]+)?SERVER -> CLIENT:/;
const CONNECTION_LINE = /^(?:\[.{20,60}\] )?(?:[\d-]{10} [\d:]{8}[\t ]+)?Connection: (?:opening|opened|closed|failed)/;
const INBOUND_LINE = /^(?:\[.{20,60}\] )?(?:[\d-]{10} [\d:]{8}[\t ]+)?SMTP INBOUND: /;
const ERROR_LINE = /^(?:[\d-]{10} [\d:]{8}[\t ]+)?(?:SMTP ERROR: |SMTP Error: )/;

/** The level that a sample was printed at: 0 if it is not PHPMailer's. */
function levelOf(sample: Sample): number {
  if (sample.count(INBOUND_LINE) > 0) return 4;
  const client = sample.count(CLIENT_LINE);
  const server = sample.count(SERVER_LINE);
  if (sample.count(CONNECTION_LINE) > 0) return 3;
  if (server > 0) return 2;
  if (client > 0) return 1;
  return sample.count(ERROR_LINE) > 0 ? 2 : 0;
}

function level(number: number, sides: DialectTraits["sides"]): Dialect {
  return {
    id: `phpmailer-debug${number}`,
    title: `PHPMailer, SMTPDebug ${number}`,
    seenWith: "PHPMailer 6.6.3",
    traits: { ...PHPMAILER_TRAITS, sides },
    inParts: true,
    detect: (sample) => (levelOf(sample) === number ? 0.98 : 0),
    read: readPhpMailer,
  };
}

/** Level 1: only what the client sends. */
export const phpmailerDebug1 = level(1, "client");
/** Level 2: both sides. */
export const phpmailerDebug2 = level(2, "both");
/** Level 3: and the connection. */
export const phpmailerDebug3 = level(3, "both");
/** Level 4: and every reply line once more as it arrives (`SMTP INBOUND`). */
export const phpmailerDebug4 = level(4, "both");

function readPhpMailer(context: ReadContext): void {
  const { view } = context;
  let inReply: WireExtras | undefined;
  let implicit = false;
  let quit = false;
  let serverShown = false;
  for (let line = 0; line < view.lineCount; line++) {
    const text = view.text(line);
    if (text === "") continue;
    const mark = MARK.exec(text);
    if (mark) {
      const from = mark[0].length;
      const server = mark[3] === "SERVER -> CLIENT";
      if (server && text.slice(from).trim() === "") {
        // Nothing came: the server is gone, or PHPMailer gave up waiting.
        context.tool(line);
        continue;
      }
      const extras: WireExtras = {
        time: mark[2] ? stampAt(mark[2], 0) : mark[1] ? phpStampAt(mark[1], 1) : undefined,
        masked: text.indexOf(HIDDEN, from) !== -1 || undefined,
      };
      if (server) serverShown = true;
      else if (quit && !serverShown && /^(?:EHLO|HELO) /.test(text.slice(from, from + 5))) {
        // Level 1 shows no greeting: after QUIT a hello is that of the next connection.
        context.emit("tool", line, 0, 0, { note: { kind: "session-start" } });
      }
      quit = !server && text.slice(from) === "QUIT";
      context.emit(server ? "server" : "client", line, from, text.length, extras);
      inReply = server ? extras : undefined;
      continue;
    }
    const more = inReply ? MORE.exec(text) : null;
    if (more) {
      context.emit("server", line, more[0].length, text.length, inReply);
      continue;
    }
    inReply = undefined;
    const own = text.slice(OWN.exec(text)?.[0].length ?? 0);
    const opening = OPENING.exec(own);
    if (opening) implicit = opening[1] === "ssl";
    context.tool(line, opening ? connectNote(opening) : phpMailerNote(own, implicit));
  }
}

function connectNote(opening: RegExpExecArray): ToolNote {
  return { kind: "connect", host: opening[2], port: Number(opening[3]) };
}

/** What a line in PHPMailer's own words says of the session. `implicit`: the connection was opened with `ssl://`. */
export function phpMailerNote(text: string, implicit: boolean): ToolNote | undefined {
  if (text.startsWith("Connection: opened")) return implicit ? { kind: "tls-started", implicit: true } : undefined;
  if (text.startsWith("Connection: closed")) return { kind: "close", by: "client" };
  if (text.startsWith("SMTP NOTICE: EOF caught")) return { kind: "close", by: "server" };
  if (/^(?:SMTP ERROR: Failed to connect to server|Connection: Failed to connect)/i.test(text)) {
    return { kind: "connect-failed", text };
  }
  if (/stream_socket_enable_crypto\(\)|STARTTLS not accepted/.test(text)) return { kind: "tls-failed", text };
  return undefined;
}
