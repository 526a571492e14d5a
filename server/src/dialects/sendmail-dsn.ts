import { REPORT_TRAITS } from "./delivery-report.js";
import { ReportReader } from "./report-text.js";
import type { Dialect, ReadContext } from "./types.js";

const TALKING = /^\.\.\. while talking to (\S{1,255}?)\.?:$/;
/** sendmail's own status behind a reply: `550 5.1.1 addr... User unknown`. */
const OWN_STATUS = /^[45]\d\d [45]\.\d{1,3}\.\d{1,3} (\S{1,320}?)\.\.\. /;

/** sendmail's bounces: the replies that decided, without what went before. */
export const sendmailDsn: Dialect = {
  id: "sendmail-dsn",
  title: "sendmail bounce",
  seenWith: "sendmail 8.17.1",
  traits: { ...REPORT_TRAITS, repliesWhole: true },
  detect(sample) {
    const talking = sample.count(TALKING);
    const frame = sample.count(/^ {3}----- (?:Transcript of session follows|The following addresses had )/);
    return talking > 0 && frame > 0 ? 0.98 : frame > 0 ? 0.95 : talking > 0 ? 0.85 : 0;
  },
  read,
};

function read(context: ReadContext): void {
  const { view } = context;
  const reports = new ReportReader(context);
  let inTranscript = false;
  for (let line = 0; line < view.lineCount; line++) {
    const text = view.text(line);
    const talking = TALKING.exec(text);
    if (talking) {
      inTranscript = true;
      context.tool(line, { kind: "connect", host: talking[1] });
      context.emit("tool", line, 0, text.length, {
        note: { kind: "commands-hidden", commands: hidden(context, line) },
      });
    } else if (text.trim() === "") {
      inTranscript = false;
    } else if (inTranscript && text.startsWith(">>> ")) {
      context.emit("client", line, 4, text.length);
    } else if (inTranscript && text.startsWith("<<< ")) {
      context.emit("server", line, 4, text.length);
    } else {
      context.tool(line);
      reports.take(line);
    }
  }
}

/** MAIL and RCPT are never printed; a reply that sendmail gives an address to is that to its RCPT. */
function hidden(context: ReadContext, line: number): { verb: string; path?: string; silent?: boolean }[] {
  const { view } = context;
  const commands: { verb: string; path?: string; silent?: boolean }[] = [{ verb: "MAIL", silent: true }];
  for (let next = line + 1; next < view.lineCount; next++) {
    const text = view.text(next);
    if (text.trim() === "" || TALKING.test(text)) break;
    const status = OWN_STATUS.exec(text);
    if (status && view.text(next - 1).startsWith("<<< ")) commands.push({ verb: "RCPT", path: status[1] });
  }
  return commands;
}
