import { readAddresses } from "../../message/address.js";
import { alignment } from "../../message/authentication.js";
import { readAuthResults } from "../../message/authres.js";
import { formatDate, type MailDate } from "../../message/date.js";
import { checkBodyHash } from "../../message/dkim.js";
import type { Field } from "../../message/header.js";
import { allFields, firstField } from "../../message/header.js";
import { type Hop, type Received, readReceived, readRoute } from "../../message/received.js";
import { readTags, type TagList } from "../../message/taglist.js";
import type { Message } from "../../message/tree.js";
import type { Range } from "../../message/unfolded.js";
import { codeSpan, escapeMarkdown, tableCell } from "../../text/markdown.js";
import type { Locale } from "../types.js";
import type { HoverText } from "./hoverText.js";
import { dateText, longTime } from "./hoverValues.js";
import { labelled, tell, tellAbout } from "./texts.js";

type Row = readonly [string, string | undefined];

/** A table of two columns; rows without value are left out. Cells must be safe markdown. */
function table(rows: readonly Row[]): string {
  const shown = rows.filter(([, value]) => value !== undefined && value !== "");
  return `| | |\n|---|---|\n${shown.map(([name, value]) => `| ${tableCell(name)} | ${tableCell(value ?? "")} |`).join("\n")}`;
}

/** The hop of a Received field in the route of its own section. */
function hopOf(message: Message, field: Field): { hop: Hop; number: number; count: number } {
  const fields = allFields(message.root.header, "received");
  const k = fields.indexOf(field);
  if (k < 0) return { hop: readRoute([readReceived(field.value)])[0] as Hop, number: 0, count: 0 };
  const hops = readRoute(fields.map((one) => readReceived(one.value)));
  return { hop: hops[k] as Hop, number: fields.length - k, count: fields.length };
}

/** Hover on a Received field: the step as a table. */
export function hoverReceived(message: Message, field: Field, column: number, locale: Locale): HoverText {
  const { hop, number, count } = hopOf(message, field);
  const { received } = hop;
  if (inDate(received, column)) {
    const since = delayText(hop.delay, locale);
    const rest = since === undefined ? "" : `  \n${labelled(locale, "received.delay", since)}`;
    const { from, to } = received.dateRange;
    return { markdown: `${dateText(received.date, locale)}${rest}`, from, to };
  }
  const clause = (value: string | undefined): string | undefined => (value === undefined ? undefined : codeSpan(value));
  const protocol = received.with?.value;
  const about = protocol === undefined ? undefined : tellAbout(locale, "received.with", protocol.toUpperCase());
  const { tls } = received;
  const secure =
    tls === undefined
      ? tell(locale, "received.tls.no")
      : [tls.version, tls.cipher]
          .filter((part) => part !== undefined)
          .map((part) => codeSpan(part ?? ""))
          .join(" ") || tell(locale, "received.tls.yes");
  const rows: Row[] = [
    [tell(locale, "received.from"), clause(received.from?.value)],
    [tell(locale, "received.ip"), clause(received.ip)],
    [tell(locale, "received.by"), clause(received.by?.value)],
    [
      tell(locale, "received.with"),
      protocol === undefined
        ? undefined
        : `${codeSpan(protocol)}${about === undefined ? "" : ` – ${escapeMarkdown(about)}`}`,
    ],
    [tell(locale, "received.tls"), secure],
    [tell(locale, "received.id"), clause(received.id?.value)],
    [tell(locale, "received.for"), clause(received.for?.value)],
    [tell(locale, "received.time"), hop.time === undefined ? undefined : codeSpan(formatDate(hop.time))],
    [tell(locale, "received.delay"), delayText(hop.delay, locale)],
  ];
  const title = count === 0 ? tell(locale, "received.title") : tell(locale, "received.number", { number, count });
  return { markdown: `**${title}**\n\n${table(rows)}`, from: 0, to: field.value.text.length };
}

type Dated = Received & { readonly date: MailDate; readonly dateRange: Range };

function inDate(received: Received, column: number): received is Dated {
  const { date, dateRange } = received;
  return date !== undefined && dateRange !== undefined && dateRange.from <= column && column <= dateRange.to;
}

/** A delay in words; undefined where it is not known. @param delay milliseconds, negative where clocks disagree. */
export function delayText(delay: number | undefined, locale: Locale): string | undefined {
  if (delay === undefined) return undefined;
  if (delay < 0) return tell(locale, "received.clock", { time: longTime(-delay, locale) });
  return `+${longTime(delay, locale)}`;
}

