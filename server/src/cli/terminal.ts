/** Characters that a terminal acts on, and those that change the direction of what follows. */
const ACTIVE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/**
 * Makes text from a transcript safe for a terminal: control characters and direction marks are written out, as `\x1b`.
 * Tab and line feed stay.
 */
export function harmless(text: string): string {
  return text.replace(ACTIVE, (character) => {
    const code = character.charCodeAt(0);
    return code <= 0xff ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
  });
}

/** As `harmless`, on one line. */
export function oneLine(text: string): string {
  return harmless(text.replace(/[\t\r\n]+/g, " "));
}

type Colour = "red" | "yellow" | "blue" | "grey" | "bold" | "underline";

const CODES: Readonly<Record<Colour, readonly [number, number]>> = {
  red: [31, 39],
  yellow: [33, 39],
  blue: [34, 39],
  grey: [90, 39],
  bold: [1, 22],
  underline: [4, 24],
};

/** Puts a text in a colour, or leaves it where colours are off. */
export type Paint = (colour: Colour, text: string) => string;

/** Gives the painter for an output. */
export function painter(colours: boolean): Paint {
  if (!colours) return (_colour, text) => text;
  return (colour, text) => `\u001b[${CODES[colour][0]}m${text}\u001b[${CODES[colour][1]}m`;
}
