/**
 * Readers of recorded files that take the messages straight from the octets, a few lines for each form, written from what
 * the tools print and not from the program's own reading. Texts are Latin-1: one character is one octet.
 */

/** Takes out the dots that the client added (RFC 5321 §4.5.2). */
const unstuffed = (lines: readonly string[]): string[] => lines.map((line) => line.replace(/^\./, ""));
const wire = (lines: readonly string[]): string => lines.map((line) => `${line}\r\n`).join("");
/** Lines of a file without their ends, however often a terminal put a CR there. */
const linesOf = (file: string): string[] => file.split("\n").map((line) => line.replace(/\r+$/, ""));

/** A tool that prints one line of the message a line of its output, behind a prefix. */
interface LineForm {
  /** The reply that begins the message, as the tool prints it. */
  readonly go: RegExp;
  /** The prefix of a line of the message; other lines are the tool's own. */
  readonly prefix: RegExp;
  /** The lone dot is the last one of these before a line that is no message; else the first. */
  readonly plain?: boolean;
  /** What the tool does to a line, undone. */
  readonly undo?: (line: string) => string;
}

/** Reads messages printed line by line. */
function byLines(file: string, { go, prefix, plain, undo = (line) => line }: LineForm): string[] {
  const messages: string[] = [];
  let lines: string[] | undefined;
  for (const line of linesOf(file)) {
    if (lines === undefined) {
      if (go.test(line)) lines = [];
      continue;
    }
    const head = prefix.exec(line);
    if (!head) {
      if (plain && lines.length > 0) {
        // Dots are printed as in the message: its end is the last of them.
        messages.push(wire(lines.slice(0, lines.lastIndexOf("."))));
        lines = undefined;
      }
      continue;
    }
    const said = undo(line.slice(head[0].length));
    if (!plain && said === ".") {
      messages.push(wire(unstuffed(lines)));
      lines = undefined;
    } else lines.push(said);
  }
  return messages;
}

/** Everything a client sent, in one piece: the commands and, where they begin, the messages. */
function fromStream(stream: string): string[] {
  const messages: string[] = [];
  let chunks = "";
  for (let at = 0; at < stream.length; ) {
    const end = stream.indexOf("\r\n", at);
    if (end === -1) break;
    const line = stream.slice(at, end);
    at = end + 2;
    const chunk = /^BDAT (\d+)( LAST)?$/i.exec(line);
    if (chunk) {
      chunks += stream.slice(at, at + Number(chunk[1]));
      at += Number(chunk[1]);
      if (chunk[2]) {
        messages.push(chunks);
        chunks = "";
      }
    } else if (/^DATA$/i.test(line)) {
      const stop = stream.startsWith(".\r\n", at) ? at - 2 : stream.indexOf("\r\n.\r\n", at);
      if (stop === -1) break;
      messages.push(stream.slice(at, stop + 2).replace(/(^|\r\n)\./g, "$1"));
      at = stop + 5;
    }
  }
  return messages;
}

/** Octets written as Python writes them: `\r`, `\x41`, `\\`, `\'`. */
function fromPython(literal: string): string {
  const named: Readonly<Record<string, string>> = { r: "\r", n: "\n", t: "\t" };
  return literal.replace(/\\(?:x([0-9a-f]{2})|(.))/g, (_, hex?: string, sign?: string) =>
    hex ? String.fromCharCode(Number.parseInt(hex, 16)) : (named[sign as string] ?? (sign as string)),
  );
}

