// What a person does in VS Code, as functions on a Playwright page. Every wait is for something to appear or go.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { shots } from "./paths.mjs";

/** Waits are long, since the machine may be busy; they end as soon as what they wait for is there. */
const LATE = 100_000;

/** How long one try of something that may have come too early is given before the next. */
const TRY = 12_000;

/** Repeats a try until it does not fail, for as long as `LATE`. */
async function eventually(attempt) {
  const until = Date.now() + LATE;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > until || /has been closed|crashed/.test(String(error))) throw error;
    }
  }
}

export class Editor {
  /**
   * @param counter sees what reaches hosts under tracker.test
   * @param folder the workspace on disk, where saved files arrive; undefined where they stay in the editor's memory
   */
  constructor(page, name, counter, folder) {
    this.folder = folder;
    this.page = page;
    this.name = name;
    this.counter = counter;
    this.count = 0;
    this.messages = [];
    this.requests = [];
    page.context().on("request", (request) => this.requests.push(request));
    page.on("console", (message) => {
      if (/smtp/i.test(message.text()) && !/ENOTFOUND|bindings file/.test(message.text())) {
        this.messages.push(message.text().slice(0, 400));
      }
    });
    page.on("pageerror", (error) => this.messages.push(String(error).slice(0, 400)));
  }

  /** Opens the workbench and waits for the explorer. */
  async load(url) {
    await this.page.goto(url, { waitUntil: "load", timeout: LATE });
    await this.page.locator(".monaco-workbench").waitFor({ timeout: LATE });
    await this.page.locator(".explorer-folders-view .monaco-list-row").first().waitFor({ timeout: LATE });
  }

  /** Opens a file of the explorer; `text` is something that it holds. */
  async open(file, text) {
    const row = this.page.locator(".explorer-folders-view .monaco-list-row", { hasText: file }).first();
    await eventually(async () => {
      await row.dblclick({ timeout: TRY });
      await this.page.locator(".tab.active", { hasText: file }).first().waitFor({ timeout: TRY });
      await this.line(text).waitFor({ timeout: TRY });
    });
  }

  /** The line of the active editor that holds a text. Monaco writes blanks as no-break spaces. */
  line(text) {
    return this.page.locator(".monaco-editor .view-line", { hasText: spaced(text) }).first();
  }

  /** Waits until the status bar names a language. */
  async waitForLanguage(name) {
    await this.page.locator("#status\\.editor\\.mode", { hasText: name }).waitFor({ timeout: LATE });
  }

  /** Colour of each piece of text in a line, as the eye sees it: [text, CSS colour]. */
  async colours(text) {
    return this.line(text).evaluate((line) =>
      [...line.querySelectorAll("span span")].map((span) => [
        span.textContent.replaceAll("\u00a0", " "),
        getComputedStyle(span).color,
      ]),
    );
  }

  squiggle(severity) {
    return this.page.locator(`.monaco-editor .squiggly-${severity}`);
  }

  async waitForSquiggle(severity) {
    await this.squiggle(severity).first().waitFor({ state: "attached", timeout: LATE });
  }

  async waitForNoSquiggle(severity) {
    await this.squiggle(severity).first().waitFor({ state: "detached", timeout: LATE });
  }

