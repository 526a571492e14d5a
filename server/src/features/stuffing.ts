import type { WireLine } from "../dialects/types.js";
import type { MailData, Session } from "../session/model.js";

const DOT = 46;

/**
 * Tells of each line of a message how many characters the client put in front of it: one where a dot stands there, behind
 * DATA and in dialects that print what was sent (RFC 5321 §4.5.2); none behind BDAT or where the dialect took it out. A lone
 * dot was not added: where it did not end the message (behind a bare LF), it is text.
 */
export function stuffing(session: Session, data: MailData): (wire: WireLine) => 0 | 1 {
  if (data.kind !== "DATA" || session.traits.body !== "stuffed") return () => 0;
  return ({ text }) => (text.length > 1 && text.charCodeAt(0) === DOT ? 1 : 0);
}
