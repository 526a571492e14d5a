import { EXAMPLE_ENVELOPE, exampleSession } from "./lib/example.js";
import { commandsWith } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** STARTTLS was offered, and the mail went in clear. */
export const tlsNotUsed: Rule = {
  id: "tls-not-used",
  severity: "hint",
  party: "client",
  level: "practice",
  references: [{ document: "RFC 3207", section: "6" }],
  topic: "starttls",
  title: "STARTTLS is offered and not used",
  messages: {
    default:
      "The server offers STARTTLS, and this mail goes over an open connection. Switch on TLS in the client, so that nobody on the way can read it.",
    offer: "Offered here.",
  },
  why: "Without TLS anyone on the way can read and change the mail. Test sessions often do without on purpose.",
  fix: "Client: use STARTTLS where it is offered (Postfix: smtp_tls_security_level = may or stronger).",
  wrong: exampleSession(["STARTTLS"], "C: MAIL FROM:<alice@example.org>", "S: 250 2.1.0 Ok"),
  right: exampleSession(["SIZE 10240000"], ...EXAMPLE_ENVELOPE.slice(0, 2)),
  fixable: false,
  check(session: Session, context: RuleContext): void {
    if (session.tls !== "offered") return;
    const mail = commandsWith(session, "MAIL")[0];
    const offer = mail?.before.extensions?.get("STARTTLS");
    if (!mail || !offer || context.isConsequence(mail) || (mail.reply?.code ?? 250) >= 400) return;
    context.report({ at: { wire: mail.wire }, related: [{ at: { wire: offer.line.wire }, message: "offer" }] });
  },
};
