import { authEntry, textsFor } from "../../reference/index.js";
import type { Exchange, Session } from "../../session/model.js";
import { saslOf } from "../../session/sasl.js";
import { answered } from "./command.js";
import type { HoverText } from "./text.js";

/** Hover of AUTH and its lines: mechanism, step, user name, what is wrong. A secret is never shown, only told of. */
export function hoverAuth(out: HoverText, exchange: Exchange, session: Session): void {
  const attempt = exchange.auth;
  if (!attempt) return;
  const { mechanism } = attempt;
  const entry = mechanism === null ? undefined : authEntry(mechanism);
  const text = entry && textsFor(out.locale).auth[entry.mechanism];
  const name = text ? out.ours(text.name) : out.say("hover.login");
  out.title(`${out.quote(mechanism === null ? "AUTH" : `AUTH ${mechanism}`)} ${name}`);
  out.paragraph(text ? out.ours(text.meaning) : undefined);
  const shown = saslOf(attempt).find((one) => one.exchange === exchange);
  const message = shown?.message;
  out.lines([
    shown && out.line(out.label("label.step"), String(shown.step + 1)),
    message?.user ? out.line(out.label("label.user"), out.quote(message.user)) : undefined,
    message?.secret ? out.label("label.secret") : undefined,
    message?.masked ? out.say("hover.masked") : undefined,
    message?.cancelled ? out.say("hover.cancelled") : undefined,
    message?.problem ? out.bold(out.say(`hover.sasl.${message.problem}`)) : undefined,
  ]);
  out.lines([
    answered(out, exchange, session),
    out.line(out.say("hover.outcome"), out.say(`auth.${attempt.outcome}`)),
    entry?.clearText && !exchange.before.tls ? out.say("hover.clearWithoutTls") : undefined,
  ]);
  if (text?.note) out.detail(out.ours(text.note));
  out.detail(entry ? entry.rfc.join(", ") : "RFC 4954 §4");
}
