import type { ReadContext, ToolNote } from "./types.js";
import { type UnmarkedOptions, unmarkedDialect } from "./unmarked.js";
import { looksLikeCommand, looksLikeServerLine } from "./unmarked-lines.js";

const CONNECT = /^DEBUG SMTPS?: trying to connect to host "([^"]{1,255})", port (\d{1,5}), isSSL (true|false)/;
const SUPPRESSED = /^DEBUG SMTPS?: AUTH (\S{1,40}) command trace suppressed/;
/** Words of the library that end in the first line of a reply of several lines. */
const QUOTES =
  /^(?:DEBUG SMTPS?: |[\w.]{1,100}Exception: |[ \t]*(?:Caused by|nested exception is):)[^\d]{0,120}(?:\d{3}, with response: )?([45]\d\d)-/;
const RESULT = /^DEBUG SMTPS?: AUTH (\S{1,40}) (succeeded|failed)/;

/**
 * JavaMail and Jakarta Mail with `mail.debug`: lines of the library begin `DEBUG`, those of both sides have no mark. AUTH is
 * left out, replies and all, unless `mail.debug.auth` is set.
 */
export const javamailDebug = unmarkedDialect(
  {
    id: "javamail-debug",
    title: "JavaMail mail.debug",
    seenWith: "Jakarta Mail 1.6.5",
    traits: { startShown: true, masksCredentials: true },
    detect: (sample) => (sample.count(/^DEBUG(?: SMTPS?(?: TRANSPORT)?)?: /) > 0 && isMail(sample.lines) ? 0.96 : 0),
  },
  (context) => new JavaMailLines(context),
);

function isMail(lines: readonly string[]): boolean {
  return lines.some((text) =>
    /^DEBUG(?: SMTPS?(?: TRANSPORT)?: |: (?:Jakarta Mail|JavaMail|setDebug|getProvider))/.test(text),
  );
}

class JavaMailLines implements UnmarkedOptions {
  readonly toolInAuth = true;
  #implicit = false;
  /** Code of a reply of several lines that the library repeats, where its lines follow. */
  #repeated: string | undefined;

  constructor(readonly context: ReadContext) {}

  isTool(text: string): boolean {
    if (this.#repeats(text)) return true;
    if (text.startsWith("DEBUG")) return true;
    if (this.context.expecting.next === "auth") return !/^(?:[A-Za-z0-9+/]+=*|\*|=)$/.test(text);
    return !looksLikeCommand(text) && !looksLikeServerLine(text);
  }

  /** The library's own words repeat a refusal: "got response code 530, with response: 530-…", and its exceptions. */
  #repeats(text: string): boolean {
    const repeated = this.#repeated !== undefined && text.startsWith(this.#repeated);
    if (repeated && text[3] !== "-") this.#repeated = undefined;
    if (repeated) return true;
    this.#repeated = QUOTES.exec(text)?.[1];
    return false;
  }

  note(text: string, line: number): ToolNote | undefined {
    if (!text.startsWith("DEBUG")) {
      return /^(?:Caused by: )?javax\.net\.ssl\.SSLHandshakeException/.test(text)
        ? { kind: "tls-failed", text }
        : undefined;
    }
    const connect = CONNECT.exec(text);
    if (connect) {
      this.#implicit = connect[3] === "true";
      return { kind: "connect", host: connect[1], port: Number(connect[2]) };
    }
    if (this.#implicit && /^DEBUG SMTPS?: connected to host/.test(text)) return { kind: "tls-started", implicit: true };
    const suppressed = SUPPRESSED.exec(text);
    if (suppressed) return { kind: "auth-hidden", mechanism: suppressed[1], outcome: this.#outcome(line) };
    if (/^DEBUG SMTPS?: (?:could not connect|exception connecting)/i.test(text))
      return { kind: "connect-failed", text };
    return undefined;
  }

  /** How the hidden AUTH ended: the library says so within the next lines. */
  #outcome(line: number): "success" | "failure" | "unknown" {
    const { view } = this.context;
    for (let next = line + 1; next < Math.min(view.lineCount, line + 8); next++) {
      const result = RESULT.exec(view.text(next));
      if (result) return result[2] === "succeeded" ? "success" : "failure";
    }
    return "unknown";
  }
}
