import { expect, test } from "vitest";
import { tokenizeHtml } from "../../server/src/message/html.js";
import { buildPreview, PREVIEW_POLICY } from "../../server/src/message/preview.js";
import { messageOf } from "./kit.js";

const page = (html: string, more = "") =>
  buildPreview(
    messageOf(
      `From: a@b.example\nSubject: s\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=b1\n\n--b1\nContent-Type: text/html; charset=utf-8\n\n${html}\n${more}--b1--\n`,
    ).message,
  );
const content = (html: string) =>
  /<div class="content"[^>]*>([\s\S]*)<\/div><\/body>/.exec(page(html).html)?.[1]?.trim() ?? "";

const PICTURE = "--b1\nContent-Type: image/png\nContent-ID: <p@x>\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n";

test("ordinary HTML stays", () => {
  expect(content('<p style="color: red">Hi <b>you</b><br>&amp; me</p>')).toBe(
    '<p style="color: red">Hi <b>you</b><br>&amp; me</p>',
  );
});

test("cid pictures are put into the page", () => {
  expect(page('<img src="cid:p@x" alt="x">', PICTURE).html).toContain('src="data:image/png;base64,iVBORw0KGgo="');
});

test("the page has a policy that allows nothing from outside", () => {
  expect(page("x").html).toContain(`content="${PREVIEW_POLICY}"`);
  expect(PREVIEW_POLICY).not.toMatch(/https?:|script-src|\*/);
});

test.each([
  ["<script>alert(1)</script>", "scripts"],
  ["<ScRiPt src=//e.example/x.js></sCrIpT>", "scripts"],
  ["<script>never closed", "scripts"],
  ["<img src=x onerror=alert(1)>", "scripts"],
  ["<p/onclick=alert(1)>x</p>", "scripts"],
  ["<img src='https://e.example/track.gif'>", "remote"],
  ["<img srcset='https://e.example/2x.png 2x'>", "remote"],
  ["<table background=https://e.example/b.png><tr><td>x</td></tr></table>", "remote"],
  ["<p style='background:url(https://e.example/a)'>x</p>", "remote"],
  ["<p style=\"background-image:image-set('https://e.example/a' 1x)\">x</p>", "remote"],
  ["<style>@import 'https://e.example/a.css';</style>", "styles"],
  ["<p style='width: expression(alert(1))'>x</p>", "styles"],
  ["<p style='background:\\75rl(https://e.example)'>x</p>", "styles"],
  ["<form action=https://e.example><input name=a><button>x</button></form>", "forms"],
  ["<iframe src=https://e.example></iframe>", "frames"],
  ["<object data=x.swf></object>", "frames"],
  ["<svg><a xlink:href='javascript:alert(1)'>x</a><image href='https://e.example'/></svg>", "frames"],
  ["<math><mtext><img src=x onerror=alert(1)></mtext></math>", "frames"],
  ["<meta http-equiv=refresh content='0;url=https://e.example'>", "redirects"],
  ["<base href=https://e.example>", "redirects"],
  ["<link rel=stylesheet href=https://e.example/a.css>", "redirects"],
  ["<a href='javascript:alert(1)'>x</a>", "unsafeLinks"],
  ["<a href='java&#10;script&colon;alert(1)'>x</a>", "unsafeLinks"],
  ["<a href=' &#x6a;avascript:alert(1)'>x</a>", "unsafeLinks"],
  ["<a href='command:workbench.action.quit'>x</a>", "unsafeLinks"],
  ["<a href='data:text/html,<script>alert(1)</script>'>x</a>", "unsafeLinks"],
  ["<a href='vscode://x'>x</a>", "unsafeLinks"],
  ["<video src=https://e.example/v.mp4 autoplay></video>", "remote"],
  ["<img src='data:image/svg+xml;base64,PHN2Zz4='>", "remote"],
] as const)("%s is taken out and counted", (html, kind) => {
  const preview = page(html);
  expect(preview.blocked[kind]).toBeGreaterThan(0);
  expect(preview.blockedCount).toBeGreaterThan(0);
  for (const token of tokenizeHtml(content(html))) {
    if (token.kind === "text") continue;
    expect([
      "script",
      "style",
      "iframe",
      "object",
      "svg",
      "math",
      "form",
      "input",
      "button",
      "meta",
      "base",
      "link",
      "video",
    ]).not.toContain(token.name);
    if (token.kind !== "open") continue;
    for (const [name, value] of token.attributes) {
      expect(name).not.toMatch(/^on|^href$|^srcset$|^background$|^action$/);
      if (name === "src") expect(value).toMatch(/^data:image\/(?:png|jpeg|gif|webp|bmp);base64,/);
      if (name === "style") expect(value).not.toMatch(/url|@|\\|expression/i);
    }
  }
});

test("a link shows its target and cannot be followed", () => {
  expect(content('<a href="https://e.example/x">bank</a>')).toBe(
    '<a title="https://e.example/x" class="link">bank</a>',
  );
});

test("markup in header fields, file names and text stays text", () => {
  const preview = buildPreview(
    messageOf(
      'From: "<script>x</script>" <a@b.example>\nSubject: </title><img src=x>\nContent-Type: text/plain; name="<b>.txt"\n\n<script>alert(1)</script>\n',
    ).message,
  );
  expect(preview.html).not.toMatch(/<script|<img|<b>\.txt/);
  expect(preview.blockedCount).toBe(0);
});

test("broken and hostile markup closes, and stays linear", () => {
  expect(content("<div><b>x</i></div></div></body>")).toBe("<div><b>x</b></div>");
  expect(content("<a title='\"><script>alert(1)</script>'>x</a>")).not.toMatch(/<script/);
  expect(content("<!--><script>x</script>-->y")).not.toMatch(/<script/);
  expect(content("<<script>script>alert(1)<</script>/script>")).not.toMatch(/<script/);
  const start = performance.now();
  for (const html of [
    "<".repeat(200_000),
    "<a ".repeat(100_000),
    "<script></scrip".repeat(20_000),
    "<b>".repeat(50_000),
    '<p style="'.repeat(20_000),
    "&#".repeat(100_000),
  ])
    page(html);
  expect(performance.now() - start).toBeLessThan(5000);
});
