import { curlV } from "./curl-v.js";
import { sampleOf } from "./detect.js";
import { msmtpDebug } from "./msmtp-debug.js";
import { ncOptions } from "./nc.js";
import { opensslSClient } from "./openssl-s_client.js";
import { swaks } from "./swaks.js";
import { telnetOptions } from "./telnet.js";
import type { Dialect, ReadContext } from "./types.js";
import { INTERACTIVE_TRAITS, readUnmarked, type UnmarkedOptions } from "./unmarked.js";
import { looksLikeCommand, looksLikeServerLine } from "./unmarked-lines.js";

const PROMPT =
  /^(?:\([^)]{1,40}\) ?)?(?:\[?[\w.-]{1,40}@[\w.-]{1,80}[: ]?[^$#%>]{0,200}\]?|[\w.-]{1,20}-\d[\d.]{0,9}|\w{0,10})[$#%>] /;

/** Programs whose output is marked well enough to be known inside a recording. */
const INSIDE: readonly Dialect[] = [swaks, curlV, msmtpDebug, opensslSClient];

/**
 * A terminal session recorded by script(1): prompts, echo and answers; the control sequences are hidden by the view. What a
 * known program printed there is read as that program's.
 */
export const scriptTypescript: Dialect = {
  id: "script-typescript",
  title: "script(1) recording",
  seenWith: "script (util-linux, Debian 12)",
  traits: INTERACTIVE_TRAITS,
  detect: (sample) => (sample.count(/^Script (?:started|done) on \d{4}-\d\d-\d\d/) > 0 ? 1 : 0),
  read(context) {
    const sample = sampleOf(context.view);
    const inside = INSIDE.find((dialect) => dialect.detect(sample) >= 0.9);
    if (inside) {
      context.traits(inside.traits);
      inside.read(context);
    } else readUnmarked(context, shellOptions(context));
  },
};

function shellOptions(context: ReadContext): UnmarkedOptions {
  const telnet = telnetOptions();
  const nc = ncOptions();
  return {
    isTool: (text, line) =>
      /^Script (?:started|done) on /.test(text) ||
      PROMPT.test(text) ||
      telnet.isTool(text, line) ||
      nc.isTool(text) ||
      (context.expecting.next === "greeting" && !looksLikeServerLine(text) && !looksLikeCommand(text)),
    isToolInData: (text) => text.startsWith("Script done on "),
    note: (text) => telnet.note(text) ?? nc.note(text),
  };
}
