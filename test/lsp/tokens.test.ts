import { afterEach, expect, it } from "vitest";
import type { SemanticTokens, SemanticTokensDelta } from "vscode-languageserver";
import { standardTypes } from "../../server/src/features/tokenTypes.js";
import { startClient, type TestClient } from "../kit/client.js";
import { MAIL } from "../kit/mail.js";

const URI = "file:///m.eml";
const TEXT = `${MAIL.join("\n")}\n`;
const FULL = "textDocument/semanticTokens/full";

let client: TestClient | undefined;
afterEach(async () => {
  await client?.stop();
  client = undefined;
});

async function opened(text: string, uri = URI): Promise<TestClient> {
  const started = await startClient();
  client = started;
  await started.start();
  await started.open(uri, text, "eml-message");
  return started;
}

const ask = <R>(of: TestClient, method: string, more: object = {}): Promise<R> =>
  of.request<R>(method, { textDocument: { uri: URI }, ...more });

it("a client that knows no types of ours gets standard ones, for messages too", async () => {
  const { capabilities } = await startClient().then((one) => {
    client = one;
    return one.start();
  });
  expect(capabilities.semanticTokensProvider).toMatchObject({
    legend: { tokenTypes: standardTypes },
    full: { delta: true },
    range: true,
  });
});

it("an edit of a message is answered with what changed, and that adds up to the whole", async () => {
  const one = await opened(TEXT);
  const before = await ask<SemanticTokens>(one, FULL);
  expect(before.data.length).toBeGreaterThan(100);
  const line = MAIL.indexOf("Subject: Hello");
  const at = { line, character: 0 };
  await one.change(URI, 2, [{ range: { start: at, end: at }, text: "Cc: carl@c.example\n" }]);
  const delta = await ask<SemanticTokensDelta>(one, `${FULL}/delta`, { previousResultId: before.resultId });
  expect(delta.edits).toHaveLength(1);
  expect(delta.edits[0]?.data?.length).toBeLessThanOrEqual(15);
  const data = [...before.data];
  for (const { start, deleteCount, data: put } of delta.edits) data.splice(start, deleteCount, ...(put ?? []));
  expect(data).toEqual((await ask<SemanticTokens>(one, FULL)).data);
});

it("tokens of many documents are not kept for ever: who was away long gets all of them", async () => {
  const one = await opened(TEXT);
  const before = await ask<SemanticTokens>(one, FULL);
  for (let k = 0; k < 25; k++) {
    const uri = `file:///${k}.eml`;
    await one.open(uri, TEXT, "eml-message");
    await one.request(FULL, { textDocument: { uri } });
  }
  const again = await ask<SemanticTokens | SemanticTokensDelta>(one, `${FULL}/delta`, {
    previousResultId: before.resultId,
  });
  expect("data" in again && again.data).toEqual(before.data);
});

it("a message above the editor's limits is coloured where it is looked at", async () => {
  const one = await opened(`${TEXT}${"x\n".repeat(300_001)}`);
  await expect(ask(one, FULL)).rejects.toThrow("too large");
  const range = { start: { line: 0, character: 0 }, end: { line: 20, character: 0 } };
  const shown = await ask<SemanticTokens>(one, "textDocument/semanticTokens/range", { range });
  expect(shown.data.length).toBeGreaterThan(50);
});
