import { describe, expect, it } from "vitest";
import { CancellationTokenSource, LSPErrorCodes, ResponseError } from "vscode-languageserver";
import { guarded } from "../../server/src/lsp/guard.js";
import { readSettings } from "../../server/src/lsp/settings.js";

const { token } = new CancellationTokenSource();

describe("a guarded handler", () => {
  it("answers empty and logs without the document's text when a feature fails", async () => {
    const logged: string[] = [];
    const handler = guarded(
      "textDocument/hover",
      null,
      (line) => logged.push(line),
      () => {
        throw new TypeError("cannot read AUTH PLAIN c2VjcmV0");
      },
    );
    expect(await handler({}, token)).toBeNull();
    expect(logged.join()).toContain("textDocument/hover: TypeError");
    expect(logged.join()).not.toContain("c2VjcmV0");
  });

  it("answers 'cancelled' without doing the work", async () => {
    const source = new CancellationTokenSource();
    source.cancel();
    let worked = false;
    const handler = guarded(
      "x",
      null,
      () => {},
      () => {
        worked = true;
        return null;
      },
    );
    const answer = await handler({}, source.token);
    expect(answer).toBeInstanceOf(ResponseError);
    expect((answer as ResponseError<void>).code).toBe(LSPErrorCodes.RequestCancelled);
    expect(worked).toBe(false);
  });
});

describe("settings", () => {
  it("are whole whatever the editor sends", () => {
    for (const value of [null, undefined, 7, "x", [], { rules: 5, inlayHints: null, language: 3, profile: "no" }]) {
      expect(readSettings(value, undefined)).toMatchObject({
        locale: "en",
        profile: "standard",
        rules: {},
        codeLens: true,
      });
    }
  });

  it("take the editor's language for 'auto' and a language of their own otherwise", () => {
    expect(readSettings({}, "ar-EG").locale).toBe("ar");
    expect(readSettings({ language: "de" }, "ar").locale).toBe("de");
    expect(readSettings({}, "pt-BR").locale).toBe("pt-br");
    expect(readSettings({}, "tlh").locale).toBe("en");
  });
});
