import type { ToolNote } from "./types.js";

const CONNECT = /^\(connecting(?: to(?: ([^\s[\]()]+))?)?(?: \[([^\]\s]+)\])?(?: port (\d{1,5}))?\)$/;
const TLS = /^\((TLS from the start|TLS started|TLS)((?:, [^,()]+){0,3})\)$/;
const CLOSED = /^\(connection closed(?: by (client|server))?\)$/;
const HIDDEN = /^\(message (?:of (\d{1,12}) octets )?(begins here, )?not shown\)$/;
const AUTH = /^\(AUTH(?: ([A-Za-z0-9-]{1,20}))? not shown(?:: (success|failure))?\)$/;

/**
 * Notes in parentheses between `C:` and `S:` lines, as `convert` writes them and people may: what is known of the
 * connection without being on the wire.
 */
export function writtenNote(text: string): ToolNote | undefined {
  if (!text.startsWith("(")) return undefined;
  if (text === "(new connection)") return { kind: "session-start" };
  if (text === "(TLS failed)") return { kind: "tls-failed", text };
  if (text === "(client line not shown)") return { kind: "client-hidden" };
  const connect = CONNECT.exec(text);
  if (connect)
    return {
      kind: "connect",
      host: connect[1],
      ip: connect[2],
      port: connect[3] === undefined ? undefined : Number(connect[3]),
    };
  const closed = CLOSED.exec(text);
  if (closed) return { kind: "close", by: (closed[1] as "client" | "server" | undefined) ?? "unknown" };
  const hidden = HIDDEN.exec(text);
  if (hidden)
    return {
      kind: "data-hidden",
      octets: hidden[1] === undefined ? undefined : Number(hidden[1]),
      open: hidden[2] !== undefined,
    };
  const auth = AUTH.exec(text);
  if (auth) return { kind: "auth-hidden", mechanism: auth[1], outcome: auth[2] as "success" | "failure" | undefined };
  return tlsNote(text);
}

function tlsNote(text: string): ToolNote | undefined {
  const match = TLS.exec(text);
  if (!match) return undefined;
  const words = (match[2] as string).split(", ").slice(1);
  const verified = words.includes("verified") ? true : words.includes("not verified") ? false : undefined;
  const named = words.filter((word) => word !== "verified" && word !== "not verified");
  // One name alone is the cipher where it is no version: "TLS_AES_256_GCM_SHA384".
  if (named.length === 1 && !/^(?:TLS|SSL) ?v?\d/i.test(named[0] as string)) named.unshift("");
  const [version, cipher] = named.map((name) => name || undefined);
  const detail = { version, cipher, verified };
  return match[1] === "TLS"
    ? { kind: "tls-detail", ...detail }
    : { kind: "tls-started", implicit: match[1] === "TLS from the start", ...detail };
}
