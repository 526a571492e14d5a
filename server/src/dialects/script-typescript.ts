import { ncOptions } from "./nc.js";
import { telnetOptions } from "./telnet.js";
import { looksLikeCommand, looksLikeServerLine, unmarkedDialect } from "./unmarked.js";

const PROMPT =
  /^(?:\([^)]{1,40}\) ?)?(?:\[?[\w.-]{1,40}@[\w.-]{1,80}[: ]?[^$#%>]{0,200}\]?|[\w.-]{1,20}-\d[\d.]{0,9}|\w{0,10})[$#%>] /;

/** A terminal session recorded by script(1): prompts, echo and answers; the control sequences are hidden by the view. */
export const scriptTypescript = unmarkedDialect(
  {
    id: "script-typescript",
    title: "script(1) recording",
    seenWith: "util-linux script 2.38",
    detect: (sample) => (sample.count(/^Script (?:started|done) on \d{4}-\d\d-\d\d/) > 0 ? 0.99 : 0),
  },
  (context) => {
    const telnet = telnetOptions();
    const nc = ncOptions();
    return {
      isTool: (text) =>
        /^Script (?:started|done) on /.test(text) ||
        PROMPT.test(text) ||
        telnet.isTool(text) ||
        nc.isTool(text) ||
        (context.expecting.next === "greeting" && !looksLikeServerLine(text) && !looksLikeCommand(text)),
      isToolInData: (text) => text.startsWith("Script done on "),
      note: (text) => telnet.note(text) ?? nc.note(text),
    };
  },
);
