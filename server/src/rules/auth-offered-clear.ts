import { CLEAR_PASSWORD } from "../protocol/sasl.js";
import { exampleSession } from "./lib/example.js";
import { listsOf } from "./lib/lists.js";
import type { Rule, Session } from "./types.js";

/** PLAIN or LOGIN offered before TLS. */
export const authOfferedClear: Rule = {
  id: "auth-offered-clear",
  severity: "hint",
  party: "server",
  level: "SHOULD",
  references: [{ document: "RFC 4954", section: "4" }],
  topic: "auth",
  title: "Readable logins are offered on an open connection",
  messages: {
    default:
      "The server offers {mechanism} before TLS, so clients may send passwords readable. Offer it only under TLS (Postfix: smtpd_tls_auth_only = yes).",
  },
  why: "A server should not offer PLAIN and LOGIN unless the connection is protected (RFC 4954 §4): a client that does not know better gives its password away.",
  fix: "Postfix: smtpd_tls_auth_only = yes. Exim: condition server_advertise_condition on $tls_in_cipher.",
  wrong: exampleSession(["STARTTLS", "AUTH PLAIN LOGIN"]),
  right: exampleSession(["STARTTLS"]),
  fixable: false,
  check(session: Session, context): void {
    if (session.tls === "implicit" || !session.greeting) return;
    for (const { extensions, tls } of listsOf(session)) {
      const auth = extensions.get("AUTH");
      const names = auth?.parameters.filter((name) => CLEAR_PASSWORD.has(name.toUpperCase())) ?? [];
      // Without STARTTLS the server has no better to offer.
      if (!auth || tls || auth.line.wire.tls || names.length === 0 || !extensions.has("STARTTLS")) continue;
      context.report({ at: { wire: auth.line.wire }, data: { mechanism: names.join(", ") } });
    }
  },
};
