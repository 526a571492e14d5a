import type { Dialect, ReadContext, ToolNote } from "./types.js";

const SETTING = /^(host|port|tls|tls_starttls|tls_certcheck) = (.*)$/;
const SESSION_PARAMETERS = /^ {4}\((TLS[\d.]+)\)-.*\(([^()]+)\)$/;
const TLS_FAILED = /^msmtp: (?:TLS |cannot .*TLS|the server does not support TLS|command STARTTLS failed)/;

/** `msmtp --debug`: the settings, then `<-- ` of the server and `--> ` of the client; the message as on the wire. */
export const msmtpDebug: Dialect = {
  id: "msmtp-debug",
  title: "msmtp --debug",
  seenWith: "msmtp 1.8.23",
  traits: {
    body: "stuffed",
    sides: "both",
    endOfDataShown: true,
    order: "wire",
    closeShown: false,
    origin: "recorded",
    startShown: true,
    repliesWhole: true,
  },
  detect(sample) {
    const settings = sample.count(/^(?:tls_starttls|tls_certcheck|passwordeval|proxy host|auto_from) = /);
    const replies = sample.count(/^<-- [2-5]\d\d(?:[ -]|$)/);
    if (replies > 0) return settings > 0 ? 0.99 : 0.92;
    if (settings > 1) return 0.9;
    // Without --debug only what went wrong; a refusal that it quotes says more.
    return sample.count(/^msmtp: (?:cannot connect to|cannot locate host|TLS |could not send mail)/) > 0 ? 0.35 : 0;
  },
  read,
};

function read(context: ReadContext): void {
  const { view } = context;
  const notes = new Settings();
  for (let line = 0; line < view.lineCount; line++) {
    const text = view.text(line);
    if (text.startsWith("<-- ") || text === "<--") context.emit("server", line, Math.min(4, text.length), text.length);
    else if (text.startsWith("--> ") || text === "-->")
      context.emit("client", line, Math.min(4, text.length), text.length);
    else if (text !== "") context.tool(line, notes.of(text));
  }
}

/** What the settings and the reports say of the connection. */
class Settings {
  #host: string | undefined;
  #tls = false;

  of(text: string): ToolNote | undefined {
    const setting = SETTING.exec(text);
    if (setting) return this.#setting(setting[1] as string, setting[2] as string);
    const session = SESSION_PARAMETERS.exec(text);
    if (session) return { kind: "tls-detail", version: session[1], cipher: session[2] };
    if (TLS_FAILED.test(text)) return { kind: "tls-failed", text };
    if (/^msmtp: cannot (?:connect to|locate host)/.test(text)) return { kind: "connect-failed", text };
    return undefined;
  }

  #setting(name: string, value: string): ToolNote | undefined {
    if (name === "host") this.#host = value;
    else if (name === "port") return { kind: "connect", host: this.#host, port: Number(value) || undefined };
    else if (name === "tls") this.#tls = value === "on";
    else if (name === "tls_starttls" && value === "off" && this.#tls) return { kind: "tls-started", implicit: true };
    return undefined;
  }
}
