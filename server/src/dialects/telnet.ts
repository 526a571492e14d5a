import type { ToolNote } from "./types.js";
import { type UnmarkedOptions, unmarkedDialect } from "./unmarked.js";

const OWN =
  /^(?:Trying \S+?\.\.\.|Connected to .*|Escape character is .*|Connection closed(?: by foreign host)?\.|telnet> .*|telnet: .*)$/;

/** telnet: its own lines, and what is typed and answered without any mark. */
export const telnet = unmarkedDialect(
  {
    id: "telnet",
    title: "telnet",
    seenWith: "inetutils telnet 2.4",
    traits: { closeShown: true, startShown: true },
    detect(sample) {
      const start = sample.count(
        /^(?:Trying [\da-fA-F.:]{3,45}\.\.\.|Connected to \S+\.|Escape character is '.{1,3}'\.)$/,
      );
      const end = sample.count(/^Connection closed by foreign host\.$/);
      if (start > 1) return 0.97;
      return start + end > 0 ? 0.85 : sample.count(/^telnet: /) > 0 ? 0.8 : 0;
    },
  },
  () => telnetOptions(),
);

/** How telnet's own lines are told and what they say. */
export function telnetOptions(): Required<Pick<UnmarkedOptions, "isTool" | "isToolInData">> & {
  note(text: string): ToolNote | undefined;
} {
  let ip: string | undefined;
  return {
    isTool: (text) => OWN.test(text),
    // What is typed at the tool's own prompt never reaches the server.
    isToolInData: (text) => text === "^]" || /^telnet> (?:quit|close|q|c)?$/.test(text),
    note(text) {
      const trying = /^Trying (\S{1,60}?)\.\.\.$/.exec(text);
      if (trying) {
        ip = trying[1];
        return undefined;
      }
      const connected = /^Connected to (\S{1,255})\.$/.exec(text);
      if (connected) return { kind: "connect", host: connected[1], ip };
      if (text === "Connection closed by foreign host.") return { kind: "close", by: "server" };
      if (text === "Connection closed.") return { kind: "close", by: "client" };
      if (/^telnet: (?:Unable to connect|could not resolve|connect to address)/.test(text)) {
        return { kind: "connect-failed", text };
      }
      return undefined;
    },
  };
}
