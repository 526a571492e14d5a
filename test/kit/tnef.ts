/** Writes TNEF streams from their parts ([MS-OXTNEF] §2.1), for tests. Numbers are little-endian. */

const u16 = (value: number): number[] => [value & 255, (value >> 8) & 255];
const u32 = (value: number): number[] => [...u16(value & 0xffff), ...u16(value >>> 16)];
const ascii = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0));
const utf16 = (text: string): number[] => [...text].flatMap((letter) => u16(letter.charCodeAt(0)));
const padding = (length: number): number[] => Array((4 - (length % 4)) % 4).fill(0);

/** One attribute: level, id, length, data, checksum (the sum of the data's octets). */
export function attribute(level: 1 | 2, id: number, data: readonly number[]): number[] {
  return [level, ...u32(id), ...u32(data.length), ...data, ...u16(data.reduce((sum, octet) => sum + octet, 0))];
}

/** A property whose value has a length of its own: text, octets, an object. */
export function property(tag: number, value: readonly number[]): number[] {
  return [...u32(tag), ...u32(1), ...u32(value.length), ...value, ...padding(value.length)];
}

/** A property list: how many, then one after the other. */
export function properties(...list: readonly number[][]): number[] {
  return [...u32(list.length), ...list.flat()];
}

export const unicode = (id: number, text: string): number[] => property(id * 0x10000 + 0x001f, utf16(`${text}\0`));
export const string8 = (id: number, text: string): number[] => property(id * 0x10000 + 0x001e, ascii(`${text}\0`));
export const long = (id: number, value: number): number[] => [...u32(id * 0x10000 + 3), ...u32(value)];
export const boolean = (id: number): number[] => [...u32(id * 0x10000 + 0x0b), ...u16(1), 0, 0];

/** A property with a name of its own instead of a number: GUID, kind, name in UTF-16. */
export function named(text: string, value: number): number[] {
  const name = utf16(`${text}\0`);
  return [
    ...u32(0x80000003),
    ...Array(16).fill(7),
    ...u32(1),
    ...u32(name.length),
    ...name,
    ...padding(name.length),
    ...u32(value),
  ];
}

/** An object: the interface of a message, then its stream. */
export function messageObject(stream: readonly number[]): number[] {
  const iid = [...u32(0x00020307), 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46];
  return property(0x3701000d, [...iid, ...stream]);
}

/** A whole stream. */
export function tnef(...attributes: readonly number[][]): number[] {
  return [...u32(0x223e9f78), ...u16(1), ...attributes.flat()];
}

export const version = attribute(1, 0x00089006, u32(0x00010000));
export const codepage = (page: number): number[] => attribute(1, 0x00069007, [...u32(page), ...u32(0)]);
export const rendData = attribute(2, 0x00069002, Array(14).fill(0));
export const title = (text: string): number[] => attribute(2, 0x00018010, ascii(`${text}\0`));
export const data = (text: string): number[] => attribute(2, 0x0006800f, ascii(text));
export const attachment = (...list: readonly number[][]): number[] => attribute(2, 0x00069005, properties(...list));

/** A letter with a report under a long name, a note under its short one, and a message that holds a picture. */
export function sampleTnef(): number[] {
  const inner = tnef(version, rendData, title("DOT.PNG"), data("picture"));
  return tnef(
    version,
    codepage(1252),
    rendData,
    title("REPORT~1.PDF"),
    data("%PDF-1.7 and so on"),
    attachment(
      long(0x3705, 1),
      boolean(0x7ffe),
      named("Kind", 3),
      unicode(0x3707, "Report – März.pdf"),
      string8(0x370e, "Application/PDF"),
    ),
    rendData,
    title("NOTE.TXT"),
    data("Hello"),
    rendData,
    attachment(unicode(0x3001, "Fwd: Lunch"), messageObject(inner)),
  );
}
