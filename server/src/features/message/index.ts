import type { Feature } from "../types.js";
import { messageCompletion } from "./completion.js";
import { messageFolding } from "./folding.js";
import { messageHover } from "./hover.js";
import { messageInlay } from "./inlay.js";
import { messageLenses } from "./lenses.js";
import { messageDefinition, messagePrepareRename, messageReferences, messageRename } from "./links.js";
import { messageSymbols } from "./outline.js";

/** Features of `.eml` documents, by LSP request. */
export const messageFeatures: readonly Feature[] = [
  messageCompletion,
  messageDefinition,
  messageFolding,
  messageHover,
  messageInlay,
  messageLenses,
  messagePrepareRename,
  messageReferences,
  messageRename,
  messageSymbols,
];
