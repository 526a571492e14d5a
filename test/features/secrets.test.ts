import { describe, expect, it } from "vitest";
import { features } from "../../server/src/features/index.js";
import { makeText } from "../../server/src/features/texts/index.js";
import { decodeText } from "../../server/src/message/transfer.js";
import { redactDocument, redactEverything } from "../../server/src/service.js";
import { contextOf, documentOf } from "../kit/features.js";
import { runCli } from "../kit/world.js";
import { NASTY, type Nasty } from "./nasty-secrets.js";

/** Every spelling in which a secret could still be read. */
function spellings(secret: string): string[] {
  const bytes = Buffer.from(secret, "utf8");
  const forms = [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString("base64")
      .replace(/=+$/, "");
    return encoded.slice(shift === 0 ? 0 : shift + 1, -1);
  });
  const quoted = secret.replace(/[^\w.-]/g, (c) => `=${c.charCodeAt(0).toString(16).toUpperCase()}`);
  const rot = secret.replace(/[^\w.-]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  const xtext = secret.replace(/[^\w.-]/g, (c) => `+${c.charCodeAt(0).toString(16).toUpperCase()}`);
  const html = secret.replace(/&/g, "&amp;");
  return [...new Set([secret, ...forms, quoted, rot, xtext, html, bytes.toString("hex"), encodeURIComponent(secret)])];
}

/** The text, and what its quoted-printable and base64 parts and lines say. */
function readable(text: string, language: Nasty["language"]): string {
  const { message } = documentOf(text, language ?? "smtp-transcript");
  const leaves = message?.parts.filter(({ kind }) => kind === "leaf") ?? [];
  const joined = text
    .replace(/=\r?\n(?:C: )?/g, "")
    .replace(/(?<=[A-Za-z0-9+/])\r?\n(?:> ?|C: )?[ \t]*(?=[A-Za-z0-9+/=])/g, "");
  return [text, joined, ...leaves.map((part) => message && decodeText(message.lines, part).text)].join("\n");
}

function leaks(output: string, { secrets, language }: Nasty): string[] {
  const seen = readable(output, language);
  return secrets.flatMap((secret) => spellings(secret).filter((form) => form.length > 5 && seen.includes(form)));
}

const NONE = { addresses: false, hosts: false, ips: false, ids: false, subjects: false, bodies: false };

describe.each(NASTY)("$name", (nasty) => {
  const document = documentOf(nasty.text, nasty.language ?? "smtp-transcript");
  const file = nasty.language ? "a.eml" : "a.smtp";
  it("is redacted without a secret left, all lines as long as before", () => {
    for (const options of [redactEverything, NONE]) {
      const redacted = redactDocument(document, options);
      expect(leaks(redacted, nasty)).toEqual([]);
      expect(redacted.split("\n").map((line) => line.length)).toEqual(
        nasty.text.split("\n").map((line) => line.length),
      );
    }
  });
  it.each(["report", "diagram", "svg", "mermaid", "swaks", "curl", "openssl"])("shows none in its %s", (name) => {
    expect(leaks(makeText(document, name, {}, "en")?.text ?? "", nasty)).toEqual([]);
  });
  it.each([
    ["lint", "stylish"],
    ["lint", "json"],
    ["lint", "sarif"],
    ["lint", "github"],
    ["inspect", "text"],
    ["inspect", "json"],
  ])("shows none in %s --format %s", async (command, format) => {
    const config = '{"profile":"strict"}';
    const { out, error } = await runCli(
      [command, "--format", format, ...(command === "lint" ? ["--config", "c.json"] : []), file],
      {
        [file]: nasty.text,
        "c.json": config,
      },
    );
    expect(leaks(out + error, nasty)).toEqual([]);
  });
  it("shows none in hovers, outline, hints and lenses", () => {
    const { source } = document;
    const shown: unknown[] = [];
    for (const feature of features) {
      if (!feature.languages.includes(document.language)) continue;
      if (feature.method === "textDocument/hover") {
        for (let line = 0; line < source.lineCount; line++) {
          for (let character = 0; character <= source.lineText(line).length; character += 3)
            shown.push(feature.run(contextOf(document), { position: { line, character } }));
        }
      } else if (/documentSymbol|codeLens|inlayHint|workspace\/symbol/.test(feature.method)) {
        const range = { start: { line: 0, character: 0 }, end: { line: source.lineCount, character: 0 } };
        shown.push(feature.run(contextOf(document), { query: "", range }));
      }
    }
    expect(leaks(JSON.stringify(shown), nasty)).toEqual([]);
  });
});
