import type { Dialect, ReadContext } from "./types.js";

const SERVER = "smtp-source: <<< ";
const CLIENT = /^smtp-source: (?=(?:EHLO|HELO|LHLO|MAIL FROM|RCPT TO|DATA|RSET|QUIT|NOOP)\b|\.$)/;

/** Postfix smtp-source -v: a load generator; `<<< ` marks the server, the client's lines have no arrow, no message. */
export const smtpSource: Dialect = {
  id: "smtp-source",
  title: "Postfix smtp-source -v",
  seenWith: "Postfix 3.7",
  traits: {
    body: "hidden",
    sides: "both",
    endOfDataShown: true,
    order: "wire",
    closeShown: false,
    origin: "recorded",
    startShown: true,
    repliesWhole: true,
  },
  detect: (sample) => (sample.count(/^smtp-source: /) > 0 ? 0.98 : 0),
  read,
};

function read(context: ReadContext): void {
  const { view } = context;
  for (let line = 0; line < view.lineCount; line++) {
    const text = view.text(line);
    if (text.startsWith(SERVER)) context.emit("server", line, SERVER.length, text.length);
    else if (CLIENT.test(text)) context.emit("client", line, 13, text.length);
    else if (text.startsWith("smtp-source: fatal: connect")) context.tool(line, { kind: "connect-failed", text });
    else if (text.startsWith("smtp-source: fatal: ")) context.tool(line, { kind: "close", by: "client" });
    else if (text !== "") context.tool(line);
  }
}
