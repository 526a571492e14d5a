import type { Path } from "../../protocol/path.js";
import { envelopeCommands, type ShownCommand, severityByOutcome } from "../support.js";
import type { RuleContext, Session, Severity } from "../types.js";
import { perSession } from "./memo.js";

/** MAIL or RCPT with its path. */
export interface UsedPath {
  readonly exchange: ShownCommand;
  readonly path: Path;
}

/** The paths of MAIL and RCPT that can be judged, in order; of one verb where one is named. */
export function pathsUsed(session: Session, context: RuleContext, verb?: "MAIL" | "RCPT"): readonly UsedPath[] {
  return allPaths(session, context)[verb ?? "both"];
}

const allPaths = perSession((session: Session, context: RuleContext) => {
  const both = envelopeCommands(session).flatMap((exchange) => {
    const path = exchange.command.path?.path;
    return path && !context.isConsequence(exchange) && !isHidden(path.content) ? [{ exchange, path }] : [];
  });
  const of = (wanted: string) => both.filter(({ exchange }) => exchange.verb === wanted);
  return { both, MAIL: of("MAIL"), RCPT: of("RCPT") };
});

/** Addresses that someone blacked out are not judged. */
function isHidden(content: string): boolean {
  return /redacted|removed|hidden|masked|\*\*\*|\.\.\.|…|xxxx/i.test(content);
}

/** What is wrong with a mailbox by RFC 5321 §4.1.2; null where nothing is. Lengths and non-ASCII letters have their own rules. */
export type MailboxFault =
  | "twoAts"
  | "dots"
  | "emptyLocal"
  | "emptyDomain"
  | "localChars"
  | "quotes"
  | "domainChars"
  | "domainDots"
  | "literal";

const ATEXT = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u0080-\uffff-]*$/;
const LABEL = /^[A-Za-z0-9\u0080-\uffff](?:[A-Za-z0-9_\u0080-\uffff-]*[A-Za-z0-9_\u0080-\uffff])?$/;

/** The fault of a path's mailbox; null where there is none. An underscore in a domain is common and let pass. */
export function mailboxFault(path: Path): MailboxFault | null {
  const { localPart, domain } = path;
  return localFault(localPart) ?? (domain === null ? null : domainFault(domain));
}

function localFault(local: string): MailboxFault | null {
  if (local === "") return "emptyLocal";
  if (local.startsWith('"')) return isQuotedString(local) ? null : "quotes";
  if (local.includes("@")) return "twoAts";
  if (local.startsWith(".") || local.endsWith(".") || local.includes("..")) return "dots";
  return local.split(".").every((atom) => ATEXT.test(atom)) ? null : "localChars";
}

/** RFC 5321 §4.1.2, Quoted-string. */
function isQuotedString(local: string): boolean {
  if (local.length < 2 || !local.endsWith('"')) return false;
  for (let at = 1; at < local.length - 1; at++) {
    if (local[at] === "\\") at++;
    else if (local[at] === '"') return false;
    if (at >= local.length - 1) return false;
  }
  return true;
}

function domainFault(domain: string): MailboxFault | null {
  if (domain === "") return "emptyDomain";
  if (domain.startsWith("[")) return literalFault(domain);
  const labels = domain.replace(/\.$/, "").split(".");
  if (labels.some((label) => label === "")) return "domainDots";
  return labels.every((label) => LABEL.test(label)) ? null : "domainChars";
}

/** The fault of an address literal in brackets (RFC 5321 §4.1.3). */
export function literalFault(literal: string): "literal" | null {
  const inside = /^\[([^\][]*)\]$/.exec(literal)?.[1];
  if (inside === undefined) return "literal";
  if (/^IPv6:/i.test(inside)) return isIPv6(inside.slice(5)) ? null : "literal";
  if (/^[\d.]+$/.test(inside)) return isIPv4(inside) ? null : "literal";
  return /^[A-Za-z0-9-]*[A-Za-z0-9]:[\u0021-\u007e]+$/.test(inside) && !isIPv6(inside) ? null : "literal";
}

/** True for four decimal numbers up to 255. */
export function isIPv4(text: string): boolean {
  const parts = text.split(".");
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
}

/** True for an IPv6 address in one of its forms (RFC 5321 §4.1.3). */
export function isIPv6(text: string): boolean {
  const halves = text.split("::");
  if (halves.length > 2 || !/^[0-9A-Fa-f:.]+$/.test(text)) return false;
  let groups = 0;
  for (const half of halves) {
    if (half === "") continue;
    const parts = half.split(":");
    for (let k = 0; k < parts.length; k++) {
      const part = parts[k] as string;
      if (k === parts.length - 1 && part.includes(".") && isIPv4(part)) groups += 2;
      else if (/^[0-9A-Fa-f]{1,4}$/.test(part)) groups += 1;
      else return false;
    }
  }
  return halves.length === 2 ? groups <= 7 : groups === 8;
}

/** An address may be refused for itself (550 no such user): only a reply that blames the syntax makes an error. */
export function addressSeverity(exchange: ShownCommand, accepted: Severity = "information"): Severity {
  return severityByOutcome(exchange.reply, { accepted, refused: "error", unseen: "warning" });
}
