import type { Exchange, Session } from "../../session/model.js";
import { secretSpans } from "../secrets.js";

/** One arrow of the ladder of client and server. */
export interface Step {
  readonly from: "client" | "server";
  readonly label: string;
  /** Source line, from 0. */
  readonly line: number;
  readonly outcome: "good" | "transient" | "bad" | "none";
  readonly tls: boolean;
  /** Milliseconds since the step before, where the dialect prints times. */
  readonly gap: number | undefined;
}

/** A state of the session that begins before a step. */
export interface Band {
  readonly before: number;
  readonly name: "TLS" | "transaction";
}

/** The steps of a session in order, message text as one step. Secrets are masked. */
export function stepsOf(session: Session): Step[] {
  const steps: Step[] = [];
  let time: number | undefined;
  let tls = session.tls === "implicit";
  const push = (step: Omit<Step, "gap" | "tls">, at: number | undefined): void => {
    steps.push({ ...step, tls, gap: at !== undefined && time !== undefined ? at - time : undefined });
    time = at ?? time;
  };
  for (const item of session.items) {
    if (item.kind === "exchange" && item.exchange.wire) {
      const { wire } = item.exchange;
      push({ from: "client", label: labelOf(item.exchange), line: wire.line, outcome: "none" }, wire.time);
    } else if (item.kind === "data") {
      const { lines } = item.data;
      push(
        { from: "client", label: `… ${lines.length}`, line: lines[0]?.line ?? 0, outcome: "none" },
        lines[lines.length - 1]?.time,
      );
    } else if (item.kind === "reply") {
      const { reply } = item;
      const first = reply.lines[0]?.wire;
      push(
        {
          from: "server",
          label: cut(`${reply.code ?? ""} ${reply.text}`.trim()),
          line: first?.line ?? 0,
          outcome: outcomeOf(reply.code),
        },
        first?.time,
      );
      if (reply.exchange?.verb === "STARTTLS" && reply.code === 220) tls = true;
    }
  }
  return steps;
}

function outcomeOf(code: number | null): Step["outcome"] {
  if (code === null) return "bad";
  return code >= 500 ? "bad" : code >= 400 ? "transient" : "good";
}

function labelOf(exchange: Exchange): string {
  let text = exchange.wire?.text ?? "";
  for (const secret of [...secretSpans(exchange)].reverse())
    text = `${text.slice(0, secret.from)}****${text.slice(secret.to)}`;
  return cut(text);
}

function cut(text: string): string {
  return text.length > 64 ? `${text.slice(0, 63)}…` : text;
}

/** A Mermaid sequence diagram. Text is reduced to what Mermaid cannot read as markup. */
export function mermaidOf(session: Session): string {
  const out = ["sequenceDiagram", "  participant C as Client", "  participant S as Server"];
  let tls = false;
  for (const step of stepsOf(session)) {
    if (step.tls && !tls) out.push("  Note over C,S: TLS");
    tls = step.tls;
    const arrow =
      step.outcome === "bad" || step.outcome === "transient" ? "--x" : step.from === "server" ? "-->>" : "->>";
    const [a, b] = step.from === "client" ? ["C", "S"] : ["S", "C"];
    out.push(`  ${a}${arrow}${b}: ${mermaidText(step.label)}`);
  }
  return `${out.join("\n")}\n`;
}

/** Mermaid reads "#", ";" and angle brackets; they are written as entity codes. */
function mermaidText(text: string): string {
  return text.replace(/[#;<>&"{}%`]/g, (character) => `#${character.charCodeAt(0)};`) || " ";
}

const ROW = 30;
const WIDTH = 860;
const LEFT = 150;
const RIGHT = WIDTH - 150;

/** The ladder as an SVG of its own, in colours that follow the theme where it is shown in a web view. */
export function svgOf(session: Session): string {
  const steps = stepsOf(session);
  const height = 60 + steps.length * ROW + 20;
  const rows = steps.map((step, k) => arrowOf(step, 60 + k * ROW)).join("\n");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" font-family="monospace" font-size="13">
<style>.l{stroke:var(--vscode-editor-foreground,#444);stroke-width:1}.t{fill:var(--vscode-editor-foreground,#222)}.good{stroke:var(--vscode-charts-green,#2a7d2a)}.transient{stroke:var(--vscode-charts-orange,#b06000)}.bad{stroke:var(--vscode-errorForeground,#b00020);stroke-width:2}.none{stroke:var(--vscode-charts-blue,#0050a0)}.tls{fill:var(--vscode-charts-green,#2a7d2a);opacity:.12}.g{fill:var(--vscode-descriptionForeground,#666);font-size:11px}</style>
${tlsShade(steps)}
<text class="t" x="${LEFT}" y="24" text-anchor="middle">Client</text><text class="t" x="${RIGHT}" y="24" text-anchor="middle">Server</text>
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

function arrowOf(step: Step, y: number): string {
  const [from, to] = step.from === "client" ? [LEFT, RIGHT] : [RIGHT, LEFT];
  const tip = to + (to > from ? -9 : 9);
  const gap =
    step.gap !== undefined && step.gap >= 1000
      ? `<text class="g" x="8" y="${y + 4}">+${(step.gap / 1000).toFixed(1)} s</text>`
      : "";
  const mark = step.outcome === "bad" ? "✗ " : step.outcome === "transient" ? "! " : "";
  return `<g data-line="${step.line}"><title>${step.line + 1}</title>${gap}<text class="t" x="${WIDTH / 2}" y="${y - 4}" text-anchor="middle">${xml(mark + step.label)}</text><line class="${step.outcome}" x1="${from}" y1="${y}" x2="${to}" y2="${y}"/><path class="${step.outcome}" fill="none" d="M${tip} ${y - 5} L${to} ${y} L${tip} ${y + 5}"/></g>`;
}

/** Escapes text for XML and HTML; control characters become a picture of themselves. */
export function xml(text: string): string {
  return text
    .replace(/[\u0000-\u001f\u007f]/g, "\ufffd")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;");
}
