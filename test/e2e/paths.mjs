import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** This folder. */
export const here = dirname(fileURLToPath(import.meta.url));

/** The project. */
export const project = resolve(here, "../..");

/** Where everything temporary goes; git does not see it. */
export const work = join(here, ".work");

/** Where screenshots go. */
export const shots = join(work, "shots");

/** What this very run needs while it lasts, so that two runs do not meet. */
export const scratch = join(work, `run-${process.pid}`);
