import { ReportReader } from "./report-text.js";
import type { Dialect, DialectTraits, ReadContext } from "./types.js";

/** A report shows no session; what it says of one are deliveries. */
export const REPORT_TRAITS: DialectTraits = {
  body: "hidden",
  sides: "both",
  endOfDataShown: false,
  order: "loose",
  closeShown: false,
  origin: "recorded",
  startShown: false,
  repliesWhole: false,
};

const FIELDS = /^(?:Final-Recipient: ?[\w-]+;|Diagnostic-Code: ?[\w-]+;|Reporting-MTA: ?[\w-]+;)/i;
const PROSE =
  /\bRemote Server (?:at \S+ (?:\([^)]*\) )?)?returned\b|^Hi\. This is the qmail-send program|\bRemote host said: |^This message was created automatically by mail delivery software|^\s+(?:SMTP|LMTP) error from remote mail|^The response (?:from the remote server )?was:|^<\S+@\S+>: host \S+ said: [245]\d\d|#[245]\d\d [245]\.\d\.\d+ .*##|<\S+ #[245]\.\d\.\d+ smtp;/i;

/** Bounces and delay notices of any mail system: Exchange, Exim, qmail, Gmail and whoever writes RFC 3464 fields. */
export const deliveryReport: Dialect = {
  id: "delivery-report",
  title: "Bounce or delay notice",
  seenWith: "RFC 3464; texts of Exchange, Exim, qmail, Gmail",
  traits: REPORT_TRAITS,
  detect(sample) {
    const fields = sample.count(FIELDS);
    const prose = sample.count(PROSE);
    return fields > 1 && prose > 0 ? 0.85 : fields > 1 || prose > 0 ? 0.8 : fields > 0 ? 0.5 : 0;
  },
  read: readReport,
};

/** Reads a report: every line is the tool's, deliveries are told apart. */
export function readReport(context: ReadContext): void {
  const { view } = context;
  const reports = new ReportReader(context);
  for (let line = 0; line < view.lineCount; line++) {
    if (view.text(line).trim() === "") continue;
    context.tool(line);
    reports.take(line);
  }
}
