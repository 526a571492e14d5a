// Steps on mail and replies of somebody who means harm. The browser finds every host under tracker.test at a counter on
// loopback, so that whatever is asked for is answered and seen.
import assert from "node:assert/strict";
import { createServer } from "node:http";

/** A server on loopback that keeps the hosts it was asked for: { hits, port, stop }. */
export async function startCounter() {
  const hits = [];
  const server = createServer((request, response) => {
    hits.push(request.headers.host);
    response.end("seen");
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const stop = async () => {
    server.closeAllConnections();
    server.close();
  };
  return { hits, port: server.address().port, stop };
}

const LOOPBACK = /^(?:(?:.+\.)?localhost|127\.0\.0\.1|\[::1\])$/;

/** Requests of a list that were sent to another machine; what the page's policy stopped was not sent. */
async function outside(requests) {
  const sent = requests.filter((request) => request.failure()?.errorText !== "csp");
  const urls = sent.map((request) => new URL(request.url()));
  return urls.filter(({ protocol, hostname }) => /^(?:http|ws)s?:$/.test(protocol) && !LOOPBACK.test(hostname));
}

/** What a page holds that could load, run or lead somewhere. */
function dangerous(body) {
  const page = body.ownerDocument;
  const found = [
    ...body.querySelectorAll("script,form,input,button,iframe,object,embed,video,audio,svg,link,base,style"),
  ];
  found.push(...page.querySelectorAll("meta[http-equiv=refresh], base, link[rel=stylesheet], link[rel=prefetch]"));
  for (const element of body.querySelectorAll("*")) {
    const bad = [...element.attributes].some(
      ({ name, value }) =>
        name.startsWith("on") ||
        /^(?:href|action|ping|srcset|background|poster)$/.test(name) ||
        (name === "src" && !value.startsWith("data:image/")) ||
        (name === "style" && /url\(/i.test(value)),
    );
    if (bad) found.push(element);
  }
  return found.map((element) => element.outerHTML.slice(0, 200));
}

/** Names of frames in which a script of the content left its mark. */
async function marked(page) {
  const found = [];
  for (const frame of page.frames()) {
    const marks = await frame
      .locator("[data-ran]")
      .count()
      .catch(() => 0);
    if (marks > 0) found.push(frame.url());
  }
  return found;
}

async function assertUntouched(editor, requestsBefore) {
  assert.deepEqual(await marked(editor.page), [], "no script ran");
  assert.deepEqual(editor.counter.hits, [], "nothing reached the tracker");
  const asked = await outside(editor.requests.slice(requestsBefore));
  assert.deepEqual(
    asked.map(({ href }) => href),
    [],
    "nothing was asked for outside this machine",
  );
}

/** Shows that the counter would have seen something: a page that does ask is counted. */
async function assertCounterWorks(editor) {
  const page = await editor.page.context().newPage();
  await page.goto("http://control.tracker.test/", { timeout: 100_000 });
  await page.close();
  assert.ok(editor.counter.hits.includes("control.tracker.test"), "the counter sees a request");
  editor.counter.hits.length = 0;
}

export const hostilePreview = [
  "shows a hostile message without loading or running anything",
  async (editor) => {
    await editor.open("hostile.eml", "Your account");
    await editor.waitForLanguage("Mail Message");
    const before = editor.requests.length;
    await editor.command("SMTP: Preview Message");
    const frame = await editor.frameWith(/Dear customer, please read this/);
    await editor.page.waitForTimeout(3000); // what a page loads, it asks for at once
    assert.match(await frame.locator("body").innerText(), /Visit/);
    assert.deepEqual(await frame.locator("body").evaluate(dangerous), []);
    await editor.shot("preview");
    await assertUntouched(editor, before);
    await assertCounterWorks(editor);
    await editor.closeEditors();
  },
];

/** A line, the word to point at, and the hostile command that the hover repeats. */
const REPLIES = [
  [
    "550 5.1.1 [unblock]",
    "550",
    "RCPT TO:<one@example.com> [unblock](command:workbench.action.toggleZenMode) **x** <b>bold</b>",
  ],
  ["554 5.7.1 <img", "554", 'RCPT TO:<two@example.com> <img src=x onerror="document.documentElement.dataset.ran=1">'],
  [
    "450 4.2.0 `code`",
    "450",
    "RCPT TO:<three@example.com> `` ` ![](http://picture.tracker.test/2.png) <script>document.body.dataset.ran=1</script>",
  ],
];

/** Pictures, scripts and links of a hover that are not our own. */
function foreign(card) {
  const made = [...card.querySelectorAll("img,script,b,iframe")].map((element) => element.outerHTML);
  const targets = [...card.querySelectorAll("a")].map((link) => link.dataset.href ?? link.getAttribute("href") ?? "");
  return [...made, ...targets.filter((target) => /tracker\.test|command:(?!smtpTranscripts\.)/.test(target))];
}

export const hostileReplies = [
  "shows markup of a hostile session letter for letter",
  async (editor) => {
    await editor.open("hostile.smtp", "[unblock]");
    await editor.waitForLanguage("SMTP Transcript");
    const before = editor.requests.length;
    for (const [line, word, markup] of REPLIES) {
      const wanted = new RegExp(`Answer to.*${markup.slice(0, "RCPT TO:<two@".length)}`);
      const shown = (await editor.hover(line, word, wanted)).replaceAll(/\s+/g, " ");
      const card = editor.page.locator(".monaco-hover-content", { hasText: wanted }).first();
      assert.ok(shown.includes(markup), `the hover of ${word} repeats the command: ${shown}`);
      assert.deepEqual(await card.evaluate(foreign), []);
      await editor.shot(`reply-${word}`);
      await editor.closeHover();
    }
    await assertUntouched(editor, before);
  },
];
