import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Shape } from "./shape.js";

/** A message with the shape that another project reads in it. */
export interface Case {
  readonly name: string;
  readonly form: "lf" | "crlf";
  /** The message, one character an octet. */
  readonly text: string;
  /** First and last line of the message in the text; the whole text if left out. */
  readonly begin?: number;
  readonly stop?: number;
  readonly expected: Shape;
}

/** A checkout of another project, and how its expected results are read. */
export interface Project {
  readonly name: string;
  readonly cases: (root: string) => Case[];
}

const latin1 = (path: string): string => readFileSync(path, "latin1");
const lf = (text: string): string => text.replaceAll("\r", "");
const crlf = (text: string): string => text.replaceAll(/\r?\n/g, "\r\n");

/** Names of files in a folder that end so, without that end. */
function stems(folder: string, end: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(end))
    .map((name) => basename(name, end))
    .sort();
}

/** https://github.com/stalwartlabs/mail-parser: `NNN.json` for LF and `NNN.crlf.json` for CRLF beside each `NNN.eml`. */
const stalwart: Project = {
  name: "mail-parser",
  cases: (root) =>
    ["rfc", "legacy", "malformed", "thirdparty"].flatMap((folder) => {
      const at = join(root, "resources/eml", folder);
      return stems(at, ".eml").flatMap((stem): Case[] => {
        const raw = latin1(join(at, `${stem}.eml`));
        const name = `${folder}/${stem}`;
        const expected = (file: string) => stalwartShape(JSON.parse(readFileSync(join(at, file), "utf8")));
        return [
          { name, form: "lf", text: lf(raw), expected: expected(`${stem}.json`) },
          { name, form: "crlf", text: lf(raw).replaceAll("\n", "\r\n"), expected: expected(`${stem}.crlf.json`) },
        ];
      });
    }),
};

interface StalwartPart {
  readonly headers: readonly {
    readonly offset_field: number;
    readonly offset_start: number;
    readonly offset_end: number;
  }[];
  readonly offset_header: number;
  readonly offset_body: number;
  readonly offset_end: number;
  readonly body: { readonly Multipart?: readonly number[]; readonly Message?: { readonly parts: StalwartPart[] } };
}

function stalwartShape(message: { readonly parts: readonly StalwartPart[] }, index = 0, top = true): Shape {
  const part = message.parts[index] as StalwartPart;
  const inner = part.body.Message;
  const below = part.body.Multipart?.map((child) => stalwartShape(message, child, false));
  return {
    count: part.headers.length,
    fields: part.headers.map((field) => [field.offset_field, field.offset_start, field.offset_end]),
    header: part.offset_header,
    body: part.offset_body,
    // Of multiparts it tells where its reading went on, which is no end of content.
    end: top || below !== undefined || inner !== undefined ? undefined : part.offset_end,
    parts: below ?? (inner === undefined ? [] : [stalwartShape(inner, 0, false)]),
  };
}

/** https://github.com/apache/james-mime4j: `X_decoded.xml` beside each `X.msg`; no offsets. */
const mime4j: Project = {
  name: "james-mime4j",
  cases: (root) =>
    ["testmsgs", "mimetools-testmsgs"].flatMap((folder) => {
      const at = join(root, "core/src/test/resources", folder);
      return stems(at, ".msg").flatMap((stem): Case[] => {
        const raw = latin1(join(at, `${stem}.msg`));
        const expected = mime4jShape(latin1(join(at, `${stem}_decoded.xml`)));
        const name = `${folder}/${stem}`;
        return [
          { name, form: "lf", text: raw.replaceAll("\r\n", "\n"), expected },
          { name, form: "crlf", text: crlf(raw), expected },
        ];
      });
    }),
};

/** Reads the tree of a `_decoded.xml`: `message` and `body-part` hold a `header` with `field`s, then one body. */
function mime4jShape(xml: string): Shape {
  interface Draft {
    readonly names: string[];
    readonly parts: Draft[];
  }
  const top: Draft = { names: [], parts: [] };
  const open = [top];
  for (const match of xml.matchAll(/<(\/?)(message|body-part)>|<field>\s*([^:<]*)/g)) {
    const here = open.at(-1) as Draft;
    if (match[2] === undefined) here.names.push((match[3] ?? "").trim().toLowerCase());
    else if (match[1] === "/") open.pop();
    else {
      const next: Draft = { names: [], parts: [] };
      here.parts.push(next);
      open.push(next);
    }
  }
  const shape = (draft: Draft): Shape => ({
    names: draft.names,
    count: draft.names.length,
    parts: draft.parts.map(shape),
  });
  return shape(top.parts[0] ?? top);
}

/** https://github.com/jstedfast/MimeKit: `X.unix-offsets.json` and `X.dos-offsets.json` beside each `X.mbox.txt`. */
const mimekit: Project = {
  name: "MimeKit",
  cases: (root) => {
    const at = join(root, "UnitTests/TestData/mbox");
    return stems(at, ".unix-offsets.json").flatMap((stem) => {
      const file = join(at, `${stem}.mbox.txt`);
      if (!existsSync(file)) return [];
      const raw = latin1(file);
      const read = (system: string): MimeKitMessage[] =>
        JSON.parse(readFileSync(join(at, `${stem}.${system}-offsets.json`), "utf8").replace("\uFEFF", ""));
      return [
        ...mimekitCases(stem, "lf", raw.replaceAll("\r\n", "\n"), read("unix")),
        ...mimekitCases(stem, "crlf", crlf(raw), read("dos")),
      ];
    });
  },
};

interface MimeKitPart {
  readonly mimeType: string;
  readonly beginOffset: number;
  readonly headersEndOffset: number;
  readonly endOffset: number;
  readonly children?: readonly MimeKitPart[];
  readonly message?: MimeKitMessage;
}

interface MimeKitMessage {
  readonly lineNumber: number;
  readonly body: MimeKitPart;
}

function mimekitCases(stem: string, form: Case["form"], text: string, messages: readonly MimeKitMessage[]): Case[] {
  return messages.map((message, k) => {
    const next = messages[k + 1];
    return {
      name: `${stem}/${k + 1}`,
      form,
      text,
      begin: message.lineNumber - 1,
      ...(next === undefined ? {} : { stop: next.lineNumber - 2 }),
      expected: mimekitShape(message.body, true),
    };
  });
}

function mimekitShape(part: MimeKitPart, top = false): Shape {
  const inner = part.message;
  const below = part.children ?? (inner === undefined ? [] : [inner.body]);
  return {
    type: part.mimeType.toLowerCase(),
    header: part.beginOffset,
    body: part.headersEndOffset,
    end: top || below.length > 0 ? undefined : part.endOffset,
    parts: below.map((child) => mimekitShape(child)),
  };
}

/** The projects whose expected results are compared with. */
export const projects: readonly Project[] = [stalwart, mime4j, mimekit];
