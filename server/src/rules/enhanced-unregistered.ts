import { enhancedEntry } from "../reference/index.js";
import { exampleSession } from "./lib/example.js";
import type { Rule } from "./types.js";

/** Details from here on are used by providers for their own codes, which they document (Microsoft 5.7.5xx and others). */
const PROVIDER_DETAIL = 30;

/** An enhanced status code that is not registered. */
export const enhancedUnregistered: Rule = {
  id: "enhanced-unregistered",
  severity: "hint",
  party: "server",
  level: "practice",
  references: [{ document: "IANA registry of enhanced status codes" }, { document: "RFC 5248", section: "2" }],
  topic: "replies",
  fixable: false,
  title: "An enhanced status code that is not registered",
  messages: {
    default: "{enhanced} is not registered. Read it as {general}, and the text for the reason.",
  },
  why: "Programs that sort bounces do not know the code, and fall back to its class and subject.",
  fix: "Server: use a registered code. Client: go by the first two numbers.",
  wrong: exampleSession(["ENHANCEDSTATUSCODES"], "C: MAIL FROM:<alice@example.org>", "S: 550 5.1.29 Unknown sender"),
  right: exampleSession(["ENHANCEDSTATUSCODES"], "C: MAIL FROM:<alice@example.org>", "S: 550 5.1.0 Unknown sender"),
  check(session, context) {
    for (const reply of session.replies) {
      const { enhanced } = reply;
      const parts = enhanced ? enhancedEntry(enhanced.value) : undefined;
      const line = reply.lines.find((candidate) => candidate.enhanced === enhanced);
      if (!enhanced || !parts || parts.entry || !line || enhanced.detail >= PROVIDER_DETAIL) continue;
      if (reply.exchange?.kind === "greeting" || context.isConsequence(reply)) continue;
      context.report({
        at: { wire: line.wire, from: enhanced.from, to: enhanced.to },
        data: { enhanced: enhanced.value, general: `${enhanced.class}.${enhanced.subject}.0` },
      });
    }
  },
};
