import type { Expecting } from "../dialects/types.js";
import { lexVerb } from "../protocol/command.js";
import { octetLength } from "../text/octets.js";
import { Machine, replyLineState } from "./machine.js";

/**
 * The state hook for dialects that print no speaker marks: the session's own state table behind a small interface, so
 * that both read the protocol the same way.
 */
export function createExpecting(): Expecting {
  let machine = new Machine();
  let inReply = false;
  return {
    get next() {
      if (inReply) return "reply-more";
      if (machine.chunk > 0 || machine.mode === "data") return "data";
      if (machine.mode === "greeting" || machine.mode === "closed" || machine.mode === "auth") return machine.mode;
      return machine.pending.length > 0 ? "reply" : "command";
    },
    saw(speaker, text) {
      if (speaker === "server") {
        const { code, more } = replyLineState(text);
        inReply = more;
        if (more) return;
        machine.resync(code);
        machine.reply(code);
        return;
      }
      inReply = false;
      switch (machine.classify(text)) {
        case "data":
          machine.data(machine.chunk > 0 ? octetLength(text) + 2 : 0);
          break;
        case "end-of-data":
          machine.endOfData();
          break;
        case "auth-response":
          machine.authResponse();
          break;
        default: {
          const { verb, argument } = lexVerb(text);
          machine.command(verb, argument);
        }
      }
    },
    reset() {
      machine = new Machine();
      inReply = false;
    },
  };
}
