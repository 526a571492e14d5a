import { decodeEntities, escapeHtml, tokenizeHtml } from "./html.js";

/** What was taken out of a message's HTML, by kind. */
export interface Blocked {
  /** Pictures, backgrounds, fonts and style sheets that would have been loaded from elsewhere. */
  remote: number;
  scripts: number;
  forms: number;
  /** Frames, objects, plug-ins. */
  frames: number;
  /** Meta refresh, base and link elements. */
  redirects: number;
  /** Addresses of schemes that do something (javascript:, command:, data:, …). */
  unsafeLinks: number;
  /** Styles that were dropped as a whole. */
  styles: number;
}

/** No blocked things. */
export function nothingBlocked(): Blocked {
  return { remote: 0, scripts: 0, forms: 0, frames: 0, redirects: 0, unsafeLinks: 0, styles: 0 };
}

const ALLOWED: ReadonlySet<string> = new Set(
  "a abbr acronym address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q rp rt ruby s samp section small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr".split(
    " ",
  ),
);
const VOID: ReadonlySet<string> = new Set(["br", "col", "hr", "img", "wbr"]);
/** Elements that go with everything in them. */
const DROPPED: Readonly<Record<string, keyof Blocked>> = {
  script: "scripts",
  noscript: "scripts",
  template: "scripts",
  style: "styles",
  iframe: "frames",
  frame: "frames",
  frameset: "frames",
  object: "frames",
  embed: "frames",
  applet: "frames",
  svg: "frames",
  math: "frames",
  video: "remote",
  audio: "remote",
  picture: "remote",
  canvas: "scripts",
  select: "forms",
  textarea: "forms",
  button: "forms",
  title: "styles",
  xmp: "styles",
  noembed: "frames",
  noframes: "frames",
  plaintext: "styles",
};
/** Elements without content that go alone. */
const GONE: Readonly<Record<string, keyof Blocked>> = {
  input: "forms",
  form: "forms",
  meta: "redirects",
  base: "redirects",
  link: "redirects",
  source: "remote",
  track: "remote",
  param: "frames",
  bgsound: "remote",
};

const ATTRIBUTES: ReadonlySet<string> = new Set(
  "align alt bgcolor border cellpadding cellspacing color colspan dir face height hspace lang nowrap reversed role rowspan scope size span start summary title type valign value vspace width".split(
    " ",
  ),
);

/** Gives the `data:` address of a part by its Content-ID, or undefined. */
export type CidLookup = (id: string) => string | undefined;

/**
 * HTML of a message made safe to show: an allow-list of elements, attributes and styles. Nothing is loaded, nothing runs,
 * links go nowhere and show where they would go. `cid:` pictures become `data:` addresses. Never throws.
 */
export function sanitizeHtml(html: string, cid: CidLookup, blocked: Blocked): string {
  const out: string[] = [];
  const open: string[] = [];
  let dropping: string | undefined;
  let depth = 0;
  for (const token of tokenizeHtml(html)) {
    if (dropping !== undefined) {
      if (token.kind === "open" && token.name === dropping && !token.selfClosing) depth++;
      if (token.kind === "close" && token.name === dropping && --depth === 0) dropping = undefined;
      continue;
    }
    if (token.kind === "text") out.push(safeText(token.text));
    else if (token.kind === "open") {
      const kind = own(DROPPED, token.name);
      if (kind !== undefined) {
        blocked[kind]++;
        if (token.selfClosing || token.name === "embed" || token.name === "frame") continue;
        dropping = token.name;
        depth = 1;
      } else if (ALLOWED.has(token.name)) {
        out.push(openTag(token.name, token.attributes, cid, blocked));
        if (!VOID.has(token.name)) open.push(token.name);
      } else countGone(token.name, token.attributes, blocked);
    } else closeTag(token.name, open, out);
  }
  while (open.length > 0) out.push(`</${open.pop()}>`);
  return out.join("");
}

