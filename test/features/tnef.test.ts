import { expect, it } from "vitest";
import type { CodeLens, DocumentSymbol, Hover, MarkupContent } from "vscode-languageserver-types";
import { makeText } from "../../server/src/service.js";
import { ask, contextOf, documentOf, placeOf } from "../kit/features.js";
import { printedMail } from "../kit/mail.js";
import { data, rendData, sampleTnef, title, tnef, version } from "../kit/tnef.js";

const base64 = (octets: readonly number[]) => btoa(String.fromCharCode(...octets)).replace(/.{76}/g, "$&\n");
const lines = (octets: readonly number[], type = "application/ms-tnef", name = "winmail.dat") => [
  "From: alice@a.example",
  "MIME-Version: 1.0",
  'Content-Type: multipart/mixed; boundary="t"',
  "",
  "--t",
  "Content-Type: text/plain",
  "",
  "See attachment.",
  "--t",
  `Content-Type: ${type}; name="${name}"`,
  "Content-Transfer-Encoding: base64",
  "",
  ...base64(octets).split("\n"),
  "--t--",
];
const eml = (...mail: Parameters<typeof lines>) =>
  documentOf(`${lines(...mail).join("\n")}\n`, "eml-message", "file:///t.eml");
const flat = (symbols: readonly DocumentSymbol[]): DocumentSymbol[] =>
  symbols.flatMap((symbol) => [symbol, ...flat(symbol.children ?? [])]);

const document = eml(sampleTnef());
const client = {
  client: {
    ...contextOf(document).client,
    commands: new Set(["smtpTranscripts.openPart", "smtpTranscripts.savePart"]),
  },
};
const hover = (piece: string, into: number, of = document) =>
  (ask<Hover | null>(of, "textDocument/hover", { position: placeOf(of, piece, into) })?.contents as MarkupContent)
    ?.value;

it("the outline shows the files of winmail.dat with their sizes", () => {
  const container = flat(ask<DocumentSymbol[]>(document, "textDocument/documentSymbol")).find(
    ({ name }) => name === "winmail.dat",
  );
  expect(container?.children?.map(({ name, detail }) => [name, detail])).toEqual([
    ["Report – März.pdf", "application/pdf · 18 byte"],
    ["NOTE.TXT", "5 byte"],
    ["Fwd: Lunch", expect.stringMatching(/^application\/ms-tnef · \d+ byte$/)],
    ["DOT.PNG", "7 byte"],
  ]);
});

it("hover lists them, on the media type and in the body", () => {
  expect(hover("application/ms-tnef", 3)).toMatch(/Files in this container[\s\S]*Report – März\\?\.pdf[\s\S]*NOTE/);
  expect(hover("base64\n\n", 12)).toContain("DOT");
  expect(hover("See attachment", 3)).toBeUndefined();
  expect(hover("winmail.dat", 3), "a parameter keeps its own hover").toContain("name");
});

it.each([
  ["in a file", document],
  ["behind DATA", printedMail("swaks", lines(sampleTnef()))],
])("a lens saves each file decoded: %s", (_, of) => {
  const lenses = ask<CodeLens[]>(of, "textDocument/codeLens", {}, client);
  const save = lenses.find(({ command }) => command?.title === "Save Report – März.pdf (18 byte)");
  const [, line, path] = (save?.command?.arguments ?? []) as [string, number, string];
  const made = makeText(of, "partBytes", { line, path }, "en");
  expect(made?.text.split("\n")[0]).toBe("Report – März.pdf");
  expect(atob(made?.text.split("\n")[1] ?? "")).toBe("%PDF-1.7 and so on");
});

it("names from the container never become paths, and never markup", () => {
  const evil = eml(tnef(version, rendData, title("..\\..\\x/[a](command:b)|<b>"), data("x")));
  expect(makeText(evil, "partBytes", { line: 10, path: "2#1" }, "en")?.text.split("\n")[0]).not.toMatch(/[/\\]/);
  expect(hover("application/ms-tnef", 3, evil)).not.toContain("](command:");
  expect(hover("application/ms-tnef", 3, evil)).not.toContain("<b>");
});

it("what only calls itself TNEF has no files, and a container that breaks off says so", () => {
  expect(hover("application/ms-tnef", 3, eml([1, 2, 3, 4, 5, 6, 7]))).not.toContain("Files in this");
  expect(makeText(eml([1, 2, 3]), "partBytes", { line: 10, path: "2#1" }, "en")).toBeNull();
  expect(hover("application/ms-tnef", 3, eml(sampleTnef().slice(0, -5)))).toContain("breaks off");
});

it("knows winmail.dat by its name where the type says nothing", () => {
  expect(hover("application/octet", 3, eml(sampleTnef(), "application/octet-stream"))).toContain("NOTE");
});
