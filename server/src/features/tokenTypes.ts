/** Token types of our own; the extension's package.json declares them with super types and scopes for themes. */
export const customTypes = [
  "smtpVerb",
  "smtpParameter",
  "smtpAddress",
  "smtpReply2",
  "smtpReply3",
  "smtpReply4",
  "smtpReply5",
  "smtpEnhancedCode",
  "smtpBody",
  "smtpSecret",
  "smtpNoise",
] as const;

export type TokenType = (typeof customTypes)[number];

/** The standard types that stand for them, in the same order, for clients that know only those (LSP 3.18, SemanticTokenTypes). */
export const standardTypes: readonly string[] = [
  "keyword",
  "parameter",
  "variable",
  "number",
  "number",
  "number",
  "number",
  "enumMember",
  "string",
  "regexp",
  "comment",
];
