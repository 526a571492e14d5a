import { env, l10n, type Webview } from "vscode";

const STYLE = `
body { color: var(--vscode-editor-foreground); background: var(--vscode-editor-background); font-family: var(--vscode-font-family); }
h2 { font-size: 1.1em; }
.picture { overflow-x: auto; max-width: 860px; }
svg { width: 100%; min-width: 420px; height: auto; display: block; }
g[data-line], tr[data-line] { cursor: pointer; }
g[data-line]:hover .hit, tr[data-line]:hover { fill: var(--vscode-list-hoverBackground); background: var(--vscode-list-hoverBackground); }
g.here text { font-weight: bold; }
g.here .hit { fill: var(--vscode-editor-lineHighlightBackground, transparent); stroke: var(--vscode-focusBorder); stroke-width: 1.5; }
tr.here { outline: 1px solid var(--vscode-focusBorder); outline-offset: -1px; font-weight: bold; }
table { border-collapse: collapse; margin-block: 1em; max-width: 860px; }
th, td { text-align: start; padding: 2px 8px; border-bottom: 1px solid var(--vscode-contrastBorder, var(--vscode-editorWidget-border, gray)); vertical-align: top; }
td:nth-child(-n + 2) { white-space: nowrap; }
td:nth-child(n + 3) { overflow-wrap: anywhere; min-width: 9ch; }
tr.bad td { color: var(--vscode-errorForeground); }
button { font: inherit; cursor: pointer; border-radius: 2px; }
[data-export] { color: var(--vscode-button-secondaryForeground); background: var(--vscode-button-secondaryBackground); border: 1px solid var(--vscode-contrastBorder, var(--vscode-button-border, transparent)); padding: 4px 10px; margin-inline-end: 1em; margin-block-end: .5em; }
td button { color: var(--vscode-textLink-foreground); background: none; border: 0; padding: 0 4px; min-width: 3ch; text-align: start; }
:focus-visible { outline: 2px solid var(--vscode-focusBorder); outline-offset: 1px; }
`;

/**
 * Runs in the web view. Of all rows one is in the tab order; arrow keys, Home and End move within a table, Enter goes to the
 * line. The step at the cursor of the text is marked, and scrolled to while the person works in the text.
 */
const SCRIPT = `
const host = acquireVsCodeApi();
const steps = [...document.querySelectorAll("[data-line]")];
const lineOf = (step) => Number(step.dataset.line);
const go = (element) => { const step = element.closest("[data-line]"); if (step) host.postMessage({ go: lineOf(step) }); };
const buttons = (table) => [...table.querySelectorAll("td button")];
const enter = (button) => { for (const other of buttons(button.closest("table"))) other.tabIndex = other === button ? 0 : -1; };
for (const table of document.querySelectorAll("table")) if (buttons(table)[0]) enter(buttons(table)[0]);
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-export]");
  if (button) host.postMessage({ export: button.dataset.export }); else go(event.target);
});
document.addEventListener("focusin", ({ target }) => { if (target.closest("td")) enter(target); });
document.addEventListener("keydown", (event) => {
  const table = event.target.closest("td") && event.target.closest("table");
  if (!table) return;
  const all = buttons(table);
  const at = all.indexOf(event.target);
  const next = { ArrowDown: all[at + 1], ArrowUp: all[at - 1], Home: all[0], End: all[all.length - 1] }[event.key];
  if (next) { next.focus(); event.preventDefault(); }
});
window.addEventListener("message", ({ data }) => {
  const before = steps.filter((step) => lineOf(step) <= data.line).map(lineOf);
  const line = Math.max(...before, -1);
  for (const step of steps) {
    const here = lineOf(step) === line;
    step.classList.toggle("here", here);
    if (!here) { step.removeAttribute("aria-current"); continue; }
    if (step.tagName === "TR") { step.setAttribute("aria-current", "step"); enter(step.querySelector("button")); }
    else if (!document.hasFocus()) step.scrollIntoView({ block: "nearest" });
  }
});
const kept = host.getState();
if (kept) window.scrollTo(0, kept.top);
window.addEventListener("scroll", () => host.setState({ top: window.scrollY }));
host.postMessage({ ready: true });
`;

/**
 * The page of the diagram: nothing is loaded from outside, and only our own script runs.
 * @param body made by the server, which escapes all text of the transcript
 */
export function diagramHtml(webview: Webview, body: string): string {
  const nonce = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
  const policy = `default-src 'none'; style-src ${webview.cspSource} 'unsafe-inline'; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="${env.language}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${l10n.t("SMTP diagram")}</title><style>${STYLE}</style></head>
<body><main><p><button type="button" data-export="svg">${l10n.t("Copy as SVG")}</button><button type="button" data-export="mermaid">${l10n.t("Copy as Mermaid")}</button></p>
${body}</main>
<script nonce="${nonce}">${SCRIPT}</script></body></html>`;
}
