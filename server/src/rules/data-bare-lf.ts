import type { MailData } from "../session/model.js";
import { EXAMPLE_HEADER, exampleEscaped, exampleMessage } from "./lib/example.js";
import { messagesOf, outcomeReply } from "./lib/message.js";
import { scanOf } from "./lib/scan.js";
import { irregularEnds } from "./lib/smuggling.js";
import { relatedReply, replyWire } from "./support.js";
import type { Reply, Rule, RuleContext, Session, WireLine } from "./types.js";

/** Lines of the message that end with LF alone on the wire. */
export const dataBareLf: Rule = {
  id: "data-bare-lf",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [
    { document: "RFC 5321", section: "2.3.8" },
    { document: "RFC 5321", section: "4.1.1.4" },
  ],
  topic: "bytes",
  title: "Message lines that end with LF instead of CR LF",
  messages: {
    default:
      "From here on, lines of this message end with LF alone instead of CR LF (lines: {count}). Servers that guard against SMTP smuggling refuse that: convert all line ends to CR LF before sending.",
    named:
      "The server refused the message ({code}) since its lines end with LF alone. Trying again does not help: convert all line ends to CR LF before sending.",
    reply: "The reply to the message: {code}",
  },
  why: "A line in SMTP ends with CR LF and nothing else (RFC 5321 §2.3.8). Servers that take a bare LF as a line end disagree with those that do not about where a message ends, which is what SMTP smuggling uses; Exchange Online refuses it (550 5.6.11) and Postfix can (smtpd_forbid_bare_newline).",
  fix: "Convert every line end to CR LF before the message is handed to the mail library, or hand it over as text and not as bytes, so that the library does it.",
  elsewhere: "Exchange 5.6.11; Postfix smtpd_forbid_bare_newline",
  wrong: exampleEscaped("Subject: Hello\\n\\nHi Bob\\n\\r\\n.\\r\\n", "250 2.0.0 Ok: queued as 4Xk2pQ1"),
  right: exampleMessage([], ...EXAMPLE_HEADER, "C: Hi Bob", "C: ."),
  scope: "document",
  fixable: false,
  check(session: Session, context: RuleContext): void {
    const shown = new Set<MailData>();
    for (const { data } of messagesOf(session, context)) {
      // BDAT carries what it is given; in text it has a rule of its own (bdat-bare-lf).
      if (data.kind !== "DATA" || irregularEnds(session, data).length > 0) continue;
      const bare = bareLines(data, context);
      const wire = bare[0];
      if (!wire) continue;
      shown.add(data);
      context.report({
        at: { wire },
        data: { count: bare.length },
        related: relatedReply(outcomeReply(data), "reply"),
      });
    }
    reportNamed(session, context, shown);
  },
};

/** Lines with a bare LF as the dialect spells it, or as the file's bytes show it inside a message of CR LF lines. */
function bareLines(data: MailData, { facts, transcript }: RuleContext): readonly WireLine[] {
  const spelt = scanOf(data).bareLf;
  if (spelt.length > 0 || !facts || facts.counts["bare-lf"] === 0) return spelt;
  const lines = new Set(facts.places.filter(({ kind }) => kind === "bare-lf").map(({ line }) => line));
  const { source } = transcript;
  const bare = data.lines.filter((wire) => wire.wireEnd === undefined && lines.has(source.lineAt(wire.end)));
  // Tools print all of a message with LF, or all of it as it was; only a mixture tells what was on the wire.
  return bare.length * 2 < data.lines.length ? bare : [];
}

const NAMED = /\bbare[ -]?(?:<?LF>?|line[- ]?feeds?|newlines?)\b/i;

/** A refusal that names the bare LF, where the tool does not show the line ends or the message. */
function reportNamed(session: Session, context: RuleContext, shown: Set<MailData>): void {
  for (const reply of session.replies) {
    if ((reply.code ?? 0) < 400 || !NAMED.test(reply.text) || context.isConsequence(reply)) continue;
    const data = session.transactions.findLast((one) => (one.data?.exchange.order ?? Infinity) < reply.order)?.data;
    const wire = replyWire(reply);
    if (!data || !wire || shown.has(data) || irregularEnds(session, data).length > 0) continue;
    shown.add(data);
    const at = data.lines[0] ?? noteBefore(session, data, reply) ?? wire;
    context.report({
      at: { wire: at },
      message: "named",
      data: { code: reply.code ?? "?" },
      related: at === wire ? [] : relatedReply(reply, "reply"),
    });
  }
}

/** What the tool itself says of the bare LF, between DATA and the refusal. */
function noteBefore(session: Session, data: MailData, reply: Reply): WireLine | undefined {
  const from = data.exchange.order;
  for (const item of session.items.slice(from, reply.order)) {
    if (item.kind === "note" && NAMED.test(item.wire.text)) return item.wire;
  }
  return undefined;
}