  /** Where a squiggle of the line begins and ends, in characters of that line. */
  async squiggleColumns(severity, text) {
    return this.line(text).evaluate((line, name) => {
      const editor = line.closest(".monaco-editor");
      const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      const edges = [];
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        for (let at = 0; at < node.length; at++) {
          const range = document.createRange();
          range.setStart(node, at);
          range.setEnd(node, at + 1);
          edges.push(range.getBoundingClientRect());
        }
      }
      const top = line.getBoundingClientRect();
      const middle = (box) => (box.top + box.bottom) / 2;
      const boxes = [...editor.querySelectorAll(`.squiggly-${name}`)].map((one) => one.getBoundingClientRect());
      const own = boxes.find((box) => middle(box) > top.top && middle(box) < top.bottom + 1);
      if (!own) return null;
      const start = edges.findIndex((edge) => Math.abs(edge.left - own.left) < edge.width / 2);
      const end = edges.findIndex((edge) => Math.abs(edge.right - own.right) < edge.width / 2) + 1;
      return { start, end };
    }, severity);
  }

  /** Opens the Problems panel and gives the text of the row that holds a text. */
  async problem(text) {
    const row = this.page.locator(".markers-panel .monaco-list-row", { hasText: text }).first();
    await eventually(async () => {
      // The keys would close a panel that is open and merely has no such row yet.
      if (!(await this.page.locator(".markers-panel").isVisible())) await this.page.keyboard.press("Control+Shift+M");
      await row.waitFor({ timeout: TRY });
    });
    return (await row.innerText()).replaceAll("\n", " ");
  }

  async waitForNoProblem(text) {
    await this.page
      .locator(".markers-panel .monaco-list-row", { hasText: text })
      .first()
      .waitFor({ state: "detached", timeout: LATE });
  }

  /** The piece of a line that holds a word. */
  word(lineText, word) {
    return this.line(lineText)
      .locator("span span", { hasText: spaced(word) })
      .last();
  }

  /**
   * Points at a word; gives the hover's text once it holds `wanted`. Lenses that arrive late move the lines, so a try that
   * shows nothing or something else is made again where the word is then.
   */
  async hover(lineText, word, wanted) {
    const card = this.page.locator(".monaco-hover-content", { hasText: wanted }).first();
    await eventually(async () => {
      await this.page.mouse.move(5, 5);
      const box = await this.settled(this.word(lineText, word));
      await this.page.mouse.move(box.x + box.width / 2 - 3, box.y + box.height / 2);
      await this.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
      await card.waitFor({ timeout: TRY });
    });
    return card.innerText();
  }

  /** Where something is once it no longer moves. */
  async settled(spot) {
    let before = await spot.boundingBox({ timeout: TRY });
    for (;;) {
      await this.page.waitForTimeout(150);
      const now = await spot.boundingBox({ timeout: TRY });
      if (now && before && now.x === before.x && now.y === before.y) return now;
      before = now;
    }
  }

  async closeHover() {
    await this.page.keyboard.press("Escape");
    await this.page.mouse.move(5, 5);
  }

  /** Puts the cursor on a word and applies the first quick fix whose title matches; gives all titles. */
  async quickFix(lineText, word, title) {
    return this.quickFixHere(title, () => this.word(lineText, word).click({ timeout: TRY }));
  }

  /** Puts the cursor on a line by its number and applies the first quick fix whose title matches. */
  async quickFixOnLine(number, title) {
    return this.quickFixHere(title, async () => {
      await this.page.keyboard.press("Control+g");
      const input = this.page.locator(".quick-input-widget input[type=text]");
      await input.fill(`:${number}:4`, { timeout: TRY });
      await this.page.keyboard.press("Enter");
      await input.waitFor({ state: "hidden", timeout: TRY });
    });
  }

  async quickFixHere(title, place) {
    const rows = this.page.locator(".action-widget .monaco-list-row.action");
    await eventually(async () => {
      await this.page.keyboard.press("Escape");
      await place();
      await this.page.keyboard.press("Control+.");
      await rows.filter({ hasText: title }).first().waitFor({ timeout: TRY });
    });
    await this.shot("quick-fix");
    const titles = await rows.allInnerTexts();
    const steps = titles.findIndex((one) => title.test(one));
    for (let step = 0; step < steps; step++) await this.page.keyboard.press("ArrowDown");
    await rows.nth(steps).and(this.page.locator(".focused")).waitFor({ timeout: LATE });
    await this.page.keyboard.press("Enter");
    return titles;
  }

  /** Types into the quick pick with a title and takes the row that matches, once it is the first. */
  async pick(title, typed, label) {
    await this.page.locator(".quick-input-widget .quick-input-title", { hasText: title }).waitFor({ timeout: LATE });
    await this.page.locator(".quick-input-widget input[type=text]").fill(typed);
    const first = this.page.locator(".quick-input-list .monaco-list-row.focused", { hasText: label });
    await first.first().waitFor({ timeout: LATE });
    await this.page.keyboard.press("Enter");
  }

  /** Closes every editor without saving. */
  async closeEditors() {
    await this.command("View: Revert and Close Editor");
  }

  /** Runs a command of the palette by its title. */
  async command(title) {
    const input = this.page.locator(".quick-input-widget input[type=text]");
    await eventually(async () => {
      await this.page.keyboard.press("F1");
      await input.fill(`>${title}`, { timeout: TRY });
      const first = this.page.locator(".quick-input-list .monaco-list-row.focused", { hasText: title });
      await first.first().waitFor({ timeout: TRY });
    });
    await this.page.keyboard.press("Enter");
  }

  /** The first frame that shows a text, webviews included. */
  async frameWith(text) {
    const until = Date.now() + LATE;
    while (Date.now() < until) {
      for (const frame of this.page.frames()) {
        if (frame === this.page.mainFrame()) continue;
        const shown = await frame
          .locator("body")
          .innerText({ timeout: 1000 })
          .catch(() => "");
        if (text.test(shown)) return frame;
      }
      await this.page.waitForTimeout(200);
    }
    throw new Error(`no webview shows ${text}`);
  }

  /** Saves a picture of the window. */
  async shot(what) {
    mkdirSync(shots, { recursive: true });
    this.count++;
    await this.page.screenshot({ path: join(shots, `${this.name}-${this.count}-${what}.png`) });
  }
}

/** Matches a text with blanks of either kind. */
function spaced(text) {
  const escaped = text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(escaped.replaceAll(" ", "[ \\u00a0]"));
}
