import type { Message, Part } from "../../../server/src/message/tree.js";

/** Lines that the parts of a message leave out or hold twice, in words; none in a sound tree. */
export function coverFaults(message: Message): string[] {
  const faults: string[] = [];
  const first = message.mboxLine === undefined ? 0 : message.mboxLine + 1;
  if (message.root.line !== first) faults.push(`begins in line ${message.root.line}, not ${first}`);
  if (message.root.endLine !== message.lines.count) faults.push(`ends before line ${message.root.endLine}`);
  for (const part of message.parts) faults.push(...partFaults(part));
  return faults;
}

/** The header section, the empty line and the body of a part follow each other, and so does what makes up the body. */
function partFaults(part: Part): string[] {
  const { header } = part;
  const faults: string[] = [];
  const say = (text: string): void => {
    faults.push(`part ${part.path}: ${text}`);
  };
  if (header.line !== part.line || header.endLine < header.line) say("header section out of place");
  if (part.bodyLine - header.endLine > 1 || part.bodyLine < header.endLine) say("lines between header and body");
  if (part.endLine < part.bodyLine) say("body ends before it begins");
  let line = header.line;
  for (const field of header.fields) {
    if (field.line < line || field.endLine <= field.line || field.endLine > header.endLine) say(`field ${field.name}`);
    line = field.endLine;
  }
  let at = part.bodyLine;
  for (const { from, to } of pieces(part)) {
    if (from !== at) say(`line ${at} to ${from}`);
    at = to;
  }
  if (at !== part.endLine) say(`line ${at} to its end ${part.endLine}`);
  return faults;
}

/** What a body is made of, in order: preamble, delimiters, parts and epilogue; one part; or itself. */
function pieces({ multipart, children, bodyLine, endLine }: Part): { from: number; to: number }[] {
  const inside = children.map((child) => ({ from: child.line, to: child.endLine }));
  if (multipart === undefined) return children.length > 0 ? inside : [{ from: bodyLine, to: endLine }];
  const delimiters = multipart.delimiters.map(({ line }) => ({ from: line, to: line + 1 }));
  const between = [...inside, ...delimiters].sort((a, b) => a.from - b.from || a.to - b.to);
  return [multipart.preamble, ...between, multipart.epilogue];
}
