/** MAIL and RCPT, each accepted, for examples of BDAT. */
export const CHUNK_ENVELOPE: readonly string[] = [
  "C: MAIL FROM:<alice@example.org>",
  "S: 250 2.1.0 Ok",
  "C: RCPT TO:<bob@example.com>",
  "S: 250 2.1.5 Ok",
];
