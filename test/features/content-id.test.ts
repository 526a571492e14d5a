import { describe, expect, it } from "vitest";
import type { LocationLink, WorkspaceEdit } from "vscode-languageserver-types";
import { makeText } from "../../server/src/service.js";
import { ask, documentOf, placeOf, textIn } from "../kit/features.js";

const related = (encoding: string, html: string) =>
  documentOf(
    [
      "From: a@b.example",
      'Content-Type: multipart/related; boundary="r"',
      "",
      "--r",
      "Content-Type: text/html; charset=utf-8",
      `Content-Transfer-Encoding: ${encoding}`,
      "",
      html,
      "--r",
      "Content-Type: image/png; name=dot.png",
      "Content-ID: <dot@b.example>",
      "Content-Transfer-Encoding: base64",
      "Content-Disposition: inline",
      "",
      "iVBORw0KGgo=",
      "--r--",
      "",
    ].join("\n"),
    "eml-message",
    "file:///r.eml",
  );

const quoted = related("quoted-printable", '<img src=3D"cid:dot@b.example"><p style=3D"x">=C3=BC</p>');

describe("a Content-ID", () => {
  it("is found from the picture in HTML, also in quoted-printable", () => {
    const [target] = ask<LocationLink[]>(quoted, "textDocument/definition", {
      position: placeOf(quoted, "cid:dot", 6),
    });
    expect(target && textIn(quoted, target.targetRange)).toBe("dot@b.example");
    expect(target?.targetRange.start.line).toBe(10);
  });

  it("is renamed in all places", () => {
    const edit = ask<WorkspaceEdit>(quoted, "textDocument/rename", {
      position: placeOf(quoted, "<dot@", 2),
      newName: "new@b.example",
    });
    expect(edit.changes?.[quoted.uri]?.map(({ range }) => textIn(quoted, range))).toEqual([
      "dot@b.example",
      "dot@b.example",
    ]);
  });

  it.each([
    [
      "a line break of quoted-printable",
      "quoted-printable",
      '<img src=3D"cid:dot@b.example"><img src=3D"cid:dot@b.=\nexample">',
    ],
    ["base64", "base64", btoa('<img src="cid:dot@b.example">')],
  ])("is not renamed where %s hides a place", (_, encoding, html) => {
    const document = related(encoding, html);
    const position = placeOf(document, "<dot@", 2);
    expect(ask(document, "textDocument/prepareRename", { position })).toBeNull();
    expect(ask(document, "textDocument/rename", { position, newName: "new@b.example" })).toBeNull();
  });
});

describe("the preview", () => {
  it("shows the picture that HTML names", () => {
    expect(makeText(quoted, "preview", { line: 0 }, "en")?.text).toContain('src="data:image/png;base64,iVBORw0KGgo="');
  });

  it("speaks the reader's language, also where something was blocked or there is no text", () => {
    const blocked = related("8bit", '<img src="https://e.example/x.png"><script>a</script>');
    const page = makeText(blocked, "preview", { line: 0 }, "de")?.text ?? "";
    expect(page).toContain("2 Elemente wurden blockiert");
    expect(page).not.toContain('https://e.example/x.png"');
    const bare = documentOf("From: a@b.example\nContent-Type: image/png\n\nx\n", "eml-message", "file:///b.eml");
    expect(makeText(bare, "preview", { line: 0 }, "de")?.text).toContain("hat keinen Text");
  });
});
