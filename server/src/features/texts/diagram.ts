import type { Exchange, Session, Transaction } from "../../session/model.js";
import { hideSecrets, secretSpans } from "../secrets.js";
import type { Locale } from "../types.js";
import { say } from "../words.js";

/** One arrow of the ladder of client and server. */
export interface Step {
  readonly from: "client" | "server";
  readonly label: string;
  /** True where the label is a text of ours in the reader's language, not what was said on the wire. */
  readonly own: boolean;
  /** Source line, from 0. */
  readonly line: number;
  readonly outcome: "good" | "transient" | "bad" | "none";
  /** Code of a reply; null where it has none, undefined for what the client says. */
  readonly code?: number | null;
  readonly tls: boolean;
  /** The mail transaction that the step belongs to, if any. */
  readonly transaction: Transaction | undefined;
  /** Milliseconds since the step before, where the dialect prints times. */
  readonly gap: number | undefined;
}

/** The steps of a session in order, message text as one step. Secrets are masked. */
export function stepsOf(session: Session, locale: Locale): Step[] {
  const steps: Step[] = [];
  let time: number | undefined;
  let tls = session.tls === "implicit";
  const push = (step: Omit<Step, "gap" | "tls" | "own"> & { own?: boolean }, at: number | undefined): void => {
    steps.push({ own: false, ...step, tls, gap: at !== undefined && time !== undefined ? at - time : undefined });
    time = at ?? time;
  };
  for (const item of session.items) {
    if (item.kind === "exchange" && item.exchange.wire) {
      const { wire } = item.exchange;
      const { transaction } = item.exchange;
      push(
        { from: "client", label: labelOf(item.exchange, session), line: wire.line, outcome: "none", transaction },
        wire.time,
      );
    } else if (item.kind === "data") {
      const { lines, exchange } = item.data;
      const { transaction } = exchange;
      const label = say(locale, "diagram.message", { count: new Intl.NumberFormat(locale).format(lines.length) });
      push(
        { from: "client", label, own: true, line: lines[0]?.line ?? 0, outcome: "none", transaction },
        lines[lines.length - 1]?.time,
      );
    } else if (item.kind === "reply") {
      const { reply } = item;
      const first = reply.lines[0]?.wire;
      push(
        {
          from: "server",
          label: cut(hideSecrets(`${reply.code ?? ""} ${reply.text}`.trim(), session)),
          line: first?.line ?? 0,
          outcome: outcomeOf(reply.code),
          code: reply.code,
          transaction: reply.exchange?.transaction,
        },
        first?.time,
      );
      if (reply.exchange?.verb === "STARTTLS" && reply.code === 220) tls = true;
    }
  }
  return steps;
}

/** The time that passed before a step, in the reader's language; undefined below a second, which is no wait. */
export function waitOf(step: Step, locale: Locale): string | undefined {
  if (step.gap === undefined || step.gap < 1000) return undefined;
  const unit = { style: "unit", unit: "second", maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(locale, unit).format(step.gap / 1000);
}

function outcomeOf(code: number | null): Step["outcome"] {
  if (code === null) return "bad";
  return code >= 500 ? "bad" : code >= 400 ? "transient" : "good";
}

function labelOf(exchange: Exchange, session: Session): string {
  let text = exchange.wire?.text ?? "";
  for (const secret of [...secretSpans(exchange)].reverse())
    text = `${text.slice(0, secret.from)}****${text.slice(secret.to)}`;
  return cut(hideSecrets(text, session));
}

/** Marks that change the direction of what follows: a line could read as something that was not said. */
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

function cut(text: string): string {
  const plain = text.replace(DIRECTION, "");
  return plain.length > 64 ? `${plain.slice(0, 63)}…` : plain;
}
