import { exampleSession } from "./lib/example.js";
import { listsOf } from "./lib/lists.js";
import { commandsWith } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** A keyword of the EHLO reply is overwritten with X. */
export const tlsStrippingSuspect: Rule = {
  id: "tls-stripping-suspect",
  severity: "warning",
  party: "network",
  level: "practice",
  references: [{ document: "RFC 3207", section: "6" }],
  topic: "starttls",
  title: "A device on the way hides STARTTLS",
  messages: {
    default:
      "This keyword is overwritten with X, most likely STARTTLS: a firewall (Cisco “fixup” or “inspect esmtp”) or an attacker removes TLS. Switch the inspection off, or use port 465.",
    used: "STARTTLS fails for this reason.",
  },
  why: "Devices that inspect SMTP replace STARTTLS by XXXXXXXX or XXXXXXXA to keep the session readable (RFC 3207 §6). Mail and passwords then pass in clear.",
  fix: "Network: disable SMTP inspection (Cisco: no inspect esmtp, or allow-tls). Client: require TLS, use port 465.",
  wrong: exampleSession(["SIZE 10240000", "XXXXXXXA"]),
  right: exampleSession(["SIZE 10240000", "STARTTLS"]),
  fixable: false,
  check(session: Session, context: RuleContext): void {
    for (const { extensions } of listsOf(session)) {
      const masked = extensions.list.find(({ keyword }) => /^X{4,12}[A-Z]?$/.test(keyword));
      if (!masked || extensions.has("STARTTLS")) continue;
      const used = commandsWith(session, "STARTTLS").map(({ wire }) => ({ at: { wire }, message: "used" }));
      context.report({ at: { wire: masked.line.wire }, related: used });
      return;
    }
  },
};
