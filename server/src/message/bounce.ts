import type { Span } from "../text/span.js";
import type { BounceRecipient } from "./bounceRecipient.js";
import { codesOf, permanence } from "./codes.js";
import { firstField } from "./header.js";
import { lineSpan, rangeSpan } from "./lines.js";
import { classicRecipients } from "./notice.js";
import { hasReportFields, readBlocks, readTyped } from "./report.js";
import type { Message, Part } from "./tree.js";

/** A bounce, read: who, why, permanent or not, which server said it. */
export interface Bounce {
  /** "report" where a machine-readable part says it (RFC 3464), else "text". */
  readonly source: "report" | "text";
  readonly reportingServer: string | undefined;
  readonly recipients: readonly BounceRecipient[];
  /** Lines of a quoted session ("Transcript of session follows"), for the reader of transcripts. */
  readonly transcript: Span | undefined;
}

const SENDERS = /mailer-daemon|postmaster|mail delivery|delivery subsystem|mail administrator/i;
const SUBJECTS =
  /undeliver|returned mail|delivery (?:status|failure|notification|has failed|report)|failure notice|mail delivery failed|mail system error|delivery.{0,20}(?:failed|delayed)|could not be delivered|rejected|errors from/i;

/** Reads a bounce; undefined for any other message. Never throws. */
export function readBounce(message: Message): Bounce | undefined {
  const status = message.parts.find((part) => /^message\/(?:global-)?delivery-status$/.test(part.type));
  if (status !== undefined) return fromReport(message, status);
  if (!looksLikeNotice(message)) return undefined;
  const part = noticePart(message);
  if (part === undefined) return undefined;
  const transcript = transcriptSpan(message, part);
  const recipients = classicRecipients(message, part);
  if (recipients.length === 0 && transcript === undefined) return undefined;
  return { source: "text", reportingServer: undefined, recipients, transcript };
}

function looksLikeNotice(message: Message): boolean {
  const header = message.root.header;
  const from = firstField(header, "from")?.text ?? "";
  const subject = firstField(header, "subject")?.text ?? "";
  const path = firstField(header, "return-path")?.text ?? "";
  const failed = firstField(header, "x-failed-recipients") !== undefined;
  return failed || SENDERS.test(from) || (path === "<>" && SUBJECTS.test(subject));
}

function noticePart(message: Message): Part | undefined {
  const leaves = message.parts.filter((part) => part.kind === "leaf" && !isInsideCopy(part));
  return leaves.find((part) => part.type === "text/plain") ?? leaves[0];
}

/** Parts of the returned message are no notice. */
function isInsideCopy(part: Part): boolean {
  for (let at = part.parent; at !== undefined; at = at.parent) if (at.kind === "message") return true;
  return false;
}

function fromReport(message: Message, part: Part): Bounce {
  const blocks = hasReportFields(part) ? readBlocks(message.lines, part) : [];
  const recipients: BounceRecipient[] = [];
  let reportingServer: string | undefined;
  for (const block of blocks) {
    const server = block.get("reporting-mta");
    if (server !== undefined) reportingServer = readTyped(server.text).value;
    const recipient = block.get("final-recipient") ?? block.get("original-recipient");
    if (recipient === undefined) continue;
    const diagnostic = readTyped(block.get("diagnostic-code")?.text ?? "");
    const said = codesOf(diagnostic.value);
    const status = /\d\.\d{1,3}\.\d{1,3}/.exec(block.get("status")?.text ?? "")?.[0] ?? said.status;
    const action = block.get("action")?.text.toLowerCase();
    const remote = block.get("remote-mta");
    recipients.push({
      address: bareAddress(readTyped(recipient.text).value),
      action,
      code: said.code,
      status,
      text: diagnostic.value.replace(/\s+/g, " "),
      server: remote === undefined ? undefined : readTyped(remote.text).value,
      permanent: permanence(status, said.code),
      span: rangeSpan(message.lines, { from: block.line, to: block.endLine }),
    });
  }
  const notice = noticePart(message);
  const transcript = notice === undefined ? undefined : transcriptSpan(message, notice);
  return { source: "report", reportingServer, recipients, transcript };
}

function bareAddress(text: string): string {
  const inner = /<([^<>]{0,320})>/.exec(text);
  return (inner === null ? text : (inner[1] as string)).trim();
}

/** The session quoted in a notice of sendmail or Postfix. */
function transcriptSpan(message: Message, part: Part): Span | undefined {
  const { lines } = message;
  for (let line = part.bodyLine; line < part.endLine; line++) {
    if (!/transcript of session follows/i.test(lines.text(line))) continue;
    let from = line + 1;
    while (from < part.endLine && lines.text(from).trim() === "") from++;
    let to = from;
    let seen = from;
    while (to < part.endLine && isSessionLine(lines.text(to))) {
      if (lines.text(to).trim() !== "") seen = to + 1;
      to++;
    }
    if (seen <= from) return lineSpan(lines, line);
    return rangeSpan(lines, { from, to: seen });
  }
  return undefined;
}

function isSessionLine(text: string): boolean {
  return !/^For other details|^ {2,}-----|^Message (?:follows|header)/i.test(text);
}
