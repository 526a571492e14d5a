import { exampleSession, transcriptOf } from "./lib/example.js";
import { isRefusal, relatedReply } from "./support.js";
import type { Rule } from "./types.js";

/** A firewall hides the greeting behind asterisks. */
export const pixFixupBanner: Rule = {
  id: "pix-fixup-banner",
  severity: "warning",
  party: "network",
  level: "practice",
  references: [{ document: "Cisco PIX/ASA SMTP inspection" }],
  topic: "opening",
  fixable: false,
  title: "A firewall rewrites the greeting",
  messages: {
    default:
      "The greeting is masked by asterisks: a firewall rewrites SMTP here. It usually breaks EHLO, STARTTLS and AUTH; have its SMTP inspection switched off.",
    hello: "EHLO was refused with {code}, most likely by the same firewall.",
  },
  why: "Cisco PIX and ASA “fixup” or “inspect esmtp” hides the banner and all commands it does not know. Encryption and login fail through it.",
  fix: "Ask the operator of the receiving network to switch off SMTP inspection. The sender can only fall back to HELO without TLS.",
  wrong: transcriptOf(
    "S: 220 ****************************************0**2",
    "C: EHLO client.example.org",
    "S: 500 5.3.3 Unrecognized command",
  ),
  right: exampleSession([]),
  check(session, context) {
    const line = session.greeting?.lines[0];
    if (!line || !/^\*{4}[*0-9 ]{4,}$/.test(line.text.trim())) return;
    const hello = session.exchanges.find(({ verb, reply }) => verb === "EHLO" && isRefusal(reply));
    context.report({
      at: { wire: line.wire, from: line.textFrom },
      related: relatedReply(hello?.reply, "hello"),
    });
  },
};
