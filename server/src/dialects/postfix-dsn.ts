import { REPORT_TRAITS, readReport } from "./delivery-report.js";
import type { Dialect } from "./types.js";

/** Postfix's bounces, delay notices and delivery reports. */
export const postfixDsn: Dialect = {
  id: "postfix-dsn",
  title: "Postfix bounce or delivery report",
  seenWith: "Postfix 3.7.11",
  traits: REPORT_TRAITS,
  detect(sample) {
    const own = sample.count(/^This is the mail system at host \S+\.$|^X-Postfix-(?:Queue-ID|Sender): /);
    const shape = sample.count(
      /^\s+The mail system$|^<\S+@\S+>(?: \(expanded from [^)]+\))?: (?:host |delivery via |unknown user)/,
    );
    return own > 0 ? 0.97 : shape > 0 ? 0.82 : 0;
  },
  read: readReport,
};
