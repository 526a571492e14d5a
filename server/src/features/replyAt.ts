import type { Reply, Session } from "../session/model.js";
import type { Transcript } from "../transcript.js";
import { ownerOf, wireAt } from "./place.js";

/** The reply of which a line stands at a source offset (or on its source line), with its session. */
export function replyAt(transcript: Transcript, offset: number): { reply: Reply; session: Session } | undefined {
  const wire = wireAt(transcript, offset);
  const owner = wire && ownerOf(transcript, wire);
  return owner?.kind === "reply" ? { reply: owner.reply, session: owner.session } : undefined;
}
