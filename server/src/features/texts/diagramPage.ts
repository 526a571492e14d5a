import { isRtl } from "../../reference/index.js";
import type { Session } from "../../session/model.js";
import { outcomeInWords } from "../outcomeWords.js";
import type { Locale } from "../types.js";
import { say } from "../words.js";
import { type Step, stepsOf, waitOf } from "./diagram.js";
import { svgOf, xml } from "./diagramSvg.js";

/**
 * The diagram of all sessions as the body of a web view: the picture, and a table with the same content for screen readers
 * and keyboards. Every arrow and row carries its source line in `data-line`; the client adds scripts and the content policy.
 */
export function diagramPage(sessions: readonly Session[], locale: Locale): string {
  const direction = isRtl(locale) ? "rtl" : "ltr";
  const parts = sessions.map((session) => {
    const title = xml(say(locale, "outline.session", { number: session.index + 1 }));
    const id = `session-${session.index}`;
    return `<section><h2 id="${id}">${title}</h2><div class="picture" dir="ltr" tabindex="0" role="group" aria-labelledby="${id}">${svgOf(session, locale)}</div>${tableOf(session, locale, id)}</section>`;
  });
  return `<div dir="${direction}" lang="${locale}">${parts.join("\n")}</div>`;
}

/** Each row has one button, which takes a keyboard to the line. */
function tableOf(session: Session, locale: Locale, id: string): string {
  const own = isRtl(locale) ? "rtl" : "ltr";
  const rows = stepsOf(session, locale).map((step) => {
    const who = say(locale, step.from === "client" ? "diagram.client" : "diagram.server");
    return `<tr data-line="${step.line}" class="${step.outcome}"><td><button type="button">${step.line + 1}</button></td><td>${xml(who)}</td><td dir="${step.own ? own : "ltr"}">${xml(step.label)}</td><td>${xml(noteOf(step, locale))}</td></tr>`;
  });
  const head = (["diagram.line", "diagram.speaker", "diagram.said", "diagram.note"] as const)
    .map((key) => `<th scope="col">${xml(say(locale, key))}</th>`)
    .join("");
  return `<table aria-labelledby="${id}"><thead><tr>${head}</tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

/** What the picture says of a step by colour, shade and margin: a refusal, TLS, a wait. */
function noteOf(step: Step, locale: Locale): string {
  const wait = waitOf(step, locale);
  const begins = step.transaction?.mail.wire?.line === step.line && step.from === "client";
  const notes = [
    begins && step.transaction ? outcomeInWords(locale, step.transaction) : "",
    step.outcome === "bad" && step.code ? say(locale, "outcome.rejected") : "",
    step.outcome === "transient" ? say(locale, "outcome.deferred") : "",
    step.tls ? "TLS" : "",
    // A time is words of the reader's language: it takes no isolate, which would put its unit before its number.
    wait === undefined ? "" : say(locale, "diagram.after").replace("{time}", wait),
  ];
  return notes.filter((note) => note !== "").join(say(locale, "list.separator"));
}