/** Hover on Authentication-Results: each check with its result in words. */
export function hoverAuthentication(field: Field, _column: number, locale: Locale): HoverText {
  const read = readAuthResults(field.value);
  const rows = read.results.map((item) => {
    const properties = item.properties
      .map((one) => codeSpan(`${one.type === "" ? "" : `${one.type}.`}${one.property}=${one.value}`))
      .join(" ");
    const method = escapeMarkdown(tellAbout(locale, "auth.method", item.method) ?? item.method);
    const result = tellAbout(locale, "auth.result", item.result);
    const said = `**${escapeMarkdown(item.result)}**${result === undefined ? "" : ` – ${escapeMarkdown(result)}`}`;
    return `| ${[method, said, properties].map(tableCell).join(" | ")} |`;
  });
  const head = `| ${["auth.method", "auth.result", "auth.about"].map((key) => tell(locale, key as "auth.method")).join(" | ")} |\n|---|---|---|`;
  const body = read.none ? tell(locale, "auth.none") : `${head}\n${rows.join("\n")}`;
  const title = tell(locale, "auth.title", { server: codeSpan(read.server || "?") });
  return { markdown: `**${title}**\n\n${body}\n\n${tell(locale, "auth.trust")}`, from: 0, to: field.value.text.length };
}

/** Hover on the tags of DKIM-Signature and the ARC fields; beside the tag at hand, what the signature is worth. */
export function hoverTags(message: Message, field: Field, column: number, locale: Locale): HoverText | undefined {
  const tags = readTags(field.value);
  const tag = tags.tags.find(
    (one) => one.nameRange.from <= column && column <= Math.max(one.valueRange.to, one.nameRange.to + 1),
  );
  const parts: string[] = [];
  if (tag !== undefined) {
    const arc = field.key.startsWith("arc-") && tag.name === "i";
    const about = tellAbout(locale, "dkim.tag", arc ? "i.arc" : tag.name);
    const time =
      (tag.name === "t" || tag.name === "x") && /^\d{1,11}$/.test(tag.compact)
        ? ` ${codeSpan(formatDate(Number(tag.compact) * 1000))}`
        : "";
    parts.push(`${codeSpan(`${tag.name}=`)} ${escapeMarkdown(about ?? "")}${time}`);
  }
  if (field.key === "dkim-signature") parts.push(signatureText(message, tags, locale));
  if (field.key === "arc-message-signature") parts.push(table([bodyRow(message, tags, locale)]));
  if (parts.length === 0) return undefined;
  const range =
    tag === undefined ? { from: 0, to: field.value.text.length } : { from: tag.nameRange.from, to: tag.valueRange.to };
  return { markdown: parts.join("\n\n"), ...range };
}

function bodyRow(message: Message, tags: TagList, locale: Locale): Row {
  return [tell(locale, "dkim.body"), tell(locale, `dkim.body.${checkBodyHash(message, tags)}`)];
}

function signatureText(message: Message, tags: TagList, locale: Locale): string {
  const domain = tags.get("d")?.compact ?? "";
  const selector = tags.get("s")?.compact ?? "";
  const from = firstField(message.root.header, "from");
  const author = from === undefined ? "" : (readAddresses(from.value).mailboxes[0]?.domain ?? "");
  const rows: Row[] = [
    [
      tell(locale, "dkim.alignment"),
      `${codeSpan(author)} – ${tell(locale, `dkim.alignment.${alignment(author, domain)}`)}`,
    ],
    bodyRow(message, tags, locale),
    [tell(locale, "dkim.key"), selector === "" ? undefined : codeSpan(`${selector}._domainkey.${domain}`)],
    [tell(locale, "dkim.signed"), codeSpan((tags.get("h")?.compact ?? "").replace(/:/g, " : "))],
  ];
  return `**${tell(locale, "dkim.title", { domain: codeSpan(domain) })}**\n\n${table(rows)}`;
}

/** Hover on Received-SPF: what the key at hand is (RFC 7208 §9.1), else what the result means. */
export function hoverSpf(field: Field, column: number, locale: Locale): HoverText | undefined {
  for (const match of field.value.text.matchAll(/\b([A-Za-z][\w.-]{1,20})=(?:"[^"]{0,320}"|[^\s;]{0,320})/g)) {
    const to = match.index + match[0].length;
    const about = tellAbout(locale, "spf.key", (match[1] as string).toLowerCase());
    if (match.index <= column && column <= to && about !== undefined)
      return { markdown: `${codeSpan(match[0])} ${escapeMarkdown(about)}`, from: match.index, to };
  }
  const result = /^\s*([A-Za-z]{3,12})/.exec(field.value.text)?.[1]?.toLowerCase() ?? "";
  const text = tellAbout(locale, "spf", result);
  if (text === undefined || result === "title") return undefined;
  return { markdown: `**${escapeMarkdown(result)}** – ${escapeMarkdown(text)}`, from: 0, to: field.value.text.length };
}

/** Hover on Microsoft's filter reports: what the key at hand means. */
export function hoverForefront(field: Field, column: number, locale: Locale): HoverText | undefined {
  for (const match of field.value.text.matchAll(/([A-Z]{1,5}):([^;]{0,200})/g)) {
    const to = match.index + match[0].length;
    if (column < match.index || column > to) continue;
    const text = tellAbout(locale, "forefront", match[1] as string);
    if (text !== undefined) return { markdown: `${codeSpan(match[0])} ${escapeMarkdown(text)}`, from: match.index, to };
  }
  return undefined;
}
