import type { Transaction } from "../session/model.js";
import { exampleSession } from "./lib/example.js";
import { isRefusal, replyWire } from "./support.js";
import type { Exchange, Reply, Rule, RuleContext, Session } from "./types.js";

/** Codes that blame the client's command: other rules say what is wrong with it. */
const PROTOCOL = new Set([500, 501, 502, 503, 504, 555]);

/** A refusal that is no mistake, with what it means at this point of the session. */
export const refusalExplained: Rule = {
  id: "refusal-explained",
  severity: "information",
  party: "client",
  level: "practice",
  references: [
    { document: "RFC 5321", section: "4.2.1" },
    { document: "RFC 3463", section: "3" },
  ],
  topic: "replies",
  fixable: false,
  title: "The server refuses, which is no mistake",
  messages: {
    unknownUser: "{code}: the recipient does not exist at this server. Check the address; a retry does not help.",
    disabled:
      "{code}: the recipient's mailbox is switched off. Ask the recipient by other means; a retry rarely helps.",
    full: "{code}: the recipient's mailbox is full. Try again later, or tell the recipient.",
    relay:
      "{code}: this server does not take mail for that domain from this client. Log in, or check the domain's MX record.",
    sender:
      "{code}: the server does not accept the sender's address. Check that its domain exists and allows this server to send.",
    greylisted:
      "{code}: greylisting, the server wants to see a second attempt. Try again after some minutes from the same address.",
    rate: "{code}: too much at once for this server. Slow down and try again later.",
    size: "{code}: the message is larger than the server takes. Send it smaller, or as a link.",
    policy:
      "{code}: refused by policy or as suspected spam. The text says whose rule it was; a retry without a change does not help.",
    listed:
      "{code}: the sending address is on a block list. Look up the list that the text names, and ask to be removed there.",
    authentication:
      "{code}: the login failed. Check user name and password, and whether the account needs an app password.",
    authRequired: "{code}: the server wants a login first.",
    tlsRequired: "{code}: the server wants encryption first. Send STARTTLS, then EHLO again.",
    noMail: "{code}: this host takes no mail at all. Check the domain's MX record.",
    loop: "{code}: the message goes round in circles. Look at forwardings and at the Received fields.",
    closing: "{code}: the server closes the connection for now. Try again later.",
    temporary: "{code}: refused for now. The client should keep the message and try again later.",
    permanent: "{code}: refused for good. The text says why; a retry without a change does not help.",
  },
  why: "A refusal is an answer, not a breach of the protocol. What it means depends on the command that it answers, and on its codes.",
  fix: "Do what the message says. 4yz is tried again later by itself; 5yz needs a change first.",
  wrong: exampleSession(
    [],
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
    "C: RCPT TO:<bob@example.com>",
    "S: 550 5.1.1 <bob@example.com>: User unknown",
  ),
  right: exampleSession(
    [],
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
    "C: RCPT TO:<bob@example.com>",
    "S: 250 2.1.5 Ok",
  ),
  check(session, context) {
    if (session.greeting && isRefusal(session.greeting)) explain(session.greeting, undefined, context);
    for (const { responses, exchange, outcome } of session.auth) {
      const last = responses[responses.length - 1] ?? exchange;
      if (outcome === "failure") explain(last.reply, exchange, context);
    }
    for (const transaction of session.transactions) explainTransaction(transaction, session, context);
  },
};

/** Each different refusal of a transaction once; a list of unknown recipients is one piece of news. */
function explainTransaction(transaction: Transaction, session: Session, context: RuleContext): void {
  const seen = new Set<string>();
  const { mail, recipients, data } = transaction;
  const end = data?.end;
  const asked: (Exchange | undefined)[] = [mail, ...recipients.map(({ exchange }) => exchange), data?.exchange, end];
  for (const exchange of asked) {
    for (const reply of exchange?.replies ?? []) {
      if (!isRefusal(reply)) continue;
      const key = `${reply.code} ${reply.enhanced?.value ?? ""} ${exchange?.verb}`;
      if (seen.has(key) || isSaidElsewhere(reply, session)) continue;
      seen.add(key);
      explain(reply, exchange, context);
    }
  }
}

/** Relay refusals without a login have a rule that names the remedy. */
function isSaidElsewhere(reply: Reply, session: Session): boolean {
  const before = reply.exchange?.before;
  return (
    meaningOf(reply) === "relay" && before?.extensions?.has("AUTH") === true && session.end.authenticated === false
  );
}

function explain(reply: Reply | undefined, exchange: Exchange | undefined, context: RuleContext): void {
  const wire = reply && replyWire(reply);
  if (!reply || !wire || reply.code === null || PROTOCOL.has(reply.code)) return;
  if (context.isConsequence(reply) || (exchange && context.isConsequence(exchange))) return;
  const code = reply.enhanced ? `${reply.code} ${reply.enhanced.value}` : reply.code;
  context.report({ at: { wire }, message: meaningOf(reply), data: { code } });
}

/** Enhanced code without its class → meaning (RFC 3463 §3, RFC 4954 §6, RFC 7372, RFC 7505). */
const BY_ENHANCED: Readonly<Record<string, string>> = {
  "1.1": "unknownUser",
  "1.6": "unknownUser",
  "1.7": "sender",
  "1.8": "sender",
  "1.10": "noMail",
  "2.1": "disabled",
  "2.2": "full",
  "2.3": "size",
  "3.4": "size",
  "4.6": "loop",
  "7.8": "authentication",
  "7.9": "authentication",
};

const BY_TEXT: readonly (readonly [RegExp, string])[] = [
  [/\bSTARTTLS\b|must issue|TLS (?:is )?required/i, "tlsRequired"],
  [/\bgr[ea]y-?list/i, "greylisted"],
  [/\brelay(?:ing)?\b/i, "relay"],
  [
    /\b(?:user unknown|unknown user|no such user|no such mailbox|does not exist|mailbox not found|unknown recipient|recipient unknown)\b/i,
    "unknownUser",
  ],
  [/\b(?:over quota|quota exceeded|mailbox (?:is )?full|insufficient storage)\b/i, "full"],
  [/\b(?:too (?:many|much|fast)|rate limit|throttl|try again slower)/i, "rate"],
  [/\b(?:size limit|too (?:large|big)|exceeds (?:the )?(?:maximum|size))/i, "size"],
  [/\b(?:blacklist|block ?list|blocklisted|DNSBL|RBL|spamhaus|spamcop|barracuda)/i, "listed"],
  [/\b(?:spam|policy|prohibited|blocked|reputation|DMARC|SPF|DKIM|virus|malware)\b/i, "policy"],
  [/\bloop/i, "loop"],
];

/** What a refusal means: its code where that says it all, then its enhanced code, then the usual words, then its class. */
function meaningOf(reply: Reply): string {
  const { code, enhanced, text } = reply;
  if (code === 535 || code === 534) return "authentication";
  if (code === 530) return /TLS/i.test(text) ? "tlsRequired" : "authRequired";
  if (code === 521 || code === 556) return "noMail";
  const known = enhanced ? BY_ENHANCED[`${enhanced.subject}.${enhanced.detail}`] : undefined;
  if (known) return known;
  const words = BY_TEXT.find(([pattern]) => pattern.test(text))?.[1];
  if (words) return words;
  if (code === 421) return "closing";
  if (enhanced?.subject === 7) return "policy";
  return code !== null && code < 500 ? "temporary" : "permanent";
}
