import type { Range, SemanticTokens } from "vscode-languageserver-types";
import type { WireLine } from "../dialects/types.js";
import { sourceOffset } from "../dialects/wire.js";
import type { SourceText } from "../text/source.js";
import type { Transcript } from "../transcript.js";
import { BodyTokens, type Token } from "./message/bodyTokens.js";
import { lineAt } from "./message/locate.js";
import { messageTokens } from "./message/tokens.js";
import { firstAfter, type Owner, ownerOf, wireInOrder } from "./place.js";
import { secretSpans } from "./secrets.js";
import { customTypes, standardTypes, type TokenType } from "./tokenTypes.js";
import type { ClientAbilities, Feature, ParsedDocument } from "./types.js";

const options = (client: ClientAbilities) => ({
  legend: { tokenTypes: client.customTokenTypes ? customTypes : standardTypes, tokenModifiers: [] },
});

/** Colours where the grammar cannot know: verbs, addresses, reply classes, fields and bodies of messages, secrets. */
export const semanticTokensFull: Feature<unknown, SemanticTokens> = {
  method: "textDocument/semanticTokens/full",
  languages: ["smtp-transcript", "eml-message"],
  options,
  run: ({ document }) => encode(document.source, tokensIn(document, 0, document.source.text.length)),
};

/** The same for what is on the screen. */
export const semanticTokensRange: Feature<{ range: Range }, SemanticTokens> = {
  method: "textDocument/semanticTokens/range",
  languages: ["smtp-transcript", "eml-message"],
  options,
  run({ document }, { range }) {
    const { source } = document;
    return encode(source, tokensIn(document, source.offsetAt(range.start), source.offsetAt(range.end)));
  },
};

function tokensIn(document: ParsedDocument, start: number, end: number): Token[] {
  const tokens =
    document.language === "smtp-transcript"
      ? tokensBetween(document.transcript, start, end)
      : [...quotedTokens(document, start, end), ...mailTokens(document, start, end)];
  return tokens.sort((a, b) => a.start - b.start);
}

function tokensBetween(transcript: Transcript, start: number, end: number): Token[] {
  const lines = wireInOrder(transcript);
  const tokens: Token[] = [];
  const bodies = new BodyTokens(tokens);
  for (let k = Math.max(0, firstAfter(lines, start) - 1); k < lines.length; k++) {
    const wire = lines[k] as WireLine;
    if (wire.start > end) break;
    if (wire.end < start) continue;
    const owner = ownerOf(transcript, wire);
    if (owner?.kind === "data" && wire.speaker !== "tool") bodies.take(wire, owner);
    else
      tokensOf(wire, owner, (from, to, type) => {
        if (to > from) tokens.push({ start: sourceOffset(wire, from), end: sourceOffset(wire, to), type });
      });
  }
  bodies.flush();
  return tokens;
}

function mailTokens({ message, source }: ParsedDocument, start: number, end: number): Token[] {
  if (message === undefined) return [];
  const { lines } = message;
  const tokens: Token[] = [];
  messageTokens(message, lineAt(message, start), lineAt(message, end) + 1, (line, from, to, type) => {
    if (to > from) tokens.push({ start: lines.offset(line, from), end: lines.offset(line, to), type });
  });
  return source.text === "" ? [] : tokens;
}

/** Larger messages are not searched for sessions that they quote. */
const MOST_QUOTING = 1024 * 1024;

/** The lines of a session that a notice quotes ("transcript of session follows"), its secrets among them. */
function quotedTokens(document: ParsedDocument, start: number, end: number): Token[] {
  if (document.message === undefined || document.source.text.length > MOST_QUOTING) return [];
  const { transcript } = document;
  if (transcript.detection.dialect.id === "raw" || transcript.sessions.length === 0) return [];
  return tokensBetween(transcript, start, end).filter(({ type }) => type !== "smtpNoise" && type !== "smtpBody");
}

type Add = (from: number, to: number, type: TokenType) => void;

function tokensOf(wire: WireLine, owner: Owner | undefined, add: Add): void {
  if (wire.speaker === "tool" || !owner || owner.kind === "note") add(0, wire.text.length, "smtpNoise");
  else if (owner.kind === "reply") replyTokens(owner, add);
  else if (owner.kind === "command") commandTokens(wire, owner, add);
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
