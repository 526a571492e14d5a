import type { ReadContext, ToolNote } from "./types.js";
import { type UnmarkedOptions, unmarkedDialect } from "./unmarked.js";
import { looksLikeCommand, looksLikeServerLine } from "./unmarked-lines.js";

const OWN = /^(?:- |\*\*\* |\|<\d{1,2}>\||Processed \d+ |Resolving '|Connecting to '|Fatal error|Error )/;
const CIPHER = /^- Description: \((TLS[\d.]+|DTLS[\d.]+)(?:-X\.509)?\).*\(([^()]+)\)$/;

/** gnutls-cli: certificates and `- ` lines, then the dialogue without marks. With --starttls-proto the part in clear is not printed. */
export const gnutlsCli = unmarkedDialect(
  {
    id: "gnutls-cli",
    title: "gnutls-cli",
    seenWith: "gnutls-cli 3.7.9",
    detect(sample) {
      const own = sample.count(
        /^- (?:Handshake was completed|Simple Client Mode:|Certificate type: X|Got a certificate list|Peer has closed|Status: The certificate|Description: \()/,
      );
      return own > 1 ? 0.95 : own === 1 ? 0.7 : 0;
    },
  },
  (context) => new GnutlsLines(context),
);

class GnutlsLines implements UnmarkedOptions {
  #spoke = false;
  #resolved: string | undefined;

  constructor(readonly context: ReadContext) {}

  isTool(text: string): boolean {
    if (looksLikeServerLine(text)) {
      this.#spoke = true;
      return false;
    }
    return this.#spoke ? OWN.test(text) : !looksLikeCommand(text);
  }

  note(text: string): ToolNote | undefined {
    const resolving = /^Resolving '([^':]{1,255})(?::[^']{1,20})?'\.\.\.$/.exec(text);
    if (resolving) this.#resolved = resolving[1];
    const connecting = /^Connecting to '(\[?[0-9a-fA-F.:]{3,45}?\]?):(\d{1,5})'\.\.\.$/.exec(text);
    if (connecting) {
      this.#spoke = false;
      return { kind: "connect", host: this.#resolved, ip: connecting[1], port: Number(connecting[2]) };
    }
    const cipher = CIPHER.exec(text);
    if (cipher) return { kind: "tls-started", implicit: !this.#spoke, version: cipher[1], cipher: cipher[2] };
    if (text.startsWith("- Status: The certificate is trusted")) return { kind: "tls-detail", verified: true };
    if (text.startsWith("- Status: The certificate is NOT trusted")) return { kind: "tls-detail", verified: false };
    if (text.startsWith("- Peer has closed")) return { kind: "close", by: "server" };
    if (/^\*\*\* (?:Handshake has failed|Fatal error)/.test(text)) return { kind: "tls-failed", text };
    return undefined;
  }
}
