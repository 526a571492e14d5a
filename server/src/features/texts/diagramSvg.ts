import { isRtl } from "../../reference/index.js";
import type { Session } from "../../session/model.js";
import type { Locale } from "../types.js";
import { say } from "../words.js";
import { type Step, stepsOf, waitOf } from "./diagram.js";

const ROW = 30;
const WIDTH = 620;
const LEFT = 70;
const RIGHT = WIDTH - 44;
const MIDDLE = (LEFT + RIGHT) / 2;

/**
 * The ladder as an SVG of its own, in colours that follow the theme where it is shown in a web view. It is not mirrored for
 * right-to-left readers: the client stands left as in every figure of the protocol. Each text is a paragraph of its own
 * with the direction of its language, so that a code never trades places with the words around it.
 */
export function svgOf(session: Session, locale: Locale): string {
  const steps = stepsOf(session, locale);
  const height = 60 + steps.length * ROW + 20;
  const rows = steps.map((step, k) => arrowOf(step, 60 + k * ROW, locale)).join("\n");
  const title = xml(say(locale, "outline.session", { number: session.index + 1 }));
  const own = `direction="${isRtl(locale) ? "rtl" : "ltr"}"`;
  const name = (key: "diagram.client" | "diagram.server", x: number): string =>
    `<text class="t" ${own} x="${x}" y="24" text-anchor="middle">${xml(say(locale, key))}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" xml:lang="${locale}" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${title}" direction="ltr" font-family="monospace" font-size="13">
<style>text{unicode-bidi:isolate}.l{stroke:var(--vscode-editor-foreground,#444);stroke-width:1}.t{fill:var(--vscode-editor-foreground,#222)}.good{stroke:var(--vscode-charts-green,#2a7d2a)}.transient{stroke:var(--vscode-charts-orange,#b06000)}.bad{stroke:var(--vscode-errorForeground,#b00020);stroke-width:2}.none{stroke:var(--vscode-charts-blue,#0050a0)}.tls{fill:var(--vscode-charts-green,#2a7d2a);fill-opacity:.12;stroke:var(--vscode-contrastBorder,none);stroke-dasharray:4}.mail{fill:var(--vscode-editor-foreground,#444);fill-opacity:.07;stroke:var(--vscode-contrastBorder,none)}.hit{fill:transparent}.g{fill:var(--vscode-descriptionForeground,#666);font-size:11px}</style>
${tlsShade(steps)}${mailShades(steps)}
${name("diagram.client", LEFT)}${name("diagram.server", RIGHT)}
<line class="l" x1="${LEFT}" y1="34" x2="${LEFT}" y2="${height - 10}"/><line class="l" x1="${RIGHT}" y1="34" x2="${RIGHT}" y2="${height - 10}"/>
${rows}
</svg>
`;
}

function tlsShade(steps: readonly Step[]): string {
  const first = steps.findIndex((step) => step.tls);
  if (first === -1) return "";
  const y = 60 + first * ROW - ROW / 2 - 4;
  return `<rect class="tls" x="${LEFT}" y="${y}" width="${RIGHT - LEFT}" height="${(steps.length - first) * ROW}"><title>TLS</title></rect>`;
}

/** A narrower shade behind each mail transaction, from MAIL to the reply that ended it. */
function mailShades(steps: readonly Step[]): string {
  const extents = new Map<Step["transaction"], { first: number; last: number }>();
  for (const [k, { transaction }] of steps.entries()) {
    if (transaction) extents.set(transaction, { first: extents.get(transaction)?.first ?? k, last: k });
  }
  const inset = 12;
  return [...extents.values()]
    .map(({ first, last }) => {
      const y = 60 + first * ROW - ROW / 2 - 4;
      return `<rect class="mail" x="${LEFT + inset}" y="${y}" width="${RIGHT - LEFT - 2 * inset}" height="${(last - first + 1) * ROW}"/>`;
    })
    .join("");
}

function arrowOf(step: Step, y: number, locale: Locale): string {
  const [from, to] = step.from === "client" ? [LEFT, RIGHT] : [RIGHT, LEFT];
  const tip = to + (to > from ? -9 : 9);
  const own = isRtl(locale) ? "rtl" : "ltr";
  const wait = waitOf(step, locale);
  // The start of a right-to-left text is its right end: the wait is anchored so that it stays in the margin.
  const gap =
    wait === undefined
      ? ""
      : `<text class="g" direction="${own}" x="8" y="${y + 4}" text-anchor="${own === "rtl" ? "end" : "start"}">${xml(`+${wait}`)}</text>`;
  const mark = step.outcome === "bad" ? "✗ " : step.outcome === "transient" ? "! " : "";
  const direction = step.own ? own : "ltr";
  return `<g data-line="${step.line}"><rect class="hit" x="0" y="${y - ROW / 2 - 4}" width="${WIDTH}" height="${ROW}"/><title>${step.line + 1}</title>${gap}<text class="t" direction="${direction}" x="${MIDDLE}" y="${y - 4}" text-anchor="middle">${xml(mark + step.label)}</text><line class="${step.outcome}" x1="${from}" y1="${y}" x2="${to}" y2="${y}"/><path class="${step.outcome}" fill="none" d="M${tip} ${y - 5} L${to} ${y} L${tip} ${y + 5}"/></g>`;
}

/** Escapes text for XML and HTML; control characters and what XML cannot hold become a picture of themselves. */
export function xml(text: string): string {
  return text
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufffe\uffff]/g, "\ufffd")
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;");
}
