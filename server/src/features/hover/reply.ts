import { decodeBase64 } from "../../protocol/base64.js";
import {
  codesOf,
  duration,
  type EnhancedExplanation,
  type Explanation,
  explainCode,
  label,
  textsFor,
} from "../../reference/index.js";
import type { Exchange, Reply, Session } from "../../session/model.js";
import { hideSecrets } from "../secrets.js";
import type { ClientAbilities, Locale } from "../types.js";
import type { HoverText } from "./text.js";

const COMPARE = "smtpTranscripts.compareReplyCode";

/** What an exchange is called in `explainCode`: its verb, or the special names of the reference. */
export function stageName(exchange: Exchange | undefined): string | undefined {
  if (!exchange) return undefined;
  if (exchange.kind === "greeting") return "CONNECT";
  if (exchange.kind === "end-of-data") return "DATA-END";
  if (exchange.kind === "auth-response") return "AUTH-RESPONSE";
  return exchange.verb === "" ? undefined : exchange.verb;
}

/** The explanation of a reply where it stands: stage, wording, server. */
export function explainReply(reply: Reply, session: Session, locale: Locale): Explanation | undefined {
  return explainCode(reply.code, reply.enhanced?.value, {
    after: stageName(reply.exchange),
    locale,
    text: reply.text,
    greetingHost: session.greeting?.text,
  });
}

/** Hover of a reply: what it means here, who must act, whether to try again, what the client did next. */
export function hoverReply(out: HoverText, reply: Reply, session: Session, client: ClientAbilities): void {
  const explanation = explainReply(reply, session, out.locale);
  if (!explanation) return;
  writeHead(out, explanation, answers(out, reply, session));
  const failed = reply.code !== null && reply.code >= 400;
  out.lines([
    failed ? out.line(out.label("label.client"), clientDid(out, reply, session)) : undefined,
    out.line(out.say("hover.took"), tookTime(out, reply)),
    out.line(out.say("hover.queued"), queued(out, reply, session)),
    out.line(out.say("hover.prompt"), prompt(out, reply)),
    out.line(out.say("hover.decoded"), tokenError(out, reply)),
  ]);
  writeDetails(out, explanation, client);
}

/** The head: codes, cause, who must act, retry, what to do, what does not help. Also used for deliveries. */
export function writeHead(out: HoverText, explanation: Explanation, answering: string | undefined): void {
  const { provider, code } = explanation;
  const failed = code === null || code >= 400;
  const name = `${out.quote(codesOf(explanation))} ${out.ours(explanation.name)}`;
  out.lines([out.bold(name), answering]);
  const who = provider?.name === undefined ? "" : ` (${out.label("text.saidBy", { provider: provider.name })})`;
  out.paragraph(`${out.ours(causeOf(explanation))}${who}`);
  if (!failed) return;
  const actors = explanation.actors.map((actor) => out.label(`actor.${actor}`)).join(out.label("join.list"));
  const wait =
    explanation.wait === undefined
      ? ""
      : ` ${out.label("text.waitAsked", { time: duration(explanation.wait, out.locale) })}`;
  out.lines([
    out.line(out.label("label.actors"), actors),
    out.line(out.label("label.retry"), `${out.ours(explanation.retry.text)}${wait}`),
    out.line(out.label("label.fix"), explanation.fix === undefined ? undefined : out.ours(explanation.fix)),
    out.line(out.label("label.not"), explanation.not[0] === undefined ? undefined : out.ours(explanation.not[0])),
  ]);
}

/** What happened, in a sentence or two: the most exact that is known. */
function causeOf({ cause, code, here, meaning }: Explanation): string {
  const failed = code === null || code >= 400;
  return (failed ? cause : undefined) ?? here ?? meaning;
}

/**
 * What stands below the line. Where the cause is known: the enhanced code, and advice that fits. Else also the code in
 * general and its likely causes.
 */
