import { insertBefore, lineLike, replyWire, serverModel, standsAlone } from "../support.js";
import type { Edit, Exchange, RuleContext, Session } from "../types.js";

/**
 * Lines that put the missing TLS step in front of a command: STARTTLS, its 220, EHLO, and the list of the first EHLO without
 * STARTTLS. Undefined where lines cannot be added (several in one source line, no EHLO to copy).
 * @param added what the list under TLS offers besides, such as "AUTH PLAIN".
 */
export function tlsStep(session: Session, context: RuleContext, before: Exchange, added?: string): Edit[] | undefined {
  const { transcript } = context;
  const hello = before.before.hello;
  const server = serverModel(context, session);
  if (!hello?.wire || !hello.command || !hello.reply || !server || !before.wire) return undefined;
  if (!standsAlone(transcript, before.wire) || !standsAlone(transcript, hello.wire)) return undefined;
  if (!replyWire(hello.reply) || !hello.reply.lines.every(({ wire }) => standsAlone(transcript, wire)))
    return undefined;
  const client = before.wire;
  const list = hello.reply.lines.map(({ text }) => text).filter((text, k) => k === 0 || !/^STARTTLS\b/i.test(text));
  if (added !== undefined) list.push(added);
  const said = list.map((text, k) =>
    lineLike(transcript.source, server, `250${k === list.length - 1 ? " " : "-"}${text}`),
  );
  const lines = [
    lineLike(transcript.source, client, "STARTTLS"),
    lineLike(transcript.source, server, "220 2.0.0 Ready to start TLS"),
    lineLike(transcript.source, client, `EHLO ${hello.command.argument}`),
    ...said,
  ];
  return [insertBefore(transcript.source, client, lines.join(""))];
}
