import type { Field } from "../../message/header.js";
import { lineSpan } from "../../message/lines.js";
import { type ReportBlock, readBlocks } from "../../message/report.js";
import type { Part } from "../../message/tree.js";
import { typeFieldSpan } from "./mime-structure.js";
import { messageRule, mimeSample, rfc, short } from "./support.js";
import type { MessageContext } from "./types.js";

/** Reports: delivery status, notices of reading, complaints. */

const PER_MESSAGE = "Reporting-MTA: dns; mx.b.example";
const PER_RECIPIENT = "Final-Recipient: rfc822; bob@b.example\nAction: failed\nStatus: 5.1.1";

function report(body: string, type = "message/delivery-status", kind = "delivery-status"): string {
  const parts = `--b1\nContent-Type: text/plain\n\nSorry\n--b1\nContent-Type: ${type}\n\n${body}\n\n--b1--`;
  return mimeSample(`multipart/report; report-type=${kind}; boundary=b1`, parts);
}

const DSN = report(`${PER_MESSAGE}\n\n${PER_RECIPIENT}`);

interface Status {
  readonly part: Part;
  readonly message: ReportBlock | undefined;
  readonly recipients: readonly ReportBlock[];
}

/** Delivery status parts with their blocks; what was quoted from another message is left out. */
function statuses(context: MessageContext): Status[] {
  return context.ownParts
    .filter(
      (part) =>
        /^message\/(?:global-)?delivery-status$/.test(part.type) && part.kind === "leaf" && part.encoding !== "base64",
    )
    .map((part) => {
      const blocks = readBlocks(context.lines, part);
      const isRecipient = (block: ReportBlock): boolean =>
        block.get("final-recipient") !== undefined ||
        block.get("action") !== undefined ||
        block.get("status") !== undefined;
      return {
        part,
        message: blocks.find((block) => !isRecipient(block)) ?? blocks[0],
        recipients: blocks.filter(isRecipient),
      };
    });
}

export const reportType = messageRule({
  id: "report-type",
  severity: "hint",
  outbound: "warning",
  party: "server",
  references: [rfc(6522, "3")],
  title: "A report without the right report-type",
  messages: {
    default: "multipart/report needs the parameter report-type. Programs that read bounces skip this one.",
    mismatch: "report-type is {type}, but there is no message/{type} part.",
  },
  why: "Programs choose how to read the report by this parameter.",
  fix: "Write report-type=delivery-status, disposition-notification or feedback-report.",
  wrong: DSN.replace("report-type=delivery-status; ", ""),
  right: DSN,
  check(context) {
    const { root } = context.message;
    if (root.type !== "multipart/report") return;
    const type = root.contentType?.get("report-type")?.toLowerCase();
    if (type === undefined) context.report({ at: typeFieldSpan(root) });
    else if (
      root.children.length > 0 &&
      !root.children.some((part) => part.type.endsWith(`/${type}`) || part.type.endsWith(`/global-${type}`))
    )
      context.report({ at: typeFieldSpan(root), message: "mismatch", data: { type: short(type, 40) } });
  },
});

export const dsnMissing = messageRule({
  id: "dsn-missing-field",
  severity: "information",
  outbound: "warning",
  party: "server",
  references: [rfc(3464, "2.2.2"), rfc(3464, "2.3")],
  title: "A delivery status without a required field",
  messages: {
    default: "{name} is missing here. Programs that read bounces cannot tell what happened; it is required.",
  },
  why: "Reporting-MTA is needed once, Final-Recipient, Action and Status for each recipient.",
  fix: "Correct the template of the mail system.",
  wrong: report(`${PER_MESSAGE}\n\nFinal-Recipient: rfc822; bob@b.example\nAction: failed`),
  right: DSN,
  check(context) {
    for (const { message, recipients } of statuses(context)) {
      if (message !== undefined && message.get("reporting-mta") === undefined && !recipients.includes(message))
        context.report({ at: lineSpan(context.lines, message.line), data: { name: "Reporting-MTA" } });
      for (const block of recipients) {
        for (const name of ["Final-Recipient", "Action", "Status"])
          if (block.get(name.toLowerCase()) === undefined)
            context.report({ at: lineSpan(context.lines, block.line), data: { name } });
      }
    }
  },
});

