import type { Problem } from "../service.js";
import type { Input } from "./input.js";

/** A file with its findings. */
export interface LintResult {
  readonly input: Input;
  readonly problems: readonly Problem[];
}
