import type { Dialect, ReadContext } from "./types.js";

/** `Net::SMTP=GLOB(0x55…)>>> `; the class becomes `Net::SMTP::_SSL` under TLS. */
const MARK = /^([\w:]{1,60})=GLOB\(0x([0-9a-f]{1,16})\)(>>>|<<<) ?/;
const DECODED = "(decoded)";

/**
 * Perl Net::SMTP with `Debug => 1`: the number is the connection. The message is printed without the dots that the client
 * adds; a SASL exchange is printed twice, once decoded.
 */
export const perlNetSmtp: Dialect = {
  id: "perl-net-smtp",
  title: "Perl Net::SMTP Debug",
  seenWith: "Net::SMTP 3.14 (Perl 5.36)",
  traits: {
    body: "unstuffed",
    sides: "both",
    endOfDataShown: true,
    order: "wire",
    closeShown: false,
    origin: "recorded",
    startShown: true,
    repliesWhole: true,
  },
  detect(sample) {
    if (sample.count(/^[\w:]{1,60}=GLOB\(0x[0-9a-f]+\)(?:>>>|<<<)/) > 0) return 0.99;
    return sample.count(/^Net::SMTP>>> /) > 0 ? 0.9 : 0;
  },
  read,
};

function read(context: ReadContext): void {
  const { view } = context;
  let inData = false;
  for (let line = 0; line < view.lineCount; line++) {
    const text = view.text(line);
    const mark = MARK.exec(text);
    if (!mark) {
      if (text !== "") toolLine(context, line, text);
      continue;
    }
    const from = mark[0].length;
    const server = mark[3] === "<<<";
    const channel = mark[2] as string;
    if (server) inData = text.startsWith("354", from);
    if (!inData && text.startsWith(DECODED, from)) {
      context.tool(line, undefined, { channel });
      continue;
    }
    const tls = (mark[1] as string).endsWith("SSL") ? true : undefined;
    context.emit(server ? "server" : "client", line, from, text.length, { channel, tls });
  }
}

/** `Net::SMTP=GLOB(0x55…): unexpected EOF on command channel`: the server is gone. */
function toolLine(context: ReadContext, line: number, text: string): void {
  if (!/unexpected EOF on command channel|Connection (?:closed|reset)/.test(text.slice(0, 300))) {
    context.tool(line);
    return;
  }
  const channel = /=GLOB\(0x([0-9a-f]{1,16})\)/.exec(text.slice(0, 300))?.[1];
  context.tool(line, { kind: "close", by: "server" }, { channel });
}
