import type { Parameter } from "../../protocol/command.js";
import type { Path } from "../../protocol/path.js";
import { decodeXtext } from "../../protocol/xtext.js";
import { parameterEntry, textsFor } from "../../reference/index.js";
import type { Exchange } from "../../session/model.js";
import { octets } from "./extension.js";
import type { HoverText } from "./text.js";

/** Hover of a parameter of MAIL or RCPT: what it says, its value in words, and whether the server offers it. */
export function hoverParameter(out: HoverText, parameter: Parameter, exchange: Exchange): void {
  const entry = parameterEntry(parameter.keyword);
  const text = entry && textsFor(out.locale).parameters[entry.name];
  out.title(`${out.quote(parameter.keyword)} ${text ? out.ours(text.name) : out.say("hover.unknownParameter")}`);
  out.paragraph(text ? out.ours(text.meaning) : undefined);
  out.lines([...valueInWords(out, parameter, exchange), offered(out, entry?.extension, exchange)]);
  if (!entry) return;
  out.detail(out.line(out.label("label.syntax"), out.quote(entry.syntax)));
  if (entry.values && entry.values.length > 0) {
    out.detail(out.line(out.label("label.values"), entry.values.map((value) => out.quote(value)).join(" ")));
  }
  if (text?.note) out.detail(out.ours(text.note));
  out.detail(entry.rfc.join(", "));
}

function valueInWords(out: HoverText, { keyword, value }: Parameter, exchange: Exchange): (string | undefined)[] {
  if (value === null) return [];
  if (keyword === "SIZE") return size(out, value, exchange);
  if (keyword === "ORCPT" || keyword === "ENVID" || keyword === "AUTH") return [xtext(out, value)];
  return [];
}

/** SIZE= against what the server offered (RFC 1870 §5, §6). */
function size(out: HoverText, value: string, exchange: Exchange): (string | undefined)[] {
  if (!/^\d{1,20}$/.test(value)) return [out.say("hover.notANumber")];
  const lines = [out.say("hover.announced", { size: octets(out, Number(value)) })];
  const limit = exchange.before.extensions?.get("SIZE")?.parameters[0];
  if (limit === undefined || !/^\d{1,20}$/.test(limit) || Number(limit) === 0) return lines;
  const key = Number(value) > Number(limit) ? "hover.overLimit" : "hover.withinLimit";
  return [...lines, out.say(key, { size: octets(out, Number(limit)) })];
}

/** A value in xtext, decoded (RFC 3461 §4). */
function xtext(out: HoverText, value: string): string {
  const semicolon = value.indexOf(";");
  const encoded = semicolon === -1 ? value : value.slice(semicolon + 1);
  const decoded = decodeXtext(encoded);
  if (decoded === null) return out.say("hover.badXtext");
  const kind = semicolon === -1 ? "" : `${value.slice(0, semicolon)}: `;
  return out.line(out.say("hover.decoded"), out.quote(`${kind}${decoded}`)) ?? "";
}

function offered(out: HoverText, extension: string | undefined, exchange: Exchange): string | undefined {
  const list = exchange.before.extensions;
  if (!extension || !list?.complete || list.has(extension)) return undefined;
  return out.say("hover.notOffered", { extension: out.quote(extension) });
}

/** Hover of a path: what the address is, and what became of it. */
export function hoverPath(out: HoverText, path: Path, exchange: Exchange): void {
  const reverse = exchange.verb === "MAIL";
  if (path.content === "") {
    out.title(`${out.quote("<>")} ${out.say("hover.nullPath")}`);
    out.paragraph(out.say("hover.nullPathText"));
    out.detail("RFC 5321 §4.5.5");
    return;
  }
  out.title(`${out.quote(path.mailbox)} ${out.say(reverse ? "hover.reversePath" : "hover.forwardPath")}`);
  out.paragraph(out.say(reverse ? "hover.reversePathText" : "hover.forwardPathText"));
  const recipient = exchange.transaction?.recipients.find((other) => other.exchange === exchange);
  out.lines([
    recipient && out.line(out.say("hover.outcome"), out.say(`recipient.${recipient.outcome}`)),
    path.route === "" ? undefined : out.say("hover.sourceRoute", { route: out.quote(path.route) }),
    ...domainInWords(out, path.domain),
    /[^\u0000-\u007f]/.test(path.mailbox) ? out.say("hover.needsSmtputf8") : undefined,
  ]);
  out.detail(reverse ? "RFC 5321 §4.1.1.2" : "RFC 5321 §4.1.1.3");
}

function domainInWords(out: HoverText, domain: string | null): (string | undefined)[] {
  if (domain === null) return [out.say("hover.noDomain")];
  if (domain.startsWith("[")) return [out.say("hover.literal")];
  return /(?:^|\.)xn--/i.test(domain) ? [out.say("hover.punycode", { domain: out.quote(unicodeDomain(domain)) })] : [];
}

/** A domain with its `xn--` labels decoded (RFC 3492 §6.2); labels that cannot be decoded stay. */
export function unicodeDomain(domain: string): string {
  return domain
    .split(".")
    .map((label) => (/^xn--/i.test(label) ? (decodePunycode(label.slice(4)) ?? label) : label))
    .join(".");
}

/** Decodes a label of punycode with the parameters of RFC 3492 §5; undefined where it is none. Labels have at most 63 octets. */
function decodePunycode(input: string): string | undefined {
  if (input.length > 63) return undefined;
  const dash = input.lastIndexOf("-");
  const output = [...input.slice(0, Math.max(0, dash))].map((letter) => letter.codePointAt(0) as number);
  let [n, i, bias] = [128, 0, 72];
  let at = dash > 0 ? dash + 1 : 0;
  while (at < input.length) {
    const before = i;
    for (let [weight, k] = [1, 36]; ; k += 36) {
      const digit = punycodeDigit(input.charCodeAt(at++));
      if (digit === undefined || i > 0x7fffffff) return undefined;
      i += digit * weight;
      const threshold = k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias;
      if (digit < threshold) break;
      weight *= 36 - threshold;
    }
    const length = output.length + 1;
    bias = adapt(i - before, length, before === 0);
    n += Math.floor(i / length);
    i %= length;
    if (n > 0x10ffff) return undefined;
    output.splice(i++, 0, n);
  }
  return String.fromCodePoint(...output);
}

function punycodeDigit(code: number): number | undefined {
  if (code >= 48 && code <= 57) return code - 22;
  if (code >= 65 && code <= 90) return code - 65;
  return code >= 97 && code <= 122 ? code - 97 : undefined;
}

function adapt(delta: number, length: number, first: boolean): number {
  let rest = first ? Math.floor(delta / 700) : delta >> 1;
  rest += Math.floor(rest / length);
  let k = 0;
  for (; rest > 455; k += 36) rest = Math.floor(rest / 35);
  return k + Math.floor((36 * rest) / (rest + 38));
}
