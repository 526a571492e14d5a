import type { ReadContext, ToolNote } from "./types.js";

const CONNECTED = /^(?:Connected to|Established connection to) (\S+) \((\S+?)\)? port (\d{1,5})/;
const TLS = /^SSL connection using ([^ /]+) \/ ([^ /]+)/;
const FAILED =
  /^(?:Failed to connect to |connect to .* failed: |Could not resolve host|Connection timed out|Connection refused)/;
const TLS_FAILED =
  /^(?:SSL certificate problem|SSL: |OpenSSL SSL_connect|OpenSSL\/[\d.]+: |schannel: .*failed|gnutls_handshake\(\) failed|TLS connect error|STARTTLS denied)/;

/** Remembers what curl said of a connection while its informational lines are read; one for a file. */
export class CurlInfo {
  tls = false;
  #spoke = false;
  #connections = 0;

  /** A line of the server was seen. */
  serverSpoke(): void {
    this.#spoke = true;
  }

  /** Emits an informational line (curl 7 and 8) as a tool line; `text` is what stands behind `* ` or `== Info: `. */
  take(context: ReadContext, line: number, text: string, time?: number): void {
    context.tool(line, this.#note(text), time === undefined ? undefined : { time });
  }

  #note(text: string): ToolNote | undefined {
    const connected = CONNECTED.exec(text);
    if (connected) {
      // curl --parallel opens several before the first greeting: their lines are told apart by the greetings.
      this.#connections++;
      if (this.#spoke) this.tls = false;
      this.#spoke = false;
      return { kind: "connect", host: connected[1], ip: connected[2], port: Number(connected[3]) };
    }
    const tls = TLS.exec(text);
    if (tls) {
      this.tls = this.#connections < 2 || this.#spoke;
      return { kind: "tls-started", implicit: !this.#spoke, version: tls[1], cipher: tls[2] };
    }
    if (/^ *SSL certificate verify ok/.test(text)) return { kind: "tls-detail", verified: true };
    if (/^ *SSL certificate verify result: .*(?:continuing|proceeding)/.test(text)) {
      return { kind: "tls-detail", verified: false };
    }
    if (TLS_FAILED.test(text)) return { kind: "tls-failed", text };
    if (FAILED.test(text)) return { kind: "connect-failed", text };
    if (/^(?:Recv failure: Connection reset|response reading failed|.{0,80}closed abruptly)/.test(text)) {
      return { kind: "close", by: "server" };
    }
    if (/^(?:Closing connection|shutting down connection)/.test(text)) return { kind: "close", by: "client" };
    return undefined;
  }
}
