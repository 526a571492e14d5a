/** Entities that PHP's `htmlentities` writes for the characters seen in mail; others stay as they are. */
const NAMED: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: "\u00a0",
};
/** Names of U+00A0 to U+00FF in order (HTML 4.01 §24.2). */
const LATIN1 =
  "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml".split(
    " ",
  );
const OTHERS: Readonly<Record<string, string>> = {
  euro: "\u20ac",
  ndash: "\u2013",
  mdash: "\u2014",
  lsquo: "\u2018",
  rsquo: "\u2019",
  ldquo: "\u201c",
  rdquo: "\u201d",
  bdquo: "\u201e",
  hellip: "\u2026",
  bull: "\u2022",
  trade: "\u2122",
};

const ENTITY = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,9}));/y;

/** Text with HTML entities replaced, and the column of each character and of the end. */
export function unescapeHtml(source: string, from: number, to: number): { text: string; columns: number[] } {
  let text = "";
  const columns: number[] = [];
  let at = from;
  while (at < to) {
    let stop = source.indexOf("&", at);
    if (stop === -1 || stop > to) stop = to;
    text += source.slice(at, stop);
    for (let column = at; column < stop; column++) columns.push(column);
    if (stop === to) break;
    ENTITY.lastIndex = stop;
    const match = ENTITY.exec(source);
    const character = match && ENTITY.lastIndex <= to ? characterOf(match) : undefined;
    const shown = character ?? "&";
    text += shown;
    for (let k = 0; k < shown.length; k++) columns.push(stop);
    at = character === undefined || !match ? stop + 1 : stop + match[0].length;
  }
  columns.push(to);
  return { text, columns };
}

function characterOf(match: RegExpExecArray): string | undefined {
  const [, decimal, hex, name] = match;
  if (name !== undefined) {
    const index = LATIN1.indexOf(name);
    return NAMED[name] ?? OTHERS[name] ?? (index === -1 ? undefined : String.fromCharCode(0xa0 + index));
  }
  const value = decimal !== undefined ? Number(decimal) : Number.parseInt(hex as string, 16);
  return value > 0x10ffff ? undefined : String.fromCodePoint(value);
}
