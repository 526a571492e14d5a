import { expectedReplies, extensionEntry, textsFor, verbEntry } from "../../reference/index.js";
import type { Exchange, Session } from "../../session/model.js";
import { explainReply } from "./reply.js";
import type { HoverText } from "./text.js";

/** Hover of a command: what it does, its syntax, what the server answered. */
export function hoverCommand(out: HoverText, exchange: Exchange, session: Session): void {
  const { verb } = exchange;
  const entry = verbEntry(verb);
  const text = entry && textsFor(out.locale).verbs[entry.verb];
  out.title(text ? `${out.quote(verb)} ${out.ours(text.name)}` : out.quote(verb));
  out.paragraph(text ? out.ours(text.meaning) : out.say("hover.unknownVerb"));
  out.lines([answered(out, exchange, session), notOffered(out, exchange, entry?.extension)]);
  if (!entry) return;
  out.detail(out.line(out.label("label.syntax"), out.quote(entry.syntax)));
  const expected = expectedReplies(verb);
  if (expected) {
    const codes = [...expected.success, ...expected.intermediate, ...expected.error].sort((a, b) => a - b);
    out.detail(out.line(out.say("hover.mayAnswer"), codes.map((code) => out.quote(String(code))).join(" ")));
  }
  out.detail(entry.rfc.join(", "));
}

/** Hover of the final dot: the message ends here, and what became of it. */
export function hoverEndOfData(out: HoverText, exchange: Exchange, session: Session): void {
  out.title(`${out.quote(".")} ${out.say("hover.endOfData")}`);
  out.paragraph(out.say("hover.endOfDataText"));
  out.lines([answered(out, exchange, session)]);
  out.detail("RFC 5321 §4.1.1.4, §4.5.2");
}

/** The replies in short: code, name and line. */
export function answered(out: HoverText, exchange: Exchange, session: Session): string | undefined {
  if (exchange.replies.length === 0) {
    return session.traits.sides === "client" ? out.say("hover.repliesHidden") : out.say("hover.noReply");
  }
  const answers = exchange.replies.slice(0, 3).map((reply) => {
    const code = [reply.code, reply.enhanced?.value].filter((part) => part !== null && part !== undefined).join(" ");
    const name = explainReply(reply, session, out.locale)?.name;
    const line = reply.lines[0]?.wire.line;
    return out.say("hover.answer", {
      code: out.quote(code),
      name: name ? out.ours(name) : "",
      line: line === undefined ? "?" : line + 1,
    });
  });
  return out.line(out.say("hover.server"), answers.join("; "));
}

/** Tells where a command needs a service extension that the server did not list. */
function notOffered(out: HoverText, exchange: Exchange, extension: string | undefined): string | undefined {
  const offered = exchange.before.extensions;
  if (!extension || !offered?.complete || offered.has(extension)) return undefined;
  const known = extensionEntry(extension);
  return out.say("hover.notOffered", { extension: out.quote(known?.keyword ?? extension) });
}
