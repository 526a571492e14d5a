import { codeActions } from "./codeActions.js";
import { codeLens } from "./codeLens.js";
import { completion } from "./completion.js";
import { definition } from "./definition.js";
import { documentLinks } from "./documentLinks.js";
import { documentSymbols } from "./documentSymbols.js";
import { folding } from "./folding.js";
import { formatting } from "./formatting.js";
import { highlights } from "./highlights.js";
import { hover } from "./hover.js";
import { inlayHints } from "./inlayHints.js";
import { messageFeatures } from "./message/index.js";
import { references } from "./references.js";
import { prepareRename, rename } from "./rename.js";
import { selectionRanges } from "./selectionRanges.js";
import { semanticTokensFull, semanticTokensRange } from "./semanticTokens.js";
import { signatureHelp } from "./signatureHelp.js";
import type { Feature } from "./types.js";
import { workspaceSymbols } from "./workspaceSymbols.js";

/** Every feature, by LSP request; where two serve one request for one language, their results are joined in this order. */
export const features: readonly Feature[] = [
  ...messageFeatures,
  codeActions,
  codeLens,
  definition,
  documentSymbols,
  folding,
  highlights,
  hover,
  inlayHints,
  references,
  selectionRanges,
  semanticTokensFull,
  semanticTokensRange,
  workspaceSymbols,
  completion,
  documentLinks,
  formatting,
  prepareRename,
  rename,
  signatureHelp,
];
