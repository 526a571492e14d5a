import { logDelivery, tellDelivery } from "./deliveries.js";
import { readServerConsole } from "./server-console.js";
import type { Dialect, ReadContext, ToolNote } from "./types.js";

const TOOL = /^(?:>>> |>>>$|LOG: |\*\*\*\* )/;

/** Exim's test of its own policy for a host (`-bh`): a session in which nothing is delivered, with the trace of every rule. */
export const eximBh: Dialect = {
  id: "exim-bh",
  title: "Exim -bh",
  seenWith: "Exim 4.96",
  traits: {
    body: "stuffed",
    sides: "both",
    endOfDataShown: true,
    order: "wire",
    closeShown: true,
    origin: "recorded",
    startShown: true,
    repliesWhole: true,
  },
  detect(sample) {
    const banner = sample.count(/^\*\*\*\* SMTP testing session as if from host /);
    const trace = sample.count(
      /^>>> (?:host in |using ACL |processing "|check |(?:accept|deny|defer|drop|require|warn): condition test |end of ACL )/,
    );
    return banner > 0 ? 0.99 : trace > 2 ? 0.95 : trace > 0 ? 0.7 : 0;
  },
  read,
};

function read(context: ReadContext): void {
  let shown = false;
  readServerConsole(context, {
    isTool: (text) => TOOL.test(text),
    note,
    take(line, text) {
      // A rejection that is logged was also said to the client, unless the pasted part lacks the dialogue.
      if (context.expecting.next !== "greeting") shown = true;
      if (shown || !text.startsWith("LOG: ")) return false;
      const delivery = / rejected (?:RCPT|MAIL|DATA|after)/.test(text) ? logDelivery(text) : undefined;
      if (delivery) tellDelivery(context, line, delivery);
      return delivery !== undefined;
    },
  });
}

function note(text: string): ToolNote | undefined {
  const from = /^\*\*\*\* SMTP testing session as if from host (\S{1,255})/.exec(text);
  if (from) return undefined;
  return / rejected connection in /.test(text) || /closed by (?:DROP|drop)/.test(text)
    ? { kind: "close", by: "server" }
    : undefined;
}
