import { pageText } from "../service.js";
import type { ServerContext } from "./context.js";

/** The markdown of a page, in the language of the settings; null for an address that is no page. */
export async function pageOf(server: ServerContext, uri: string): Promise<string | null> {
  const { settings, dialect } = await server.configuration.of(server.store.uris()[0] ?? "");
  return pageText(uri, { locale: settings.locale, open: server.store.all(dialect) });
}
