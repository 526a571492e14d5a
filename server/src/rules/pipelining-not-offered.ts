import { transcriptOf } from "./lib/example.js";
import { isPositive, isShownCommand, offered, type ShownCommand } from "./support.js";
import type { Exchange, Rule, Session } from "./types.js";

/** Commands sent in one go although the server does not offer PIPELINING. */
export const pipeliningNotOffered: Rule = {
  id: "pipelining-not-offered",
  severity: "warning",
  party: "client",
  level: "MUST",
  references: [
    { document: "RFC 5321", section: "4.3.1" },
    { document: "RFC 2920", section: "3" },
  ],
  topic: "pipelining",
  fixable: false,
  title: "Commands sent in one go without PIPELINING",
  messages: {
    default:
      "{verb} is sent before the reply to {before} is read, but this server does not offer PIPELINING. Wait for each reply.",
    accepted:
      "{verb} is sent before the reply to {before} is read. The server took it, though it does not offer PIPELINING.",
    afterData:
      "{verb} is sent before the reply to the data is read, but this server does not offer PIPELINING. Wait for each reply.",
    afterDataAccepted:
      "{verb} is sent before the reply to the data is read. The server took it, though it does not offer PIPELINING.",
    before: "This command was not answered yet.",
  },
  why: "A server that does not offer PIPELINING may lose what arrives early, and spam filters take it for a sign of abuse.",
  fix: "Send one command, read its reply, then send the next; or batch only when EHLO lists PIPELINING.",
  elsewhere:
    "Postfix postscreen: COMMAND PIPELINING. Exim: SMTP synchronization error. Suricata: smtp.invalid_pipelined_sequence.",
  wrong: transcriptOf(
    "S: 220 mx.example.com ESMTP",
    "C: EHLO client.example.org",
    "S: 250-mx.example.com",
    "S: 250 SIZE 10240000",
    "C: MAIL FROM:<alice@example.org>",
    "C: RCPT TO:<bob@example.com>",
    "S: 250 2.1.0 Ok",
    "S: 554 5.5.0 Improper use of SMTP command pipelining",
  ),
  right: transcriptOf(
    "S: 220 mx.example.com ESMTP",
    "C: EHLO client.example.org",
    "S: 250-mx.example.com",
    "S: 250 PIPELINING",
    "C: MAIL FROM:<alice@example.org>",
    "C: RCPT TO:<bob@example.com>",
    "S: 250 2.1.0 Ok",
    "S: 250 2.1.5 Ok",
  ),
  check(session, context) {
    if (session.traits.order !== "wire" || session.traits.sides !== "both") return;
    for (const [first, second, batch] of batches(session)) {
      if (!mayJudge(second) || context.isConsequence(second) || !batch.every(isAnswered)) continue;
      const accepted = batch.every(({ reply }) => isPositive(reply));
      context.report({
        at: { wire: second.wire },
        message: first.verb ? (accepted ? "accepted" : "default") : accepted ? "afterDataAccepted" : "afterData",
        // QUIT behind the last command loses nothing.
        severity: accepted || batch.every(({ verb }, at) => at === 0 || verb === "QUIT") ? "information" : "warning",
        data: { verb: second.verb, before: first.verb },
        related: first.wire ? [{ at: { wire: first.wire }, message: "before" }] : [],
      });
      return;
    }
  },
};

function isAnswered(exchange: Exchange): boolean {
  return exchange.replies.length > 0 || exchange.verb === "QUIT";
}

/** PIPELINING is known to be missing: a whole EHLO reply without it, or HELO. */
function mayJudge(exchange: ShownCommand): boolean {
  const list = offered(exchange);
  if (list) return !list.has("PIPELINING");
  return exchange.before.hello?.verb === "HELO" && !exchange.before.closed;
}

/** The groups of two and more exchanges that were sent without a reply in between. */
function batches(session: Session): [Exchange, ShownCommand, Exchange[]][] {
  const groups: [Exchange, ShownCommand, Exchange[]][] = [];
  let group: Exchange[] = [];
  const close = (): void => {
    const [first, second] = group;
    if (first && second && isShownCommand(second) && !first.inferred && first.kind !== "greeting") {
      groups.push([first, second, group]);
    }
  };
  for (const exchange of session.exchanges) {
    if (exchange.kind === "tls") continue;
    if (group[0] && group[0].batch !== exchange.batch) {
      close();
      group = [];
    }
    group.push(exchange);
  }
  close();
  return groups;
}
