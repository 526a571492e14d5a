import { type CompletionItem, CompletionItemKind, InsertTextFormat, type Position } from "vscode-languageserver-types";
import type { WireLine } from "../dialects/types.js";
import { allExtensions, allParameters, allVerbs, expectedReplies, replyEntry, textsFor } from "../reference/index.js";
import type { Exchange, State } from "../session/model.js";
import type { Transcript } from "../transcript.js";
import { ownerOf, wireInOrder } from "./place.js";
import { rangeOf } from "./ranges.js";
import { sessionSnippets } from "./snippets.js";
import type { Feature, FeatureContext, Locale, ParsedDocument } from "./types.js";

/** A line marked as the client's or the server's: mark, then what is typed so far. */
const MARKED = /^(\s*)(C|S|Client|Server|>>>|<<<|<-|<~| ->| ~>)(:? ?| {1,2})(.*)$/;

/**
 * For transcripts written by hand: verbs by state, parameters by what was offered, EHLO keywords, reply codes that fit the
 * command, header names, and snippets for whole sessions.
 */
export const completion: Feature<{ position: Position }, CompletionItem[]> = {
  method: "textDocument/completion",
  languages: ["smtp-transcript"],
  options: () => ({ triggerCharacters: [" ", ":", "-"] }),
  run: (context, { position }) => completionsAt(context, position),
};

function completionsAt(context: FeatureContext, position: Position): CompletionItem[] {
  const { document, settings } = context;
  const { source, transcript } = document;
  const text = source.lineText(position.line).slice(0, position.character);
  if (text.length > 1000) return [];
  const match = MARKED.exec(text);
  if (!match) return text.trim() === "" ? sessionSnippets(settings.locale) : [];
  const typed = match[4] as string;
  const point = pointBefore(transcript, source.lineStart(position.line));
  const fromServer = /^(?:S|Server|<<<|<-|<~)$/.test(match[2] as string);
  if (fromServer) return replyItems(document, position, point, typed, settings.locale);
  if (point.inData) return typed.includes(":") ? [] : headerItems(document, position, typed);
  const space = /^(MAIL FROM|RCPT TO):.*[> ][^ ]*$/i.exec(typed);
  if (space)
    return parameterItems(
      document,
      position,
      point.state,
      (space[1] as string).slice(0, 4).toUpperCase(),
      typed,
      settings.locale,
    );
  return typed.includes(" ") ? [] : verbItems(document, position, point.state, typed, settings.locale);
}

/** The session as it stands above a line. */
interface Point {
  readonly state: State | undefined;
  /** The last command, and whether its reply is still due. */
  readonly last: Exchange | undefined;
  readonly inData: boolean;
}

function pointBefore(transcript: Transcript, offset: number): Point {
  let wire: WireLine | undefined;
  for (const line of wireInOrder(transcript)) {
    if (line.start >= offset) break;
    if (line.speaker !== "tool") wire = line;
  }
  const owner = wire && ownerOf(transcript, wire);
  if (!owner) return { state: undefined, last: undefined, inData: false };
  if (owner.kind === "data") return { state: undefined, last: undefined, inData: true };
  const exchange =
    owner.kind === "command" ? owner.exchange : owner.kind === "reply" ? owner.reply.exchange : undefined;
  const { exchanges } = owner.session;
  const next = exchange && exchanges[exchanges.indexOf(exchange) + 1];
  const inData = owner.kind === "reply" && owner.reply.code === 354;
  return { state: next?.before ?? owner.session.end, last: exchange, inData };
}

function verbItems(
  document: ParsedDocument,
  position: Position,
  state: State | undefined,
  typed: string,
  locale: Locale,
): CompletionItem[] {
  const texts = textsFor(locale).verbs;
  const fitting = fittingVerbs(state);
  return allVerbs()
    .filter(({ status }) => status !== "obsolete")
    .map(({ verb, syntax }) => {
      const insert =
        verb === "MAIL"
          ? "MAIL FROM:<$1>"
          : verb === "RCPT"
            ? "RCPT TO:<$1>"
            : syntax.includes(" ")
              ? `${verb} $1`
              : verb;
      return {
        ...item(document, position, typed, verb, insert, CompletionItemKind.Keyword),
        detail: syntax,
        documentation: texts[verb]?.meaning,
        sortText: `${fitting.has(verb) ? 0 : 1}${verb}`,
      };
    });
}