export const dsnStatus = messageRule({
  id: "dsn-bad-status",
  severity: "information",
  outbound: "warning",
  party: "server",
  references: [rfc(3463, "2"), rfc(3464, "2.3.4")],
  title: "A status that is no enhanced status code",
  messages: { default: "{text} is no status code; it looks like 5.1.1. Programs that read bounces skip it." },
  why: "Class, subject and detail tell whether to try again and what to do.",
  fix: "Write three numbers separated by dots.",
  wrong: report(`${PER_MESSAGE}\n\n${PER_RECIPIENT.replace("5.1.1", "5.1")}`),
  right: DSN,
  check(context) {
    eachField(context, "status", (field) => {
      if (!/^[245]\.\d{1,3}\.\d{1,3}(?:\s|\(|$)/.test(field.text))
        context.report({ at: field.valueSpan, data: { text: short(field.text, 30) } });
    });
  },
});

/** The five words of the RFC, and what Postfix writes when it was asked to verify an address only. */
const ACTIONS: ReadonlySet<string> = new Set([
  "failed",
  "delayed",
  "delivered",
  "relayed",
  "expanded",
  "deliverable",
  "undeliverable",
]);

export const dsnAction = messageRule({
  id: "dsn-bad-action",
  severity: "information",
  outbound: "warning",
  party: "server",
  references: [rfc(3464, "2.3.3")],
  title: "An action that does not exist",
  messages: { default: "{text} is no action. It is failed, delayed, delivered, relayed or expanded." },
  why: "The action tells whether the message came back, waits, or arrived.",
  fix: "Write one of the five words.",
  wrong: report(`${PER_MESSAGE}\n\n${PER_RECIPIENT.replace("failed", "bounced")}`),
  right: DSN,
  check(context) {
    eachField(context, "action", (field) => {
      const word = field.text
        .toLowerCase()
        .replace(/\([^()]{0,200}\)/g, "")
        .trim();
      if (!ACTIONS.has(word)) context.report({ at: field.valueSpan, data: { text: short(field.text, 30) } });
    });
  },
});

function eachField(context: MessageContext, key: string, look: (field: Field) => void): void {
  for (const { recipients } of statuses(context))
    for (const block of recipients) for (const field of block.fields) if (field.key === key) look(field);
}

export const dsnNullReturn = messageRule({
  id: "dsn-return-path",
  severity: "hint",
  outbound: "warning",
  party: "server",
  references: [rfc(5321, "4.5.5"), rfc(3464, "2")],
  title: "A bounce with a sender in the envelope",
  messages: {
    default: "A delivery report must be sent with the null sender <>. With {path} a bounce of this bounce comes back.",
  },
  why: "Two servers that bounce each other's bounces never stop.",
  fix: "Send reports with `MAIL FROM:<>`.",
  wrong: `Return-Path: <mailer-daemon@b.example>\n${DSN}`,
  right: `Return-Path: <>\n${DSN}`,
  check(context) {
    const field = context.first("return-path");
    const failed = context.message.root.type === "multipart/report" && statuses(context).length > 0;
    // sendmail writes <MAILER-DAEMON> for the null sender when it delivers to a mailbox of its own.
    if (failed && field?.text.includes("@") === true)
      context.report({ at: field.valueSpan, data: { path: short(field.text) } });
  },
});

const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  "message/disposition-notification": ["Final-Recipient", "Disposition"],
  "message/feedback-report": ["Feedback-Type", "User-Agent", "Version"],
};

export const otherReports = messageRule({
  id: "report-missing-field",
  severity: "information",
  outbound: "warning",
  references: [rfc(8098, "3.1"), rfc(5965, "3.1")],
  title: "A notice of reading or a complaint without a required field",
  messages: { default: "{name} is missing. Programs that read these reports skip it." },
  why: "Complaint loops and read receipts are handled by programs only.",
  fix: "Add the field.",
  wrong: report("Feedback-Type: abuse\nVersion: 1", "message/feedback-report", "feedback-report"),
  right: report("Feedback-Type: abuse\nUser-Agent: Loop/1\nVersion: 1", "message/feedback-report", "feedback-report"),
  check(context) {
    for (const part of context.ownParts) {
      const required = REQUIRED[part.type];
      if (required === undefined || part.kind !== "leaf" || part.encoding === "base64") continue;
      const blocks = readBlocks(context.lines, part);
      if (blocks.length === 0) continue;
      for (const name of required) {
        if (!blocks.some((block) => block.get(name.toLowerCase()) !== undefined))
          context.report({ at: lineSpan(context.lines, (blocks[0] as ReportBlock).line), data: { name } });
      }
    }
  },
});

export const reports = [reportType, dsnMissing, dsnStatus, dsnAction, dsnNullReturn, otherReports];
