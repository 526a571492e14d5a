import type { Exchange, Extension, Extensions, Reply } from "./model.js";

/**
 * The service extensions of an accepted EHLO or LHLO reply (RFC 5321 §4.1.1.1): every line but the first. The old form
 * `AUTH=LOGIN` counts as AUTH.
 */
export function readExtensions(exchange: Exchange, reply: Reply): Extensions {
  const list: Extension[] = [];
  for (const line of reply.lines.slice(1)) {
    const [word = "", ...parameters] = line.text.trim().split(/[ \t]+/);
    const equals = word.indexOf("=");
    const keyword = (equals > 0 ? word.slice(0, equals) : word).toUpperCase();
    if (keyword === "") continue;
    list.push({ keyword, parameters: equals > 0 ? [word.slice(equals + 1), ...parameters] : parameters, line });
  }
  const index = new Map<string, Extension>();
  for (const extension of list) {
    const known = index.get(extension.keyword);
    // AUTH may be announced twice (`AUTH PLAIN` and `AUTH=PLAIN`); what counts is all of it.
    if (!known) index.set(extension.keyword, extension);
    else if (extension.keyword === "AUTH") {
      index.set("AUTH", { ...known, parameters: [...new Set([...known.parameters, ...extension.parameters])] });
    }
  }
  return {
    exchange,
    list,
    // Where a recording begins inside the list, nobody knows what stood above.
    complete: reply.complete && (exchange.before.greeted || !exchange.inferred),
    get: (keyword) => index.get(keyword.toUpperCase()),
    has: (keyword) => index.has(keyword.toUpperCase()),
  };
}
