// Pictures to look at: what we show, in each kind of theme. Run by name only: node test/e2e/run.mjs pictures
import { closeAll, goTo } from "../reading.mjs";

const THEMES = {
  light: "Default Light Modern",
  dark: "Default Dark Modern",
  "contrast-dark": "Default High Contrast",
  "contrast-light": "Default High Contrast Light",
};

/** Takes every picture once. */
async function pictures(editor, theme) {
  const { page } = editor;
  await editor.open("tour.smtp", "Shall we meet?");
  await editor.waitForSquiggle("info");
  await editor.hover("550 5.1.1", "550", /Answer to/);
  await page.waitForTimeout(500); // it fades in
  await editor.shot(`${theme}-hover`);
  await editor.closeHover();
  await goTo(editor, 16);
  await editor.command("SMTP: Show Diagram");
  const frame = await editor.frameWith(/RCPT TO:<nobody/);
  await editor.shot(`${theme}-diagram`);
  await page.keyboard.press("Control+b");
  await page.waitForTimeout(500); // the layout settles
  await editor.shot(`${theme}-diagram-wide`);
  await frame.locator("tr.here button").focus();
  await frame.locator("tr.here").scrollIntoViewIfNeeded();
  await editor.shot(`${theme}-table`);
  await page.keyboard.press("Control+b");
  await closeAll(editor);
  await editor.open("first.smtp", "C: QUIT");
  await editor.problem("space-after-colon");
  await editor.shot(`${theme}-problems`);
  await closeAll(editor);
  await editor.open("parts.eml", "Subject: Plans");
  await editor.command("SMTP: Preview Message");
  await editor.frameWith(/See the plan/);
  await editor.shot(`${theme}-preview`);
  await closeAll(editor);
  await editor.command("Compare Reply Codes");
  await editor.pick(/first code/, "354", /354/);
  await editor.pick(/Compare 354/, "451", /451/);
  await editor.frameWith(/354 and 451/);
  await page.waitForTimeout(1000); // the page is painted after its text is there
  await editor.shot(`${theme}-compare`);
  await closeAll(editor);
}

/** One scenario a theme, as name, settings and steps. */
export const pictureScenarios = Object.entries(THEMES).map(([name, theme]) => ({
  name: `pictures-${name}`,
  settings: { "workbench.colorTheme": theme, "workbench.preferredHighContrastColorTheme": theme },
  steps: [[`takes pictures, ${name}`, (editor) => pictures(editor, name)]],
}));

/** The same from right to left. */
export const arabicPictures = [
  [
    "takes pictures, Arabic",
    async (editor) => {
      await editor.open("tour.smtp", "Shall we meet?");
      await editor.waitForSquiggle("info");
      await editor.command("SMTP: Show Diagram");
      await editor.frameWith(/RCPT TO:<nobody/);
      await editor.shot("diagram");
      await closeAll(editor);
      await editor.command("Compare Reply Codes");
      await editor.page.locator(".quick-input-widget input[type=text]").fill("354");
      await editor.page.locator(".quick-input-list .monaco-list-row.focused", { hasText: "354" }).waitFor();
      await editor.page.keyboard.press("Enter");
      await editor.page.waitForTimeout(1500);
      await editor.page.locator(".quick-input-widget input[type=text]").fill("451");
      await editor.page.locator(".quick-input-list .monaco-list-row.focused", { hasText: "451" }).waitFor();
      await editor.page.keyboard.press("Enter");
      await editor.frameWith(/354[\s\S]*451/);
      // The preview shows its text once its style sheets are there.
      await editor.page.waitForTimeout(1500);
      await editor.shot("compare");
    },
  ],
];
