import type { Range, SemanticTokens } from "vscode-languageserver-types";
import type { WireLine } from "../dialects/types.js";
import { sourceOffset } from "../dialects/wire.js";
import type { SourceText } from "../text/source.js";
import type { Transcript } from "../transcript.js";
import { firstAfter, type Owner, ownerOf, wireInOrder } from "./place.js";
import { secretSpans } from "./secrets.js";
import { customTypes, standardTypes, type TokenType } from "./tokenTypes.js";
import type { ClientAbilities, Feature } from "./types.js";

/** A token in the source. */
interface Token {
  readonly start: number;
  readonly end: number;
  readonly type: TokenType;
}

const options = (client: ClientAbilities) => ({
  legend: { tokenTypes: client.customTokenTypes ? customTypes : standardTypes, tokenModifiers: [] },
});

/** Colours where the grammar cannot know: speakers' verbs, parameters, addresses, reply classes, message text, secrets. */
export const semanticTokensFull: Feature<unknown, SemanticTokens> = {
  method: "textDocument/semanticTokens/full",
  languages: ["smtp-transcript"],
  options,
  run: ({ document }) => encode(document.source, tokensBetween(document.transcript, 0, document.source.text.length)),
};

/** The same for what is on the screen. */
export const semanticTokensRange: Feature<{ range: Range }, SemanticTokens> = {
  method: "textDocument/semanticTokens/range",
  languages: ["smtp-transcript"],
  options,
  run({ document }, { range }) {
    const { source } = document;
    return encode(source, tokensBetween(document.transcript, source.offsetAt(range.start), source.offsetAt(range.end)));
  },
};

function tokensBetween(transcript: Transcript, start: number, end: number): Token[] {
  const lines = wireInOrder(transcript);
  const tokens: Token[] = [];
  for (let k = Math.max(0, firstAfter(lines, start) - 1); k < lines.length; k++) {
    const wire = lines[k] as WireLine;
    if (wire.start > end) break;
    if (wire.end < start) continue;
    tokensOf(wire, ownerOf(transcript, wire), (from, to, type) => {
      if (to > from) tokens.push({ start: sourceOffset(wire, from), end: sourceOffset(wire, to), type });
    });
  }
  return tokens.sort((a, b) => a.start - b.start);
}

type Add = (from: number, to: number, type: TokenType) => void;

function tokensOf(wire: WireLine, owner: Owner | undefined, add: Add): void {
  if (wire.speaker === "tool" || !owner || owner.kind === "note") add(0, wire.text.length, "smtpNoise");
  else if (owner.kind === "reply") replyTokens(owner, add);
  else if (owner.kind === "data") add(0, wire.text.length, "smtpBody");
  else commandTokens(wire, owner, add);
}

function replyTokens(owner: Extract<Owner, { kind: "reply" }>, add: Add): void {
  const { line } = owner;
  if (line.code === null) return;
  const first = Math.floor(line.code / 100);
  const type = first === 2 ? "smtpReply2" : first === 3 ? "smtpReply3" : first === 4 ? "smtpReply4" : "smtpReply5";
  add(0, 3, type);
  if (line.enhanced) add(line.enhanced.from, line.enhanced.to, "smtpEnhancedCode");
}

function commandTokens(wire: WireLine, owner: Extract<Owner, { kind: "command" }>, add: Add): void {
  const { exchange } = owner;
  const secrets = secretSpans(exchange);
  for (const secret of secrets) add(secret.from, secret.to, "smtpSecret");
  if (exchange.kind === "end-of-data") add(0, wire.text.length, "smtpVerb");
  const command = exchange.command;
  if (!command) return;
  add(command.verbFrom, command.verbTo, "smtpVerb");
  const path = command.path?.path;
  if (path && path.contentTo > path.contentFrom) add(path.contentFrom, path.contentTo, "smtpAddress");
  for (const parameter of command.path?.parameters ?? [])
    add(parameter.from, parameter.from + parameter.keyword.length, "smtpParameter");
  if (exchange.verb === "AUTH" && exchange.auth?.mechanism) {
    add(command.argumentFrom, command.argumentFrom + exchange.auth.mechanism.length, "smtpParameter");
  }
}

/** Encodes tokens as LSP wants them: relative to the one before, split where they cross lines, overlaps dropped. */
function encode(source: SourceText, tokens: readonly Token[]): SemanticTokens {
  const data: number[] = [];
  let lastLine = 0;
  let lastCharacter = 0;
  let reached = 0;
  for (const token of tokens) {
    if (token.start < reached) continue;
    reached = token.end;
    const { line: firstLine } = source.positionAt(token.start);
    for (let line = firstLine, start = token.start; start < token.end; line++, start = source.lineStart(line)) {
      const length = Math.min(token.end, source.lineEnd(line)) - start;
      if (length <= 0) continue;
      const character = start - source.lineStart(line);
      data.push(
        line - lastLine,
        line === lastLine ? character - lastCharacter : character,
        length,
        customTypes.indexOf(token.type),
        0,
      );
      lastLine = line;
      lastCharacter = character;
    }
  }
  return { data };
}
