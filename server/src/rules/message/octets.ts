import type { ByteFactKind } from "../../text/bytes.js";
import { messageRule, rfc, sample } from "./support.js";
import type { MessageContext } from "./types.js";

/** What only the bytes of the file show. Without them nothing is said. */

/** Places that are reported one by one; more of the same say nothing new. */
const MOST = 20;

function reportFacts(context: MessageContext, kind: ByteFactKind): void {
  const { facts } = context;
  if (facts === undefined || facts.counts[kind] === 0) return;
  const count = facts.counts[kind];
  for (const place of facts.places.filter((one) => one.kind === kind).slice(0, MOST)) {
    const start = context.offsetOf(place);
    context.report({ at: { start, end: start + 1 }, data: { count } });
  }
}

export const bareCr = messageRule({
  id: "eml-bare-cr",
  severity: "error",
  references: [rfc(5322, "2.3")],
  title: "A CR without LF",
  messages: {
    default:
      "A CR stands here without LF ({count} in the file). Some programs end the line here, others do not: a way to smuggle fields. Remove it.",
  },
  why: "Two programs that read the same bytes see different fields.",
  fix: "Write CR LF at the end of lines, and no CR anywhere else.",
  wrong: sample("Subject: a\rBcc: eve@e.example").replaceAll("\n", "\r\n"),
  right: sample("Subject: a").replaceAll("\n", "\r\n"),
  check(context) {
    reportFacts(context, "bare-cr");
  },
});

export const mixedEnds = messageRule({
  id: "eml-mixed-line-ends",
  severity: "warning",
  references: [rfc(5322, "2.3"), rfc(5321, "2.3.8")],
  title: "Lines that end in LF among lines that end in CR LF",
  messages: {
    default:
      "This line ends in LF alone while others end in CR LF ({count} such lines). Servers refuse or change it, and signatures break.",
  },
  why: "A lone LF is what SMTP smuggling is made of; Postfix and others refuse it by now.",
  fix: "Write all line ends the same way: CR LF on the wire.",
  wrong: sample("Subject: a").replaceAll("\n", "\r\n").replace("a\r\n", "a\n"),
  right: sample("Subject: a").replaceAll("\n", "\r\n"),
  check(context) {
    reportFacts(context, "bare-lf");
  },
});

export const nul = messageRule({
  id: "eml-nul",
  severity: "error",
  references: [rfc(5322, "4.1")],
  title: "A NUL octet",
  messages: {
    default:
      "There is a NUL octet here ({count} in the file). Programs end the text there or refuse the message; encode binary content.",
  },
  why: "NUL was never allowed to be sent, and ends strings in programs written in C.",
  fix: "Encode the part in base64.",
  wrong: sample("", "a\u0000b"),
  right: sample("", "ab"),
  check(context) {
    reportFacts(context, "nul");
  },
});

export const octets = [bareCr, mixedEnds, nul];