export function writeDetails(out: HoverText, explanation: Explanation, client: ClientAbilities): void {
  const { code, enhanced, exact } = explanation;
  const simple = code !== null && code < 300;
  const said = causeOf(explanation);
  const failed = code === null || code >= 400;
  if (!simple && !exact && !(failed && said === explanation.here)) {
    if (explanation.meaning !== said) out.detail(out.ours(explanation.meaning));
  }
  if (enhanced && code !== null) out.detail(enhancedLine(out, enhanced, explanation));
  for (const note of explanation.notes) out.detail(out.ours(note));
  if (!simple) {
    const list = (key: string, items: readonly string[], most: number) =>
      out.detailList(
        out.label(key),
        items.slice(0, most).map((text) => out.ours(text)),
      );
    // The words of a stage name its likely causes.
    if (!exact && !explanation.here) list("label.causes", explanation.causes, 3);
    const sender = explanation.sender.filter((text) => !explanation.fix || !sameAdvice(text, explanation.fix));
    list("label.sender", sender, explanation.fix ? 1 : 2);
    list("label.server", explanation.server, 2);
  }
  out.detailLines([sourcesInShort(explanation.sources), compareLink(out, explanation, client)]);
}

/** Whether a piece of advice was given already, without the command that it begins with. */
function sameAdvice(text: string, given: string): boolean {
  return text.toLowerCase().endsWith(given.toLowerCase());
}

/**
 * An enhanced code taken apart. Its name and meaning are left out where they say no more than the subject (`2.0.0`), where they were said,
 * and where the wording is known: providers use many codes for something else than the registry says.
 */
function enhancedLine(out: HoverText, enhanced: EnhancedExplanation, explanation: Explanation): string | undefined {
  const kind = [enhanced.class, enhanced.subject].join(out.label("join.list"));
  const vague = enhanced.code.endsWith(".0");
  const named = enhanced.name === explanation.name;
  const silent = vague || explanation.provider || (named && enhanced.meaning === causeOf(explanation));
  const name = enhanced.name && !named ? `${enhanced.name}${out.label("join.sentence")}` : "";
  const texts = silent ? "" : `${name}${enhanced.meaning}`;
  return out.line(out.quote(enhanced.code), texts === "" ? kind : `${kind}. ${out.ours(texts)}`);
}

/** At most three sections of RFCs, each document named once: "RFC 5321 §4.2.2, §4.3.2; RFC 3207 §4". */
export function sourcesInShort(sources: readonly string[]): string {
  const sections = new Map<string, string[]>();
  for (const source of sources.filter((one) => one.startsWith("RFC")).slice(0, 3)) {
    const [document = "", section] = source.split(/ (?=§)/);
    sections.set(document, [...(sections.get(document) ?? []), ...(section ? [section] : [])]);
  }
  return [...sections].map(([document, list]) => [document, list.join(", ")].filter(Boolean).join(" ")).join("; ");
}

/** The only link that a hover holds, to our own comparison. */
function compareLink(out: HoverText, explanation: Explanation, client: ClientAbilities): string | undefined {
  if (explanation.code === null || out.format !== "markdown" || !client.commands.has(COMPARE)) return undefined;
  const links = explanation.near.slice(0, 2).map(({ code }) => {
    const list = encodeURIComponent(JSON.stringify([explanation.code, Number(code)]));
    return `[${label(textsFor(out.locale), "label.compare", { code })}](command:${COMPARE}?${list})`;
  });
  const any = encodeURIComponent(JSON.stringify([explanation.code]));
  links.push(`[${out.label("label.compare", { code: "…" })}](command:${COMPARE}?${any})`);
  return links.join(" · ");
}

/** Which command the reply answers, and where. */
function answers(out: HoverText, reply: Reply, session: Session): string | undefined {
  const { exchange } = reply;
  if (!exchange) return out.say("hover.unasked");
  if (exchange.kind === "greeting") return out.say("hover.greeting");
  const line = exchange.wire ? exchange.wire.line + 1 : undefined;
  if (exchange.kind === "end-of-data") {
    return line === undefined ? out.say("hover.answersEnd") : out.say("hover.answersEndAt", { line });
  }
  if (exchange.kind === "auth-response") return out.say("hover.answersAuth", { line: line ?? "?" });
  // The argument of AUTH can hold a password: only the verb and the mechanism are repeated.
  const command =
    exchange.verb === "AUTH"
      ? `AUTH ${exchange.auth?.mechanism ?? ""}`.trim()
      : hideSecrets((exchange.wire?.text ?? exchange.verb).trim(), session);
  const key = exchange.inferred ? "hover.answersInferred" : line === undefined ? "hover.answers" : "hover.answersAt";
  const text = out.say(key, { command: out.quote(command), line: line ?? "" });
  const batch = session.exchanges.filter((other) => other.batch === exchange.batch && other.kind === "command");
  return batch.length > 1 ? `${text} ${out.say("hover.pipelined", { count: batch.length })}` : text;
}

