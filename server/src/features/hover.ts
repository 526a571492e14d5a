import { type Hover, MarkupKind, type Position } from "vscode-languageserver-types";
import type { WireLine } from "../dialects/types.js";
import { sourceSpan } from "../dialects/wire.js";
import type { Exchange, Reply, ReplyLine, Session } from "../session/model.js";
import { hoverAuth } from "./hover/auth.js";
import { hoverCommand, hoverEndOfData } from "./hover/command.js";
import { hoverExtension } from "./hover/extension.js";
import { hoverDelivery, hoverNote } from "./hover/note.js";
import { hoverParameter, hoverPath } from "./hover/parameter.js";
import { hoverReply } from "./hover/reply.js";
import { HoverText } from "./hover/text.js";
import { columnAt, ownerOf, wireAt } from "./place.js";
import type { Feature, FeatureContext } from "./types.js";

interface Parameters {
  readonly position: Position;
}

/** A stretch of a wire line that a hover is about, by columns of its content. */
interface Piece {
  readonly wire: WireLine;
  readonly from: number;
  readonly to: number;
}

/** Explains what is under the pointer, where it stands in the session. */
export const hover: Feature<Parameters, Hover> = {
  method: "textDocument/hover",
  languages: ["smtp-transcript", "eml-message"],
  run(context, { position }) {
    const { document, settings, client } = context;
    const offset = document.source.offsetAt(position);
    const out = new HoverText(settings.locale, client.markdownHover);
    const piece = hoverAt(context, offset, out);
    const value = out.done();
    if (!piece || value === "") return null;
    const span = sourceSpan(piece.wire, piece.from, piece.to);
    const range = { start: document.source.positionAt(span.start), end: document.source.positionAt(span.end) };
    const kind = client.markdownHover ? MarkupKind.Markdown : MarkupKind.PlainText;
    return { contents: { kind, value }, range };
  },
};

/** Writes the hover for a source offset; gives the piece that it is about. */
function hoverAt(context: FeatureContext, offset: number, out: HoverText): Piece | undefined {
  const { transcript } = context.document;
  const wire = wireAt(transcript, offset);
  if (!wire) return undefined;
  const whole = { wire, from: 0, to: wire.text.length };
  const owner = ownerOf(transcript, wire);
  const column = columnAt(wire, offset);
  if (owner?.kind === "command") return hoverClient(owner.exchange, owner.session, column, whole, out);
  if (owner?.kind === "reply") return hoverServer(context, owner, column, whole, out);
  if (owner?.kind === "data") return undefined;
  if (hoverNote(out, wire)) return whole;
  const line = transcript.source.lineAt(offset);
  const delivery = transcript.deliveries.find((one) => one.line === line);
  if (!delivery) return undefined;
  hoverDelivery(out, delivery, context.client);
  return whole;
}

function hoverClient(exchange: Exchange, session: Session, column: number, whole: Piece, out: HoverText): Piece {
  if (exchange.kind === "end-of-data") hoverEndOfData(out, exchange, session);
  else if (exchange.auth) hoverAuth(out, exchange, session);
  else {
    const piece = hoverArgument(exchange, column, whole, out);
    if (piece) return piece;
    hoverCommand(out, exchange, session);
    const { command } = exchange;
    if (command) return { ...whole, from: command.verbFrom, to: command.verbTo };
  }
  return whole;
}

/** A path or a parameter of MAIL and RCPT under the pointer. */
function hoverArgument(exchange: Exchange, column: number, whole: Piece, out: HoverText): Piece | undefined {
  const argument = exchange.command?.path;
  if (!argument) return undefined;
  const parameter = argument.parameters.find(({ from, to }) => from <= column && column <= to);
  if (parameter) {
    hoverParameter(out, parameter, exchange);
    return { ...whole, from: parameter.from, to: parameter.to };
  }
  const { path } = argument;
  if (!path || column < path.from || column > path.to) return undefined;
  hoverPath(out, path, exchange);
  return { ...whole, from: path.from, to: path.to };
}

function hoverServer(
  context: FeatureContext,
  owner: { readonly session: Session; readonly reply: Reply; readonly line: ReplyLine },
  column: number,
  whole: Piece,
  out: HoverText,
): Piece {
  const { session, reply, line } = owner;
  const extension = column >= line.textFrom ? extensionOn(line, reply, session) : undefined;
  if (extension) {
    hoverExtension(out, extension, session, reply.exchange?.before.tls === true);
    return { ...whole, from: line.textFrom };
  }
  hoverReply(out, reply, session, context.client);
  return whole;
}

/** The EHLO keyword on a line of a reply. */
function extensionOn(line: ReplyLine, reply: Reply, session: Session) {
  const verb = reply.exchange?.verb;
  if (verb !== "EHLO" && verb !== "LHLO") return undefined;
  const lists = [session.end.extensions, ...session.exchanges.map((exchange) => exchange.before.extensions)];
  const own = lists.find((extensions) => extensions?.exchange === reply.exchange);
  return own?.list.find((extension) => extension.line.wire === line.wire);
}
