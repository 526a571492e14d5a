import { authEntry, extensionEntry, textsFor } from "../../reference/index.js";
import type { Exchange, Extension, Session } from "../../session/model.js";
import type { HoverText } from "./text.js";

/**
 * Hover of an EHLO keyword: what it offers, what its parameters say, and whether the client made use of it.
 * @param tls whether the list was given under TLS
 */
export function hoverExtension(out: HoverText, extension: Extension, session: Session, tls: boolean): void {
  const entry = extensionEntry(extension.keyword);
  const text = entry && textsFor(out.locale).extensions[entry.keyword];
  const name = text ? out.ours(text.name) : out.say("hover.unknownExtension");
  out.title(`${out.quote(extension.keyword)} ${name}`);
  out.paragraph(text ? out.ours(text.meaning) : out.say("hover.unknownExtensionText"));
  out.lines([parameters(out, extension, tls), use(out, extension, session)]);
  if (!entry) return;
  const adds = [...entry.verbs, ...entry.mail.map((one) => `MAIL ${one}`), ...entry.rcpt.map((one) => `RCPT ${one}`)];
  out.detail(out.line(out.label("label.parameters"), adds.map((one) => out.quote(one)).join(out.label("join.list"))));
  out.detail(entry.rfc.join(", "));
}

function parameters(out: HoverText, extension: Extension, tls: boolean): string | undefined {
  const [first] = extension.parameters;
  if (extension.keyword === "SIZE") return sizeLimit(out, first);
  if (extension.keyword !== "AUTH") return undefined;
  const mechanisms = extension.parameters.map((mechanism) => {
    const entry = authEntry(mechanism);
    return `${out.quote(mechanism)}${entry?.clearText && !tls ? ` ${out.say("hover.clearText")}` : ""}`;
  });
  return out.line(out.say("hover.mechanisms"), mechanisms.join(", "));
}

function sizeLimit(out: HoverText, value: string | undefined): string {
  if (value === undefined || !/^\d{1,20}$/.test(value) || Number(value) === 0) return out.say("hover.noLimit");
  return out.say("hover.limit", { size: octets(out, Number(value)) });
}

/** A number of octets for a person: "10,485,760 octets (10 MiB)". */
export function octets(out: HoverText, count: number): string {
  const { locale } = out;
  const number = out.say("hover.octets", { count: new Intl.NumberFormat(locale).format(count) });
  for (const [unit, size] of [
    ["GiB", 2 ** 30],
    ["MiB", 2 ** 20],
    ["KiB", 2 ** 10],
  ] as const) {
    if (count < size) continue;
    return `${number} (${new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(count / size)} ${unit})`;
  }
  return number;
}

function use(out: HoverText, extension: Extension, session: Session): string | undefined {
  if (extension.keyword === "ENHANCEDSTATUSCODES") {
    const reply = session.replies.find((other) => other.enhanced);
    const line = reply?.lines[0]?.wire.line;
    return line === undefined ? out.say("hover.notUsed") : out.say("hover.used", { line: line + 1 });
  }
  const user = session.exchanges.find((exchange) => exchange.order > 0 && uses(exchange, extension.keyword, session));
  if (user?.wire) return out.say("hover.used", { line: user.wire.line + 1 });
  return session.traits.sides === "server" ? undefined : out.say("hover.notUsed");
}

/** True if an exchange makes use of an extension: by its verb, by a parameter, or by being sent in a group. */
function uses(exchange: Exchange, keyword: string, session: Session): boolean {
  const entry = extensionEntry(keyword);
  if (keyword === "PIPELINING") {
    return session.exchanges.some(
      (other) =>
        other !== exchange && other.kind === "command" && exchange.kind === "command" && other.batch === exchange.batch,
    );
  }
  if (!entry) return exchange.verb === keyword;
  if (entry.verbs.includes(exchange.verb)) return true;
  const own = exchange.verb === "MAIL" ? entry.mail : exchange.verb === "RCPT" ? entry.rcpt : [];
  const given = exchange.command?.path?.parameters ?? [];
  return own.some((name) => given.some((parameter) => parameter.keyword === name.replace(/=.*/, "").toUpperCase()));
}