/** What the client did after a refusal, and whether it tried the same again later. */
function clientDid(out: HoverText, reply: Reply, session: Session): string {
  const last = reply.lines[reply.lines.length - 1];
  const end = last?.wire.start ?? 0;
  const next = session.exchanges.find((other) => other.wire !== undefined && other.wire.start > end);
  if (!next?.wire) return out.say(`hover.ended.${session.closedBy}`);
  const shown =
    next.kind === "auth-response"
      ? out.say("hover.loginLine")
      : out.quote(next.verb === "AUTH" ? "AUTH" : hideSecrets(next.wire.text.trim(), session));
  const text = out.say("hover.nextCommand", { command: shown, line: next.wire.line + 1 });
  const again = sameRecipientLater(reply, session);
  return again === undefined ? text : `${text}; ${out.say("hover.triedAgain", { line: again })}`;
}

/** Line of a later RCPT for the recipient that this reply refused; undefined where there is none. */
function sameRecipientLater(reply: Reply, session: Session): number | undefined {
  const { exchange } = reply;
  if (exchange?.verb !== "RCPT") return undefined;
  const recipient = exchange.transaction?.recipients.find((other) => other.exchange === exchange);
  if (!recipient || recipient.forwardPath === null) return undefined;
  for (const transaction of session.transactions) {
    for (const other of transaction.recipients) {
      if (other.exchange.order <= exchange.order || other.forwardPath !== recipient.forwardPath) continue;
      if (other.exchange.wire) return other.exchange.wire.line + 1;
    }
  }
  return undefined;
}

/** Time from the command to its reply, where the dialect prints time stamps and it is long enough to tell. */
function tookTime(out: HoverText, reply: Reply): string | undefined {
  const asked = reply.exchange?.wire?.time;
  const answered = reply.lines[0]?.wire.time;
  if (asked === undefined || answered === undefined || answered - asked < 1000) return undefined;
  const seconds = Math.round((answered - asked) / 100) / 10;
  if (seconds >= 60) return duration(Math.round(seconds), out.locale);
  return new Intl.NumberFormat(out.locale, { style: "unit", unit: "second", unitDisplay: "long" }).format(seconds);
}

function queued(out: HoverText, reply: Reply, session: Session): string | undefined {
  const transaction = session.transactions.find((other) => other.decidedBy === reply && other.queueId !== null);
  return transaction?.queueId ? out.quote(transaction.queueId) : undefined;
}

/** Prompts of AUTH LOGIN as servers send them (draft-murchison-sasl-login §2; Microsoft, Exim and others vary the words). */
const PROMPTS: Readonly<Record<string, string>> = {
  VXNlcm5hbWU6: "Username:",
  "VXNlciBOYW1lAA==": "User Name",
  UGFzc3dvcmQ6: "Password:",
  UGFzc3dvcmQA: "Password",
  dXNlcm5hbWU6: "username:",
  cGFzc3dvcmQ6: "password:",
};

/** What a base64 prompt of AUTH LOGIN says (RFC 4954 §4); challenges of other mechanisms are no text. */
function prompt(out: HoverText, reply: Reply): string | undefined {
  if (reply.code !== 334 || reply.exchange?.auth?.mechanism !== "LOGIN") return undefined;
  const said = PROMPTS[reply.text.trim()];
  return said === undefined ? undefined : out.quote(said);
}

/** The status in the error that follows a refused token, as JSON (RFC 7628 §3.2.2). The rest of it may repeat the token. */
function tokenError(out: HoverText, reply: Reply): string | undefined {
  const mechanism = reply.exchange?.auth?.mechanism;
  if (reply.code !== 334 || (mechanism !== "XOAUTH2" && mechanism !== "OAUTHBEARER")) return undefined;
  const decoded = decodeBase64(reply.text.trim());
  const status = decoded.ok
    ? /"status"\s{0,9}:\s{0,9}"?(\w{1,20})"/.exec(new TextDecoder().decode(decoded.bytes))
    : null;
  return status?.[1] && /^(?:\d{3}|invalid_\w+|insufficient_\w+)$/.test(status[1]) ? out.quote(status[1]) : undefined;
}
