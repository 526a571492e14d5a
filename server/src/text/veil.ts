import type { SourceText } from "./source.js";
import { plainView, type TextView } from "./view.js";

/** The view of a text without what surrounds the transcript. */
export function veiledView(source: SourceText): TextView {
  return plainView(source);
}
