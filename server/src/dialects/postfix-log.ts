import { type LogHead, syslogHead } from "./log-head.js";
import type { ToolNote } from "./types.js";

/** Lines of Postfix: any service, also of a named instance (`postfix-out/smtp[1]`). */
export const POSTFIX_LINE = /\bpostfix(?:-[\w-]{1,40})?\/(?:[\w-]{1,60}\/)?[a-z]\w{1,40}\[\d{1,10}\]: /;
/** A line of the dialogue that `debug_peer_list` logs. */
export const POSTFIX_DIALOG =
  /\bpostfix(?:-[\w-]{1,40})?\/(?:[\w-]{1,60}\/)?(?:smtpd?|lmtp)\[\d{1,10}\]: [<>] \S{0,300}\[[^\]]{0,60}\](?::\d{1,5})?: /;

/** A line of Postfix's log with its head taken off. */
export interface PostfixLine extends LogHead {
  /** The daemon: "smtpd", "smtp", "lmtp", "qmgr", … */
  readonly daemon: string;
}

/** Takes a Postfix log line apart; undefined for lines of other programs. */
export function postfixLine(text: string): PostfixLine | undefined {
  const head = syslogHead(text);
  if (!head?.program.startsWith("postfix")) return undefined;
  return { ...head, daemon: head.program.slice(head.program.lastIndexOf("/") + 1) };
}

/** What a Postfix log line tells of a connection. */
export function postfixNote(message: string): ToolNote | undefined {
  if (message.startsWith("connect from ")) {
    const client = /^connect from (\S{0,300})\[([^\]]{1,60})\](?::(\d{1,5}))?/.exec(message);
    return { kind: "connect", host: client?.[1], ip: client?.[2], port: client?.[3] ? Number(client[3]) : undefined };
  }
  if (message.includes(" TLS connection established ")) {
    const tls = /^(\w{1,20}) TLS connection established (?:to|from) .{1,400}: (\S{1,20}) with cipher (\S{1,80})/.exec(
      message,
    );
    if (!tls) return undefined;
    const verified = tls[1] === "Trusted" || tls[1] === "Verified";
    return { kind: "tls-started", version: tls[2], cipher: tls[3], ...(tls[1] === "Anonymous" ? {} : { verified }) };
  }
  if (message.startsWith("disconnect from ")) return { kind: "close", by: "unknown" };
  if (message.startsWith("lost connection ")) return { kind: "close", by: "client" };
  if (message.startsWith("timeout after ") || message.startsWith("too many errors after ")) {
    return { kind: "close", by: "server" };
  }
  if (message.startsWith("SSL_accept error") || message.startsWith("SSL_connect error")) {
    return { kind: "tls-failed", text: message };
  }
  return undefined;
}