function own<Value>(table: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

function countGone(name: string, attributes: readonly (readonly [string, string])[], blocked: Blocked): void {
  const kind = own(GONE, name);
  // A meta that only names the character set harms nobody and is not worth a count.
  if (kind === undefined || (name === "meta" && !attributes.some(([key]) => key === "http-equiv"))) return;
  if (
    name === "meta" &&
    attributes.some(([key, value]) => key === "http-equiv" && /^content-type$/i.test(value.trim()))
  )
    return;
  blocked[kind]++;
}

/** Deepest nesting that is searched for an opening tag. */
const DEEPEST = 200;

function closeTag(name: string, open: string[], out: string[]): void {
  if (!ALLOWED.has(name) || VOID.has(name)) return;
  const at = open.lastIndexOf(name);
  if (at < 0 || open.length - at > DEEPEST) return;
  while (open.length > at) out.push(`</${open.pop()}>`);
}

function openTag(
  name: string,
  attributes: readonly (readonly [string, string])[],
  cid: CidLookup,
  blocked: Blocked,
): string {
  const kept: string[] = [];
  for (const [key, raw] of attributes) {
    const value = decodeEntities(raw);
    if (key === "style") {
      const style = safeStyle(value, blocked);
      if (style !== "") kept.push(`style="${escapeHtml(style)}"`);
    } else if (key === "href" && name === "a") kept.push(link(value, blocked));
    else if (key === "src" && name === "img") kept.push(picture(value, cid, blocked));
    else if (key === "background" || key === "srcset" || key === "poster") blocked.remote++;
    else if (key.startsWith("on")) blocked.scripts++;
    else if (ATTRIBUTES.has(key)) kept.push(`${key}="${escapeHtml(value)}"`);
  }
  return `<${[name, ...kept.filter((item) => item !== "")].join(" ")}>`;
}

/** A link becomes a note of its target: it is shown on hover and cannot be followed. */
function link(value: string, blocked: Blocked): string {
  const target = value.replace(/[\u0000-\u0020]/g, "");
  if (!/^(?:https?:|mailto:|tel:|#)/i.test(target)) {
    if (/^[A-Za-z][A-Za-z0-9+.-]{0,30}:/.test(target)) blocked.unsafeLinks++;
    return 'class="blocked"';
  }
  return `title="${escapeHtml(target.slice(0, 500))}" class="link"`;
}

function picture(value: string, cid: CidLookup, blocked: Blocked): string {
  const source = value.replace(/[\u0000-\u0020]/g, "");
  if (/^cid:/i.test(source)) {
    const data = cid(safeDecode(source.slice(4)));
    return data === undefined ? "" : `src="${escapeHtml(data)}"`;
  }
  if (/^data:image\/(?:png|jpe?g|gif|webp|bmp);base64,[A-Za-z0-9+/=]{1,4000000}$/i.test(source))
    return `src="${escapeHtml(source)}"`;
  if (source !== "") blocked.remote++;
  return "";
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const PROPERTIES =
  /^(?:color|background|background-color|border(?:-[a-z-]{1,30})?|font(?:-[a-z-]{1,20})?|text-(?:align|decoration|indent|transform)|line-height|letter-spacing|white-space|vertical-align|width|max-width|min-width|height|max-height|min-height|margin(?:-[a-z]{1,10})?|padding(?:-[a-z]{1,10})?|display|list-style-type|direction|float|clear|table-layout|word-break|overflow-wrap)$/;

/** Declarations of an allow-list, without anything that loads, escapes or covers. */
function safeStyle(style: string, blocked: Blocked): string {
  if (/[\\@]|\/\*|expression|javascript|behavior|-moz-binding/i.test(style)) {
    blocked.styles++;
    return "";
  }
  const kept: string[] = [];
  for (const declaration of style.split(";")) {
    const colon = declaration.indexOf(":");
    const name = declaration.slice(0, Math.max(0, colon)).trim().toLowerCase();
    const value = declaration.slice(colon + 1).trim();
    if (/url\s{0,9}\(|image(?:-set)?\s{0,9}\(/i.test(value)) blocked.remote++;
    else if (PROPERTIES.test(name) && /^[\w\s#%.,()'"!+-]{1,300}$/.test(value)) kept.push(`${name}: ${value}`);
  }
  return kept.join("; ");
}

/** Text content: references stay as they are, everything that could begin a tag is escaped. */
function safeText(text: string): string {
  return text.replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
