import { clientServer } from "./client-server.js";
import { raw } from "./raw.js";
import { swaks } from "./swaks.js";
import type { Dialect } from "./types.js";

/** Every dialect that can be read. Order only breaks ties in listings; detection is by score. */
export const dialects: readonly Dialect[] = [clientServer, swaks, raw];

/** A dialect by its id. */
export function dialectById(id: string): Dialect | undefined {
  return dialects.find((dialect) => dialect.id === id);
}
