import { CurlInfo } from "./curl-info.js";
import type { Dialect, ReadContext } from "./types.js";

/** The progress meter, which ends without a line end: what follows it on the line is curl's next line. */
const METER = /^[\d .:kMGTPEdh-]{60,120}(?=[*<>{}] )/;
const PAYLOAD = /^[{}] \[(\d{1,10}) bytes data\]$/;
const INFO =
  /(?:^|[\d ])\* {1,3}(?:Trying |Connected to |Established connection|Closing connection|Connection #|Re-using |Host |IPv[46]: |We are completely uploaded|upload completely sent|connect to |Could not resolve)/;

/**
 * `curl -v smtp://…`: `< ` is the server's, `> ` the client's, `* ` curl's own. The message is not printed, and QUIT is
 * not either. What curl writes to standard output (the reply to HELP or EXPN once more) has no mark.
 */
export const curlV: Dialect = {
  id: "curl-v",
  title: "curl -v",
  seenWith: "curl 7.88.1",
  traits: {
    body: "hidden",
    sides: "both",
    endOfDataShown: false,
    order: "wire",
    closeShown: false,
    origin: "recorded",
    startShown: true,
    repliesWhole: true,
  },
  detect(sample) {
    const info = sample.count(INFO);
    const replies = sample.count(/^< [2-5]\d\d(?:[ -]|$)/);
    const failed = sample.count(/^curl: \(\d{1,3}\) /);
    if (info + failed > 0 && replies > 0) return 0.98;
    if (info > 0 && failed > 0) return 0.9;
    if (replies > 0 && sample.count(/^[{}] \[\d+ bytes data\]/) > 0) return 0.95;
    if (replies > 0 && sample.count(/^> [A-Z]/) > 0) return sample.blanks > 0 ? 0.6 : 0.72;
    return info > 1 ? 0.3 : 0;
  },
  read,
};

function read(context: ReadContext): void {
  const { view } = context;
  const info = new CurlInfo();
  let dataDue = false;
  for (let line = 0; line < view.lineCount; line++) {
    const text = view.text(line);
    if (text === "") continue;
    const first = text.charCodeAt(0);
    const meter = first === 32 || (first >= 45 && first <= 57) ? (METER.exec(text)?.[0].length ?? 0) : 0;
    const mark = text[meter];
    const marked = text[meter + 1] === " " || text.length === meter + 1;
    const from = Math.min(meter + 2, text.length);
    const extras = info.tls ? { tls: true } : undefined;
    if (mark === "<" && marked) {
      info.serverSpoke();
      context.emit("server", line, from, text.length, extras);
      dataDue = text.startsWith("354", from);
    } else if (mark === ">" && marked) {
      context.emit("client", line, from, text.length, extras);
      dataDue = false;
    } else if (mark === "*" && marked) {
      info.take(context, line, text.slice(from));
    } else if (mark === "}" && dataDue) {
      // Under TLS each record is announced, its head first: the size of the message is not told apart.
      const size = PAYLOAD.exec(text.slice(meter));
      context.tool(line, { kind: "data-hidden", octets: size && !info.tls ? Number(size[1]) : undefined });
      dataDue = false;
    } else {
      context.tool(line);
    }
  }
}
