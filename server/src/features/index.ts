import type { Feature } from "./types.js";

/** Every feature, by LSP request; where two serve one request for one language, their results are joined in this order. */
export const features: readonly Feature[] = [];
