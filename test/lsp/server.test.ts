import { afterEach, describe, expect, it } from "vitest";
import { type ClientOptions, memoryHost, startClient, type TestClient } from "../kit/client.js";

const uri = "file:///w/a.smtp";
const MISTAKE = [
  "S: 220 mx.example.com ESMTP",
  "C: EHLO client.example.org",
  "S: 250 mx.example.com",
  "C: MAIL FROM: <a@example.org>",
  "S: 250 2.1.0 Ok",
  "C: QUIT",
  "S: 221 2.0.0 Bye",
  "",
].join("\n");

let client: TestClient;
async function started(options: ClientOptions = {}): Promise<TestClient> {
  client = await startClient(options);
  return client;
}

describe("the language server", () => {
  it("announces what its features can do", async () => {
    const { initialized } = await started({ pulls: true });
    expect(initialized?.serverInfo?.name).toBe("smtp-transcripts");
    expect(initialized?.capabilities).toMatchObject({
      diagnosticProvider: { identifier: "smtp" },
      codeActionProvider: { codeActionKinds: ["quickfix", "source.fixAll.smtp"] },
      workspace: { textDocumentContent: { schemes: ["smtp-transcripts"] } },
      positionEncoding: "utf-16",
    });
  });

  it("gives findings when asked, with code, source and the page of the rule", async () => {
    await started({ pulls: true });
    await client.open(uri, MISTAKE);
    const [finding] = await client.diagnostics(uri);
    expect(finding).toMatchObject({
      source: "smtp",
      code: "space-after-colon",
      codeDescription: { href: "smtp-transcripts:/rules/space-after-colon.md" },
      range: { start: { line: 3 } },
    });
    expect(client.pushed.size).toBe(0);
  });

  it("answers 'unchanged' while nothing changed", async () => {
    await started({ pulls: true });
    await client.open(uri, MISTAKE);
    const first = await client.pull(uri);
    const again = await client.pull(uri, first.kind === "full" ? first.resultId : undefined);
    expect(again.kind).toBe("unchanged");
  });

  it("pushes findings to a client that cannot ask, and takes them back when the document is closed", async () => {
    await started();
    await client.open(uri, MISTAKE);
    await client.until(() => (client.pushed.get(uri)?.length ?? 0) > 0);
    await client.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
    await client.until(() => client.pushed.get(uri)?.length === 0);
    await expect(client.pull(uri)).rejects.toThrow();
  });

  it("follows edits, several in one notification too", async () => {
    await started({ pulls: true });
    await client.open(uri, MISTAKE);
    const at = (line: number, from: number, to: number) => ({
      start: { line, character: from },
      end: { line, character: to },
    });
    await client.change(uri, 2, [
      { range: at(5, 3, 7), text: "quit" },
      { range: at(3, 13, 14), text: "" },
    ]);
    expect(await client.diagnostics(uri)).toEqual([]);
    await client.change(uri, 3, [
      { range: at(0, 0, 0), text: "x" },
      { range: at(0, 0, 1), text: "" },
      { range: at(3, 13, 13), text: " " },
    ]);
    expect((await client.diagnostics(uri)).map(({ code }) => code)).toContain("space-after-colon");
  });

  it("obeys settings as they change", async () => {
    await started({ pulls: true, settings: { rules: { "space-after-colon": "off" } } });
    await client.open(uri, MISTAKE);
    expect(await client.diagnostics(uri)).toEqual([]);
    client.settings = { rules: { "space-after-colon": "error" } };
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await client.until(() => client.refreshes > 0);
    expect(await client.diagnostics(uri)).toMatchObject([{ severity: 1, code: "space-after-colon" }]);
    const views = ["codeLens", "foldingRange", "inlayHint", "semanticTokens"];
    await client.until(() => client.refreshed.size === views.length);
    expect([...client.refreshed].sort(), "lenses and hints follow the settings too").toEqual(views);
    client.settings = { validate: false };
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    expect(await client.diagnostics(uri)).toEqual([]);
  });

  it("reads .smtptranscripts.json upward from the document", async () => {
    const files = { "file:///w/.smtptranscripts.json": '{"rules":{"space-after-colon":"error"}}' };
    await started({ pulls: true, host: memoryHost(files), roots: ["file:///w"] });
    await client.open("file:///w/deep/er/a.smtp", MISTAKE);
    expect(await client.diagnostics("file:///w/deep/er/a.smtp")).toMatchObject([{ severity: 1 }]);
  });

  it("asks its own client for that file where it cannot read it itself, and no other client", async () => {
    const root = "vscode-vfs://github/example/logs";
    const files = { [`${root}/.smtptranscripts.json`]: '{"rules":{"space-after-colon":"error"}}' };
    const severity = async (commands?: readonly string[]) => {
      await started({ pulls: true, roots: [root], files, ...(commands && { commands }) });
      await client.open(`${root}/deep/a.smtp`, MISTAKE);
      return (await client.diagnostics(`${root}/deep/a.smtp`)).map((one) => one.severity);
    };
    expect(await severity(["smtpTranscripts.openPage"])).toEqual([1]);
    expect(await severity()).not.toEqual([1]);
  });

  it("puts a finding aside in that file and nowhere else", async () => {
    const files: Record<string, string> = {};
    await started({ pulls: true, host: memoryHost(files), roots: ["file:///w"] });
    await client.open(uri, MISTAKE);
    const diagnostics = await client.diagnostics(uri);
    const actions = await client.actions(uri, diagnostics[0]!.range, diagnostics);
    const aside = actions.find(({ title }) => title === "Put this finding aside") as {
      command: { command: string; arguments: unknown[] };
    };
    await client.request("workspace/executeCommand", {
      command: aside.command.command,
      arguments: aside.command.arguments,
    });
    const [edit] = client.edits;
    expect(JSON.stringify(edit)).toContain("file:///w/.smtptranscripts.json");
    expect(JSON.stringify(edit)).not.toContain("a.smtp");
    expect(await client.diagnostics(uri)).toEqual([]);
  });

  it("shows at most 999 findings and one that counts the rest", async () => {
    await started({ pulls: true });
    const many = Array.from(
      { length: 1200 },
      () => "C: MAIL FROM: <a@example.org>\nS: 250 ok\nC: RSET\nS: 250 ok\n",
    ).join("");
    await client.open(uri, `S: 220 mx ESMTP\nC: EHLO c.example\nS: 250 mx\n${many}`);
    const found = await client.diagnostics(uri);
    expect(found).toHaveLength(1000);
    expect(found[999]).toMatchObject({ code: "findings-not-shown" });
    expect(found[999]?.message).toContain("201");
  });

  it("reads a document in the dialect that a person chose", async () => {
    await started({ pulls: true });
    await client.open(uri, MISTAKE);
    const command = "smtpTranscripts.server.setDialect";
    await client.request("workspace/executeCommand", { command, arguments: [uri, "swaks"] });
    expect(await client.request("smtpTranscripts/status", { uri })).toMatchObject({
      dialect: { id: "swaks" },
      chosen: true,
    });
    await client.until(() => client.refreshed.has("codeLens"));
    await client.request("workspace/executeCommand", { command, arguments: [uri, null] });
    expect(await client.request("smtpTranscripts/status", { uri })).toMatchObject({
      dialect: { id: "client-server" },
      chosen: false,
    });
  });

  it("lists the dialects to choose from, to a request without parameters", async () => {
    await started({ pulls: true });
    const dialects = await client.request<{ id: string; title: string }[]>("smtpTranscripts/dialects");
    expect(dialects.map(({ id }) => id)).toEqual(expect.arrayContaining(["client-server", "swaks", "raw"]));
  });

  it("reports bare line feeds that only the stored bytes show, until the text is edited", async () => {
    const session = `${MISTAKE.split("C: MAIL")[0]}C: MAIL FROM:<a@example.org>\nS: 250 ok\nC: RCPT TO:<b@example.com>\nS: 250 ok\nC: DATA\nS: 354 go\nC: Subject: x\nC: \nC: bare\nC: end\nC: .\nS: 250 ok\nC: QUIT\nS: 221 bye\n`;
    const stored = session.replace(/\n/g, "\r\n").replace("C: bare\r\n", "C: bare\n");
    await started({ pulls: true, host: memoryHost({ [uri]: stored }) });
    await client.open(uri, session.replace(/\n/g, "\r\n"));
    const codes = async () => (await client.diagnostics(uri)).map(({ code }) => code);
    expect(await codes()).toContain("data-bare-lf");
    await client.change(uri, 2, [
      { range: { start: { line: 9, character: 0 }, end: { line: 9, character: 0 } }, text: "" },
    ]);
    expect(await codes()).not.toContain("data-bare-lf");
    await client.connection.sendNotification("textDocument/didSave", { textDocument: { uri } });
    expect(await codes()).toContain("data-bare-lf");
  });

  it("serves pages of rules, and nothing for other addresses", async () => {
    await started();
    const page = (address: string) =>
      client.request<{ text: string }>("workspace/textDocumentContent", { uri: address });
    expect((await page("smtp-transcripts:/rules/space-after-colon.md")).text).toContain("# space-after-colon");
    expect((await page("smtp-transcripts:/rules/../../etc/passwd.md")).text).toBe("");
    expect((await page("file:///etc/passwd")).text).toBe("");
  });

  it("lays a comparison out from right to left in Arabic, so that its columns stand in reading order", async () => {
    const compared = async (language: string) => {
      await started({ settings: { language } });
      const uri = "smtp-transcripts:/compare/354-451.md";
      return (await client.request<{ text: string }>("workspace/textDocumentContent", { uri })).text;
    };
    expect(await compared("ar")).toMatch(/^<div dir="rtl" class="smtp-transcripts">\n\n# /);
    expect(await compared("de")).toMatch(/^# /);
  });

  it("answers nothing, and goes on, for documents and commands it does not know", async () => {
    await started({ pulls: true });
    expect(await client.diagnostics("file:///nowhere.smtp")).toEqual([]);
    expect(await client.request("workspace/executeCommand", { command: "rm", arguments: ["-rf"] })).toBeNull();
    expect(
      await client.request("textDocument/documentSymbol", { textDocument: { uri: "file:///nowhere.smtp" } }),
    ).toBeNull();
  });
});

describe("code actions", () => {
  it("offer the fix of a finding, and applying it removes it", async () => {
    await started({ pulls: true });
    await client.open(uri, MISTAKE);
    const diagnostics = await client.diagnostics(uri);
    const actions = await client.actions(uri, diagnostics[0]!.range, diagnostics);
    const [fix] = actions as unknown as { edit: { changes: Record<string, { range: never; newText: string }[]> } }[];
    await client.change(
      uri,
      2,
      fix!.edit.changes[uri]!.map(({ range, newText }) => ({ range, text: newText })),
    );
    expect(await client.diagnostics(uri)).toEqual([]);
  });

  it("fix all spelling mistakes only for source.fixAll", async () => {
    await started({ pulls: true });
    await client.open(uri, MISTAKE);
    const range = { start: { line: 0, character: 0 }, end: { line: 7, character: 0 } };
    const actions = await client.actions(uri, range, [], ["source.fixAll"]);
    expect(actions).toMatchObject([{ kind: "source.fixAll.smtp" }]);
  });

  it("compare the reply code under the cursor where the client can show it", async () => {
    const where = { start: { line: 4, character: 4 }, end: { line: 4, character: 4 } };
    await started();
    await client.open(uri, MISTAKE);
    expect(await client.actions(uri, where)).toEqual([]);
    await client.stop();
    await started({ commands: ["smtpTranscripts.compareReplyCode"] });
    await client.open(uri, MISTAKE);
    expect(await client.actions(uri, where)).toMatchObject([
      { command: { command: "smtpTranscripts.compareReplyCode", arguments: [250] } },
    ]);
  });
});

afterEach(async () => {
  await client.stop();
});
