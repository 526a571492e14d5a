import { REPORT_TRAITS } from "./delivery-report.js";
import { readLogDeliveries } from "./postfix-maillog.js";
import type { Dialect } from "./types.js";

const EXIM_ID = "[0-9A-Za-z]{6}-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4}";
const EXIM_LINE = new RegExp(
  `^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?(?: [+-]\\d{4})? (?:\\[\\d+\\] )?(?:${EXIM_ID} (?:<=|=>|->|>>|\\*>|\\*\\*|==|Completed|H=|Frozen|Message)|H=\\S|exim \\d|Start queue run|End queue run|no host name found|SMTP )`,
);
const SENDMAIL_LINE =
  /\b(?:sendmail|sm-mta|sm-msp-queue|sm-acceptingconnections|MTA)\[\d{1,10}\]: (?:[0-9A-Za-z]{12,20}|NOQUEUE|ruleset=)\b|: [0-9A-Za-z]{14}: (?:to|from)=.*(?:, stat=|, nrcpts=)/;

/** Exim's main and reject logs. */
export const eximMainlog: Dialect = {
  id: "exim-mainlog",
  title: "Exim main log",
  seenWith: "Exim 4.96; Exim specification, chapter 52",
  traits: REPORT_TRAITS,
  detect(sample) {
    return sample.count(EXIM_LINE) > 0 ? 0.95 : 0;
  },
  read: readLogDeliveries,
};

/** sendmail's lines in the mail log. */
export const sendmailMaillog: Dialect = {
  id: "sendmail-maillog",
  title: "sendmail mail log",
  seenWith: "sendmail 8.17; Sendmail Installation and Operation Guide §2.1",
  traits: REPORT_TRAITS,
  detect(sample) {
    return sample.count(SENDMAIL_LINE) > 0 ? 0.94 : 0;
  },
  read: readLogDeliveries,
};