/** Python's smtplib: the whole message in one `send:` behind the reply to DATA. */
function python(file: string): string[] {
  const messages: string[] = [];
  let go = false;
  for (const line of linesOf(file)) {
    if (/^(?:\S+ )?data: \(354, /.test(line)) go = true;
    const sent = go ? /^(?:[\d:.]+ )?send: b(['"])(.*)\1$/.exec(line) : null;
    if (!sent) continue;
    go = false;
    messages.push(
      fromPython(sent[2] as string)
        .replace(/\.\r\n$/, "")
        // smtplib adds its dots behind every LF, also where no CR stands before it.
        .replace(/(^|\n)\./g, "$1"),
    );
  }
  return messages;
}

/** Rows of a hex dump: `0000: 48 65 …`, `0000   48 65 …`, `00000059  48 65 …`; 16 octets a row, then the same as text. */
function fromHexRows(rows: readonly string[], columns: number): string {
  return rows
    .map((row) =>
      row
        .replace(/^\s*[0-9A-Fa-f]{4,8}:? +/, "")
        .slice(0, columns)
        .trim()
        .split(/ +/)
        .map((pair) => String.fromCharCode(Number.parseInt(pair, 16)))
        .join(""),
    )
    .join("");
}

/** curl --trace: `=> Send data, 242 bytes`, rows of a hex dump. */
function curlTrace(file: string): string[] {
  const stream: string[] = [];
  for (const block of file.split(/^(?=[=<]. |(?:[\d:.]+ )[=<]. )/m)) {
    const [head = "", ...rows] = linesOf(block);
    if (!/=> Send (?:header|data)/.test(head)) continue;
    stream.push(
      fromHexRows(
        rows.filter((row) => /^[0-9a-f]{4}: /.test(row)),
        48,
      ),
    );
  }
  return fromStream(withEnd(stream.join("")));
}

/** curl --trace-ascii: rows are cut at line ends, which are not printed, and after 64 octets; offsets tell which. */
function curlTraceAscii(file: string): string[] {
  const stream: string[] = [];
  for (const block of file.split(/^(?=(?:[\d:.]+ )?(?:=> |<= |== ))/m)) {
    const [head = "", ...rows] = linesOf(block);
    const size = /=> Send (?:header|data), (\d+) bytes/.exec(head)?.[1];
    if (size === undefined) continue;
    const cells = rows.filter((row) => /^[0-9a-f]{4}: /.test(row));
    cells.forEach((row, k) => {
      const text = row.slice(6);
      const from = Number.parseInt(row.slice(0, 4), 16);
      const next = cells[k + 1];
      const length = (next === undefined ? Number(size) : Number.parseInt(next.slice(0, 4), 16)) - from;
      stream.push(length === text.length ? text : `${text}\r\n`);
    });
  }
  return fromStream(withEnd(stream.join("")));
}

/** curl does not print the final dot as a line of its own. */
function withEnd(stream: string): string {
  return stream.endsWith("\r\n.\r\n") ? stream : `${stream.replace(/\r\nQUIT\r\n$/, "\r\n")}.\r\n`;
}

/** The client's part of socat -v: a header with the length before each piece, CR written as "\r". */
function socat(file: string): string[] {
  const stream: string[] = [];
  const head = /([<>]) \d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d\.\d+ {2}length=(\d+) from=\d+ to=\d+\n/g;
  const heads = [...file.matchAll(head)];
  heads.forEach((match, k) => {
    if (match[1] !== ">") return;
    const from = match.index + match[0].length;
    const piece = file.slice(from, heads[k + 1]?.index).replace(/\\r/g, "\r");
    stream.push(piece.slice(0, Number(match[2])));
  });
  return fromStream(stream.join(""));
}

/** tshark -z follow: a length before each piece, that of the second node behind a tab; the server is the first to speak. */
function tsharkFollow(file: string): string[] {
  const messages: string[] = [];
  for (const part of file.split(/^={20,}\n(?=Follow: )/m).slice(1)) {
    const stream = { "": "", "\t": "" };
    let first: keyof typeof stream | undefined;
    const body = part.slice(part.indexOf("Node 1:"));
    const head = /^(\t?)(\d+)\n/gm;
    for (let match = head.exec(body); match; match = head.exec(body)) {
      const node = match[1] as keyof typeof stream;
      first ??= node;
      const from = head.lastIndex;
      stream[node] += body.slice(from, from + Number(match[2]));
      head.lastIndex = from + Number(match[2]);
    }
    messages.push(...fromStream(stream[first === "" ? "\t" : ""]));
  }
  return messages;
}

/** tshark -z follow,hex: rows of the second node behind a tab. */
function tsharkFollowHex(file: string): string[] {
  const rows = linesOf(file).filter((line) => /^\t?[0-9A-F]{8} {2}/.test(line));
  const server = rows[0]?.startsWith("\t") === true;
  return fromStream(
    fromHexRows(
      rows.filter((row) => row.startsWith("\t") !== server),
      48,
    ),
  );
}

/** Pieces of a capture, each behind a head that names its direction; connections apart. */
function captured(
  file: string,
  head: RegExp,
  direction: (match: RegExpExecArray) => readonly [from: string, to: string],
  content: (piece: string, match: RegExpExecArray) => string,
): string[] {
  const streams = new Map<string, string>();
  const heads = [...file.matchAll(head)] as RegExpExecArray[];
  heads.forEach((match, k) => {
    const [from, to] = direction(match);
    if (!/[.:]0*(?:25|587)$|smtp$/.test(to)) return;
    const piece = content(file.slice(match.index + match[0].length, heads[k + 1]?.index ?? file.length), match);
    streams.set(from, (streams.get(from) ?? "") + piece);
  });
  return [...streams.values()].flatMap(fromStream);
}

/** tcpflow -c: `from-to: ` before each piece, an empty line behind it. */
const tcpflowC = (file: string): string[] =>
  captured(
    file,
    /^(\d{3}(?:\.\d{3}){3}\.\d{5})-(\d{3}(?:\.\d{3}){3}\.\d{5}): /gm,
    (match) => [match[1] as string, match[2] as string],
    (piece) => piece.replace(/\n$/, ""),
  );

/** ngrep -W byline: CR as a dot at the end of the line. */
const ngrepByline = (file: string): string[] =>
  captured(
    file,
    /^T (?:\d{4}\/\d\d\/\d\d \S+ )?(\S+) -> (\S+) \[[A-Z]+\](?: #\d+)?\n/gm,
    (match) => [match[1] as string, match[2] as string],
    (piece) =>
      piece
        .replace(/\n(?:#+(?:exit)?.*\n|\n)*(?:\d+ received.*)?$/, "\n")
        .replace(/\.\n/g, "\r\n")
        .replace(/\n#+$/, "\n"),
  );

/** tcpdump -A: the headers of IP and TCP, printed as they can be, then as many octets as the summary says. */
const tcpdumpA = (file: string): string[] =>
  captured(
    file,
    /^[\d:.]+ IP (\S+) > (\S+): Flags \[P\.\].* length (\d+): SMTP.*\n/gm,
    (match) => [match[1] as string, match[2] as string],
    (piece, match) => {
      const size = Number(match[3]);
      // CR is not printed, and a header may hold a line feed: what counts is the length, from the end.
      const crlf = piece.replace(/\n$/, "").replace(/\r?\n/g, "\r\n");
      return crlf.slice(-size);
    },
  );

/** tcpdump -v: the lines of a piece behind a tab. */
const tcpdumpV = (file: string): string[] =>
  captured(
    file,
    /^ {4}(\S+) > (\S+): Flags .*\n/gm,
    (match) => [match[1] as string, match[2] as string],
    (piece) =>
      wire(
        linesOf(piece)
          .filter((line) => line.startsWith("\t"))
          .map((line) => line.slice(1)),
      ),
  );

/** ngrep without -W: everything in rows of 74 octets behind two blanks, line ends and other octets as dots. */
function ngrepPlain(file: string): string[] {
  return captured(
    file,
    /^T (\S+) -> (\S+) \[[A-Z]+\](?: #\d+)?\n/gm,
    (match) => [match[1] as string, match[2] as string],
    (piece) =>
      piece
        .split("\n")
        .filter((row) => row.startsWith("  "))
        .map((row) => row.slice(2))
        .join("")
        .replace(/ +$/, "")
        // An odd number of dots at the end of a piece: line ends, a dot, a line end.
        .replace(
          /\.+$/,
          (run) =>
            "\r\n".repeat(Math.floor((run.length - 1) / 2) - (run.length % 2 ? 1 : 0)) +
            (run.length % 2 ? ".\r\n" : "\r\n"),
        )
        // Elsewhere the dot comes first: the end of a sentence.
        .replace(/\.{2,}/g, (run) => (run.length % 2 ? "." : "") + "\r\n".repeat(Math.floor(run.length / 2))),
  );
}

/** tcpflow -C: the octets of both sides one after the other; behind the reply to DATA comes the message. */
const unmarked = (file: string): string[] => byLines(file, { go: /^354[ -]/, prefix: /^/ });
const tcpflowBoth = (file: string): string[] => unmarked(file.replace(/\r\n\n/g, "\r\n"));

const PHP = /^[\d-]+ [\d:]+\tCLIENT -> SERVER: ?/;
const HTML: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', uuml: "ü", szlig: "ß" };

/** PHPMailer's HTML: names for characters, `<br>` at the end. */
const fromHtml = (line: string): string =>
  Buffer.from(
    Buffer.from(line, "latin1")
      .toString("utf8")
      .replace(/ ?<br>$/, (end) => (end.startsWith(" ") ? "" : ""))
      .replace(/&(\w+);/g, (all, name: string) => HTML[name] ?? all),
  ).toString("latin1");

const phpmailer = (file: string): string[] =>
  byLines(file, { go: /354 |^[\d-]+ [\d:]+\tCLIENT -> SERVER: DATA$/, prefix: PHP });

/** PEAR's Net_SMTP: the message behind one `Send: `, raw, up to `Send: .`. */
function pear(file: string): string[] {
  const body = /Recv: 354[^\n]*\n[^\n]*?Send: ([\s\S]*?\r\n)\n[^\n]*?Send: \.\r\n/g;
  return Array.from(file.matchAll(body), (match) => (match[1] as string).replace(/(^|\r\n)\./g, "$1"));
}

/** aiosmtpd: each line of the message as Python writes octets. */
function aiosmtpd(file: string): string[] {
  const lines = Array.from(file.matchAll(/DATA readline: b(['"])(.*)\1/g), ([, , literal]) =>
    fromPython(literal as string),
  );
  const end = lines.indexOf(".\r\n");
  return end === -1
    ? []
    : [
        lines
          .slice(0, end)
          .join("")
          .replace(/(^|\r\n)\./g, "$1"),
      ];
}

/** tshark -O smtp: the lines of BDAT chunks with their ends written out. */
function tsharkO(file: string): string[] {
  const stream = linesOf(file)
    .filter((line) => /^ {8}(?!Response|Command|Request|\[)/.test(line))
    .map((line) => line.slice(8).replace(/\\r\\n$/, "\r\n"))
    .join("");
  return fromStream(stream);
}

/** The reader for the files of each dialect. */
export const READERS: Readonly<Record<string, (file: string) => string[]>> = {
  "aiosmtpd-log": aiosmtpd,
  "curl-trace": curlTrace,
  "curl-trace-ascii": curlTraceAscii,
  "dovecot-rawlog": (file) => byLines(file, { go: /^\d+\.\d+ DATA$/, prefix: /^\d+\.\d+ / }),
  "exim-bh": (file) => byLines(file, { go: /^354 /, prefix: /^(?!>>> |LOG: )/ }),
  "haraka-log": (file) =>
    byLines(file, { go: /S: 354 /, prefix: /^\[DATA\] \[\S+\] \[core\] C: /, undo: (line) => line.slice(0, -2) }),
  "javamail-debug": unmarked,
  "msmtp-debug": (file) => byLines(file, { go: /^<-- 354 /, prefix: /^--> / }),
  nc: unmarked,
  ncat: (file) => {
    const rows = linesOf(file).filter((line) => /^[0-9a-f]{4} {3}/.test(line));
    return unmarked(rows.length > 0 ? fromHexRows(rows, 50) : file);
  },
  "ngrep-byline": ngrepByline,
  "ngrep-byline-t": ngrepByline,
  "ngrep-plain": ngrepPlain,
  nodemailer: (file) => byLines(file, { go: /S: 354 /, prefix: /^\[[^\]]+\] DEBUG \[[^\]]+\] / }),
  "opensmtpd-trace": (file) => byLines(file, { go: /: >>> 354 /, prefix: /^<<< \[MSG\] / }),
  "openssl-s_client": unmarked,
  "pear-net-smtp": pear,
  "perl-net-smtp": (file) =>
    byLines(file, { go: /<<< 354 /, prefix: /^Net::SMTP(?:::_SSL)?=GLOB\(0x[0-9a-f]+\)>>> /, plain: true }),
  "phpmailer-debug1": phpmailer,
  "phpmailer-debug2": phpmailer,
  "phpmailer-debug3": phpmailer,
  "phpmailer-debug4": phpmailer,
  "phpmailer-html": (file) =>
    byLines(file, { go: /SERVER -&gt; CLIENT: 354/, prefix: /^[\d-]+ [\d:]+ CLIENT -&gt; SERVER: /, undo: fromHtml }),
  "python-smtplib-debug1": python,
  "python-smtplib-debug2": python,
  "s-nail-v": (file) => byLines(file, { go: /SERVER: 354 /, prefix: /^s-nail: >>> (?!SERVER: )/, plain: true }),
  "script-typescript": unmarked,
  "socat-v": socat,
  swaks: (file) => byLines(file, { go: /^(?:<[-~] {2}354 | -> DATA$)/, prefix: /^ [-~]> / }),
  "tcpdump-A": tcpdumpA,
  "tcpdump-v": tcpdumpV,
  "tcpflow-C": tcpflowBoth,
  "tcpflow-c": tcpflowC,
  telnet: unmarked,
  "tshark-O-smtp": tsharkO,
  "tshark-follow": tsharkFollow,
  "tshark-follow-hex": tsharkFollowHex,
};
