import { exampleSession } from "./lib/example.js";
import { listsOf } from "./lib/lists.js";
import type { Rule, Session } from "./types.js";

/** BINARYMIME offered without CHUNKING. */
export const binarymimeWithoutChunking: Rule = {
  id: "binarymime-without-chunking",
  severity: "warning",
  party: "server",
  level: "MUST",
  references: [{ document: "RFC 3030", section: "3" }],
  topic: "chunking",
  title: "The server offers BINARYMIME without CHUNKING",
  messages: {
    default:
      "BINARYMIME is offered, CHUNKING is not, and binary content can only be sent with BDAT. No client can use it: offer both or neither.",
  },
  why: "A server that offers BINARYMIME must offer CHUNKING (RFC 3030 §3), since DATA cannot carry binary content.",
  fix: "Server: list CHUNKING too. Client: treat BINARYMIME as not offered.",
  wrong: exampleSession(["8BITMIME", "BINARYMIME"]),
  right: exampleSession(["8BITMIME", "BINARYMIME", "CHUNKING"]),
  fixable: false,
  check(session: Session, context): void {
    for (const { extensions } of listsOf(session)) {
      const binary = extensions.get("BINARYMIME");
      if (binary && !extensions.has("CHUNKING")) context.report({ at: { wire: binary.line.wire } });
    }
  },
};
