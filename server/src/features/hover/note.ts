import type { Delivery, ToolNote, WireLine } from "../../dialects/types.js";
import { explainCode } from "../../reference/index.js";
import type { ClientAbilities } from "../types.js";
import type { WordKey } from "../words/en.js";
import { writeDetails, writeHead } from "./reply.js";
import type { HoverText } from "./text.js";

/** Hover of a line in which the tool tells of TLS, the connection, or what it does not print. False where there is nothing to say. */
export function hoverNote(out: HoverText, wire: WireLine): boolean {
  const { note } = wire;
  if (!note) return false;
  switch (note.kind) {
    case "tls-started":
    case "tls-detail":
      return tls(out, note);
    case "tls-failed":
      out.title(out.say("hover.tlsFailed")).paragraph(out.say(why(wire, TLS_FAULTS) ?? "hover.tlsFailedText"));
      out.detail("RFC 3207 §4.1");
      return true;
    case "connect-failed":
      out.title(out.say("hover.connectFailed"));
      out.paragraph(out.say(why(wire, CONNECT_FAULTS) ?? "hover.connectFailedText"));
      return true;
    case "close":
      out.title(out.say(`closed.${note.by}`));
      return true;
    case "data-hidden":
      out.title(out.say("hover.dataHidden")).paragraph(out.say("hover.dataHiddenText"));
      return true;
    case "auth-hidden":
      out.title(out.say("hover.authHidden")).paragraph(out.say("hover.authHiddenText"));
      return true;
    default:
      return false;
  }
}

/** What libraries say of a failed handshake (OpenSSL, GnuTLS, Java, Schannel), and what it means. */
const TLS_FAULTS: readonly (readonly [RegExp, WordKey])[] = [
  [/certificate (?:has )?expired|not yet valid|CERT_HAS_EXPIRED|CertificateExpired/i, "hover.tls.expired"],
  [
    /host ?name[^.]{0,40}(?:mismatch|not match)|not match[^.]{0,40}host|ALTNAME_INVALID|no alternative .{0,40}name/i,
    "hover.tls.otherName",
  ],
  [
    /self.signed|unable to (?:get|verify)|unknown (?:ca|authority)|verify failed|untrusted|PKIX path|not trusted/i,
    "hover.tls.untrusted",
  ],
  [
    /wrong version number|unknown protocol|unexpected tls packet|plaintext connection|not an? (?:ssl|tls)/i,
    "hover.tls.plain",
  ],
];

/** What systems say of a connection that was not made. */
const CONNECT_FAULTS: readonly (readonly [RegExp, WordKey])[] = [
  [/refused/i, "hover.connect.refused"],
  [/timed? ?out|ETIMEDOUT|timeout/i, "hover.connect.timeout"],
  [/not known|not found|ENOTFOUND|could not resolve|unknown ?host|getaddrinfo/i, "hover.connect.unknownHost"],
];

function why(wire: WireLine, faults: readonly (readonly [RegExp, WordKey])[]): WordKey | undefined {
  return faults.find(([said]) => said.test(wire.text.slice(0, 1000)))?.[1];
}

function tls(out: HoverText, note: ToolNote & { kind: "tls-started" | "tls-detail" }): boolean {
  const implicit = note.kind === "tls-started" && note.implicit === true;
  out.title(out.say("hover.tls"));
  out.paragraph(out.say(implicit ? "hover.tlsImplicit" : "hover.tlsText"));
  out.lines([
    note.version ? out.line(out.say("hover.tlsVersion"), out.quote(note.version)) : undefined,
    note.cipher ? out.line(out.say("hover.tlsCipher"), out.quote(note.cipher)) : undefined,
    note.verified === undefined ? undefined : out.say(note.verified ? "hover.verified" : "hover.notVerified"),
  ]);
  out.detail(implicit ? "RFC 8314 §3" : "RFC 3207 §4.2");
  return true;
}

/** Hover of a delivery that a log line or a report tells of. */
export function hoverDelivery(out: HoverText, delivery: Delivery, client: ClientAbilities): void {
  const explanation = explainCode(delivery.code, delivery.enhanced, {
    after: delivery.stage ?? undefined,
    locale: out.locale,
    text: delivery.text ?? undefined,
    greetingHost: delivery.relay ?? undefined,
  });
  const status = out.say(`delivery.${delivery.status}`);
  const about = [
    delivery.recipient === null ? undefined : out.line(out.say("hover.recipient"), out.quote(delivery.recipient)),
    delivery.relay === null ? undefined : out.line(out.say("hover.relay"), out.quote(delivery.relay)),
    delivery.stage === null ? undefined : out.line(out.label("label.stage"), out.quote(delivery.stage)),
    delivery.queueId === null ? undefined : out.line(out.say("hover.queued"), out.quote(delivery.queueId)),
  ];
  if (!explanation) {
    out.title(status).lines(about);
    return;
  }
  writeHead(out, explanation, status);
  out.lines(about);
  writeDetails(out, explanation, client);
}
