import { type DocumentSymbol, SymbolKind } from "vscode-languageserver-types";
import type { WireLine } from "../dialects/types.js";
import type { AuthAttempt, Exchange, Recipient, Session, Transaction } from "../session/model.js";
import type { Transcript } from "../transcript.js";
import { apart } from "./apart.js";
import { patient } from "./cancel.js";
import { messageOfData } from "./message/bodies.js";
import { messageOutline } from "./message/outline.js";
import { outcomeInWords } from "./outcomeWords.js";
import { exchangeLines, linesRange, transactionLines, wireRange } from "./ranges.js";
import { hideSecrets } from "./secrets.js";
import type { Feature, Locale } from "./types.js";
import { say } from "./words.js";

/** The outline: session → TLS, AUTH, transactions (from → to, outcome) → recipients, header fields and parts of the message. */
export const documentSymbols: Feature<unknown, DocumentSymbol[]> = {
  method: "textDocument/documentSymbol",
  languages: ["smtp-transcript"],
  run: ({ document, settings, cancelled }) => outline(document.transcript, settings.locale, cancelled),
};

/** The outline of a transcript; cut short where the request is cancelled. Names are never empty, as LSP asks. */
export function outline(transcript: Transcript, locale: Locale, cancelled?: () => boolean): DocumentSymbol[] {
  const over = patient(cancelled);
  const symbols: DocumentSymbol[] = [];
  for (const session of transcript.sessions) {
    if (over()) break;
    symbols.push(sessionSymbol(transcript, session, locale, over));
  }
  return symbols;
}

/** Tells whether to stop. */
type Over = () => boolean;

function sessionSymbol(transcript: Transcript, session: Session, locale: Locale, over: Over): DocumentSymbol {
  const range = linesRange(transcript.source, session.line, session.endLine);
  const place = session.remote?.host ?? session.remote?.ip ?? session.channel;
  const name = say(locale, "outline.session", { number: session.index + 1 });
  return {
    name: place ? `${name} ${place}` : name,
    detail: [session.protocol, say(locale, `tls.${session.tls}`)].filter(Boolean).join(" · "),
    kind: SymbolKind.Module,
    range,
    selectionRange: { start: range.start, end: range.start },
    children: sessionChildren(transcript, session, locale, over),
  };
}

function sessionChildren(transcript: Transcript, session: Session, locale: Locale, over: Over): DocumentSymbol[] {
  const children: DocumentSymbol[] = [];
  const push = (symbol: DocumentSymbol | undefined): void => {
    if (symbol) children.push(symbol);
  };
  for (const exchange of session.exchanges) {
    if (over()) break;
    if (exchange.kind === "greeting")
      push(exchangeSymbol(transcript, session, exchange, say(locale, "outline.greeting"), SymbolKind.Event));
    else if (["EHLO", "HELO", "LHLO"].includes(exchange.verb))
      push(exchangeSymbol(transcript, session, exchange, exchange.verb, SymbolKind.Interface));
    else if (exchange.verb === "STARTTLS")
      push(exchangeSymbol(transcript, session, exchange, "STARTTLS", SymbolKind.Key));
    else if (exchange.verb === "QUIT") push(exchangeSymbol(transcript, session, exchange, "QUIT", SymbolKind.Event));
    else if (exchange.verb === "AUTH" && exchange.auth?.exchange === exchange)
      push(authSymbol(transcript, session, exchange.auth, locale));
    else if (exchange.verb === "MAIL" && exchange.transaction?.mail === exchange) {
      push(transactionSymbol(transcript, session, exchange.transaction, locale));
    }
  }
  return apart(transcript.source, children);
}

function exchangeSymbol(
  transcript: Transcript,
  session: Session,
  exchange: Exchange,
  name: string,
  kind: SymbolKind,
): DocumentSymbol | undefined {
  const lines = exchangeLines(transcript.source, exchange);
  if (!lines) return undefined;
  const range = linesRange(transcript.source, lines.first, lines.last);
  const shown: WireLine | undefined = exchange.wire ?? exchange.reply?.lines[0]?.wire;
  const detail = exchange.command?.argument ?? exchange.reply?.text ?? "";
  const code = exchange.reply?.code;
  return {
    name: code === undefined || code === null ? name : `${name} ${code}`,
    detail: exchange.kind === "command" && exchange.verb === "AUTH" ? "" : hideSecrets(detail.slice(0, 120), session),
    kind,
    range,
    selectionRange: shown ? wireRange(transcript.source, shown) : range,
  };
}

function authSymbol(
  transcript: Transcript,
  session: Session,
  attempt: AuthAttempt,
  locale: Locale,
): DocumentSymbol | undefined {
  const name = `AUTH ${attempt.mechanism ?? ""}`.trim();
  const symbol = exchangeSymbol(transcript, session, attempt.exchange, name, SymbolKind.Key);
  if (!symbol) return undefined;
  const last = attempt.responses[attempt.responses.length - 1];
  const end = last && exchangeLines(transcript.source, last);
  const range = end
    ? linesRange(transcript.source, symbol.range.start.line, Math.max(end.last, symbol.range.end.line))
    : symbol.range;
  return { ...symbol, name, detail: say(locale, `auth.${attempt.outcome}`), range };
}

function transactionSymbol(
  transcript: Transcript,
  session: Session,
  transaction: Transaction,
  locale: Locale,
): DocumentSymbol | undefined {
  const lines = transactionLines(transcript.source, session, transaction);
  if (!lines) return undefined;
  const range = linesRange(transcript.source, lines.first, lines.last);
  const mail = transaction.mail.wire;
  const children = transaction.recipients
    .map((recipient) => recipientSymbol(transcript, session, recipient, locale))
    .filter((symbol) => symbol !== undefined);
  const message = messageOfData(session, transaction.data);
  if (message && message.root.header.fields.length > 0)
    children.push(...messageOutline(message, transcript.source, locale));
  return {
    name: `${pathName(transaction.reversePath)} → ${recipientNames(transaction)}`,
    detail: outcomeInWords(locale, transaction),
    kind: SymbolKind.Package,
    range,
    selectionRange: mail ? wireRange(transcript.source, mail) : { start: range.start, end: range.start },
    children: apart(transcript.source, children),
  };
}

function pathName(path: string | null): string {
  return path === null ? "?" : `<${path}>`;
}

function recipientNames(transaction: Transaction): string {
  const [first, ...others] = transaction.recipients;
  if (!first) return "–";
  return others.length === 0 ? pathName(first.forwardPath) : `${pathName(first.forwardPath)} +${others.length}`;
}

function recipientSymbol(
  transcript: Transcript,
  session: Session,
  recipient: Recipient,
  locale: Locale,
): DocumentSymbol | undefined {
  const symbol = exchangeSymbol(
    transcript,
    session,
    recipient.exchange,
    pathName(recipient.forwardPath),
    SymbolKind.Constant,
  );
  return symbol && { ...symbol, detail: say(locale, `recipient.${recipient.outcome}`) };
}
