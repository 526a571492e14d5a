import type { Extensions } from "../../session/model.js";
import type { Exchange, Session } from "../types.js";
import { perSession } from "./memo.js";

/** An accepted EHLO or LHLO with the complete list of extensions in its reply. */
export interface OfferedList {
  readonly exchange: Exchange;
  readonly extensions: Extensions;
  /** True where this list was sent under TLS. */
  readonly tls: boolean;
}

/** Every complete list of extensions that a session shows, in order. */
export const listsOf: (session: Session) => readonly OfferedList[] = perSession(readLists);

function readLists(session: Session): OfferedList[] {
  const lists: OfferedList[] = [];
  const seen = new Set<Extensions>();
  let previous: Extensions | undefined;
  const states = [...session.exchanges.map(({ before }) => before), session.end];
  for (const { extensions } of states) {
    if (extensions === previous) continue;
    previous = extensions;
    if (!extensions?.complete || seen.has(extensions)) continue;
    seen.add(extensions);
    lists.push({ exchange: extensions.exchange, extensions, tls: extensions.exchange.before.tls });
  }
  return lists;
}
