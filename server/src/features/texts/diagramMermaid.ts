import type { Session } from "../../session/model.js";
import type { Locale } from "../types.js";
import { say } from "../words.js";
import { stepsOf } from "./diagram.js";

/** A Mermaid sequence diagram. Text is reduced to what Mermaid cannot read as markup. */
export function mermaidOf(session: Session, locale: Locale): string {
  const [client, server] = [say(locale, "diagram.client"), say(locale, "diagram.server")].map(mermaidText);
  const out = ["sequenceDiagram", `  participant C as ${client}`, `  participant S as ${server}`];
  let tls = false;
  for (const step of stepsOf(session, locale)) {
    if (step.tls && !tls) out.push("  Note over C,S: TLS");
    tls = step.tls;
    const arrow =
      step.outcome === "bad" || step.outcome === "transient" ? "--x" : step.from === "server" ? "-->>" : "->>";
    const [a, b] = step.from === "client" ? ["C", "S"] : ["S", "C"];
    out.push(`  ${a}${arrow}${b}: ${mermaidText(step.label)}`);
  }
  return `${out.join("\n")}\n`;
}

/**
 * Mermaid reads "#", ";" and angle brackets; they are written as entity codes. Control characters and the line ends of
 * Unicode, which could end the line, become pictures of themselves.
 */
function mermaidText(text: string): string {
  const tame = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, "\ufffd");
  return tame.replace(/[#;<>&"{}%`]/g, (character) => `#${character.charCodeAt(0)};`) || " ";
}