/** Verbs that fit the state (RFC 5321 §4.1.4), best first for sorting. */
function fittingVerbs(state: State | undefined): ReadonlySet<string> {
  if (!state?.hello) return new Set(["EHLO", "HELO", "QUIT"]);
  if (!state.transaction) {
    const verbs = ["MAIL", "QUIT", "NOOP"];
    if (state.extensions?.has("STARTTLS") && !state.tls) verbs.push("STARTTLS");
    if (state.extensions?.has("AUTH") && !state.authenticated) verbs.push("AUTH");
    return new Set(verbs);
  }
  return new Set(["RCPT", "DATA", "RSET", "QUIT", ...(state.extensions?.has("CHUNKING") ? ["BDAT"] : [])]);
}

function parameterItems(
  document: ParsedDocument,
  position: Position,
  state: State | undefined,
  verb: string,
  typed: string,
  locale: Locale,
): CompletionItem[] {
  const texts = textsFor(locale).parameters;
  const word = /[^ >]*$/.exec(typed)?.[0] ?? "";
  return allParameters()
    .filter(
      ({ commands, extension }) =>
        commands.includes(verb as "MAIL" | "RCPT") && (!state?.extensions || state.extensions.has(extension)),
    )
    .map(({ name, syntax }) => ({
      ...item(document, position, word, name, syntax.includes("=") ? `${name}=$1` : name, CompletionItemKind.Property),
      detail: syntax,
      documentation: texts[name]?.meaning,
    }));
}

/** Codes that a healthy server gives here, from the RFC's table (RFC 5321 §4.3.2), and EHLO keywords inside its list. */
function replyItems(
  document: ParsedDocument,
  position: Position,
  point: Point,
  typed: string,
  locale: Locale,
): CompletionItem[] {
  const keyword = /^250[- ](\S*)$/.exec(typed);
  if (keyword && point.last && ["EHLO", "LHLO"].includes(point.last.verb)) {
    const texts = textsFor(locale).extensions;
    return allExtensions().map((extension) => ({
      ...item(
        document,
        position,
        keyword[1] as string,
        extension.keyword,
        extension.keyword,
        CompletionItemKind.Interface,
      ),
      documentation: texts[extension.keyword]?.meaning,
    }));
  }
  if (typed.includes(" ")) return [];
  const command = !point.last ? "CONNECT" : point.last.kind === "end-of-data" ? "DATA-END" : point.last.verb;
  const expected = expectedReplies(command);
  const codes = expected
    ? [...expected.success, ...expected.intermediate, ...expected.error]
    : [250, 421, 450, 451, 500, 501, 503, 550];
  const texts = textsFor(locale).replies;
  return codes.map((code, k) => {
    const enhanced = replyEntry(code)?.enhanced?.[0];
    const name = texts[String(code)]?.name ?? "";
    return {
      ...item(
        document,
        position,
        typed,
        String(code),
        `${code} ${enhanced ? `${enhanced} ` : ""}\${1:${snippetText(textsFor("en").replies[String(code)]?.name ?? "")}}`,
        CompletionItemKind.EnumMember,
      ),
      detail: name,
      documentation: texts[String(code)]?.meaning,
      sortText: String(k).padStart(3, "0"),
    };
  });
}

const HEADERS = [
  "From",
  "To",
  "Cc",
  "Subject",
  "Date",
  "Message-ID",
  "Reply-To",
  "MIME-Version",
  "Content-Type",
  "Content-Transfer-Encoding",
  "In-Reply-To",
  "References",
  "List-Unsubscribe",
];

function headerItems(document: ParsedDocument, position: Position, typed: string): CompletionItem[] {
  return HEADERS.map((name) => item(document, position, typed, name, `${name}: `, CompletionItemKind.Field));
}

function item(
  document: ParsedDocument,
  position: Position,
  typed: string,
  label: string,
  insert: string,
  kind: CompletionItemKind,
): CompletionItem {
  const end = document.source.offsetAt(position);
  return {
    label,
    kind,
    insertTextFormat: InsertTextFormat.Snippet,
    textEdit: { range: rangeOf(document.source, { start: end - typed.length, end }), newText: insert },
  };
}

/** Escapes what a snippet would read as a place holder (LSP 3.18, "Snippet Syntax"). */
function snippetText(text: string): string {
  return text.replace(/[\\$}]/g, "\\$&");
}
