import type { Location, Position } from "vscode-languageserver-types";
import type { WireLine } from "../dialects/types.js";
import type { Exchange, Extension } from "../session/model.js";
import { rfcsNamed } from "./documentLinks.js";
import { columnAt, type Owner, ownerOf, wireAt } from "./place.js";
import { wireRange } from "./ranges.js";
import type { Feature, ParsedDocument } from "./types.js";

/** Extension that a verb or a parameter belongs to, where the names differ (RFC 3030, 3461, 4954, 1870, 6152, 6531, 2852, 4865). */
const EXTENSION_OF: Readonly<Record<string, string>> = {
  BDAT: "CHUNKING",
  BODY: "8BITMIME",
  RET: "DSN",
  ENVID: "DSN",
  NOTIFY: "DSN",
  ORCPT: "DSN",
  BY: "DELIVERBY",
  HOLDFOR: "FUTURERELEASE",
  HOLDUNTIL: "FUTURERELEASE",
};

/** From a reply to its command, from a use of an extension (verb or parameter) to its line in the EHLO reply. */
export const definition: Feature<{ position: Position }, Location[]> = {
  method: "textDocument/definition",
  languages: ["smtp-transcript"],
  run: ({ document }, { position }) => definitionAt(document, document.source.offsetAt(position)),
};

function definitionAt(document: ParsedDocument, offset: number): Location[] | null {
  const wire = wireAt(document.transcript, offset);
  const owner = wire && ownerOf(document.transcript, wire);
  if (!wire || !owner) return null;
  const column = columnAt(wire, offset);
  // A click that opens the link must not move the cursor as well.
  if (rfcsNamed(wire.text).some(({ index, 0: name }) => index <= column && column <= index + name.length)) return null;
  const target = targetOf(owner, column);
  return target ? [{ uri: document.uri, range: wireRange(document.source, target) }] : null;
}

function targetOf(owner: Owner, column: number): WireLine | undefined {
  if (owner.kind === "reply") return commandLine(owner.reply.exchange);
  if (owner.kind === "data") return owner.data.exchange.wire;
  if (owner.kind !== "command") return undefined;
  const { exchange } = owner;
  if (exchange.kind === "end-of-data") return exchange.transaction?.data?.exchange.wire;
  if (exchange.kind === "auth-response") return exchange.auth?.exchange.wire;
  return extensionUsed(exchange, column)?.line.wire ?? firstReplyLine(exchange);
}

/** A final dot stands for its DATA command where the dot is hidden. */
function commandLine(exchange: Exchange | undefined): WireLine | undefined {
  return exchange?.wire ?? exchange?.transaction?.data?.exchange.wire;
}

function firstReplyLine(exchange: Exchange): WireLine | undefined {
  return exchange.reply?.lines[0]?.wire;
}

function extensionUsed(exchange: Exchange, column: number): Extension | undefined {
  const { extensions } = exchange.before;
  if (!extensions) return undefined;
  const parameter = exchange.command?.path?.parameters.find(
    (candidate) => candidate.from <= column && column <= candidate.to,
  );
  const name = parameter?.keyword ?? exchange.verb;
  const keyword =
    name === "BODY" && parameter?.value?.toUpperCase() === "BINARYMIME" ? "BINARYMIME" : (EXTENSION_OF[name] ?? name);
  return extensions.get(keyword);
}
