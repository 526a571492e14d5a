import { transcriptOf } from "./lib/example.js";
import { isPositive, isShownCommand } from "./support.js";
import type { Exchange, Rule, Session } from "./types.js";

/** Commands that must be the last of a group (RFC 2920 §3.1; RFC 4954 §3 for AUTH, RFC 3207 §4 for STARTTLS). */
const LAST = new Set(["EHLO", "HELO", "LHLO", "DATA", "VRFY", "EXPN", "TURN", "NOOP", "AUTH"]);

const OPENING = ["S: 220 mx.example.com ESMTP", "C: EHLO client.example.org"];

/** A command that must end a pipelined group is followed by another. */
export const pipeliningNotLast: Rule = {
  id: "pipelining-not-last",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 2920", section: "3.1" }],
  topic: "pipelining",
  fixable: false,
  title: "A command that must end a pipelined group is followed by another",
  messages: {
    default:
      "{verb} is sent before the reply to {before} is read, but {before} must be the last of its group. Wait for its reply.",
    line: "The next line is sent before the reply to {before} is read, but {before} must be the last of its group. Wait for its reply.",
    data: "The message is sent before the reply to DATA is read. If it is no 354, the lines are read as commands: wait for 354.",
    before: "This command was not answered yet.",
  },
  why: "What may follow depends on the reply: after a refusal the rest is read as something else, and a message may be taken for commands.",
  fix: "Let the client wait after EHLO, DATA, AUTH, VRFY, EXPN and NOOP, also where PIPELINING is offered.",
  elsewhere: "Exim: “554 SMTP synchronization error”. Postfix postscreen: COMMAND PIPELINING.",
  wrong: transcriptOf(
    ...OPENING,
    "C: MAIL FROM:<alice@example.org>",
    "S: 250-mx.example.com",
    "S: 250 PIPELINING",
    "S: 250 2.1.0 Ok",
  ),
  right: transcriptOf(
    ...OPENING,
    "S: 250-mx.example.com",
    "S: 250 PIPELINING",
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
  ),
  check(session, context) {
    if (session.traits.order !== "wire" || session.traits.sides !== "both") return;
    const { exchanges } = session;
    for (let at = 0; at + 1 < exchanges.length; at++) {
      const first = exchanges[at] as Exchange;
      const second = exchanges[at + 1] as Exchange;
      if (first.batch !== second.batch || !LAST.has(first.verb) || !mayJudge(session, first)) continue;
      if (context.isConsequence(second) || second.replies.length === 0 || !isShownCommand(first)) continue;
      // Behind an end of data in the same go it may be message text that the server took for commands: smuggling.
      if (exchanges.slice(0, at).some(({ kind, batch }) => kind === "end-of-data" && batch === first.batch)) continue;
      const isData = first.verb === "DATA";
      const wire = isData && second.kind === "end-of-data" ? messageStart(session, first) : second.wire;
      if (!wire || (second.verb === "QUIT" && !isData)) continue;
      context.report({
        at: { wire },
        message: isData && second.kind === "end-of-data" ? "data" : second.verb ? "default" : "line",
        severity: isPositive(first.reply) && isPositive(second.reply) ? "warning" : "error",
        data: { verb: second.verb, before: first.verb },
        related: [{ at: { wire: first.wire }, message: "before" }],
      });
      // All that came in one go has one cause.
      return;
    }
  },
};

/** Only where PIPELINING is the question: without it every batch is wrong, before the greeting the client talks first. */
function mayJudge(session: Session, first: Exchange): boolean {
  if (first.replies.length === 0 || !session.greeting || first.order < session.greeting.order) return false;
  if (session.end.extensions?.list.some(({ keyword }) => /PIPE_?CONNECT/.test(keyword))) return false;
  const { extensions, hello } = first.before;
  return extensions ? extensions.has("PIPELINING") : hello === undefined;
}

function messageStart(session: Session, data: Exchange): Session["wire"][number] | undefined {
  const transaction = session.transactions.find((candidate) => candidate.data?.exchange === data);
  return transaction?.data?.lines[0] ?? transaction?.data?.end?.wire;
}
