import type { Session } from "../../session/model.js";
import type { Locale } from "../types.js";
import { isRightToLeft, say } from "../words.js";
import { stepsOf, svgOf, xml } from "./diagram.js";

/**
 * The diagram of all sessions as the body of a web view: the picture, and a table with the same content for screen readers
 * and keyboards. Every row carries its source line in `data-line`; the client adds scripts and the content policy.
 */
export function diagramPage(sessions: readonly Session[], locale: Locale): string {
  const direction = isRightToLeft(locale) ? "rtl" : "ltr";
  const parts = sessions.map((session) => {
    const title = xml(say(locale, "outline.session", { number: session.index + 1 }));
    return `<section><h2>${title}</h2><div class="picture" dir="ltr">${svgOf(session)}</div>${tableOf(session, locale)}</section>`;
  });
  return `<div dir="${direction}">${parts.join("\n")}</div>`;
}

function tableOf(session: Session, locale: Locale): string {
  const rows = stepsOf(session).map((step) => {
    const who = say(locale, step.from === "client" ? "diagram.client" : "diagram.server");
    return `<tr tabindex="0" data-line="${step.line}" class="${step.outcome}"><td>${step.line + 1}</td><td>${xml(who)}</td><td dir="ltr">${xml(step.label)}</td></tr>`;
  });
  const head = [say(locale, "diagram.line"), say(locale, "diagram.speaker"), say(locale, "diagram.said")]
    .map((word) => `<th scope="col">${xml(word)}</th>`)
    .join("");
  return `<table><thead><tr>${head}</tr></thead><tbody>${rows.join("")}</tbody></table>`;
}
