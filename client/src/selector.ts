import { type TextDocument, Uri } from "vscode";
import type { DocumentSelector } from "vscode-languageclient";

/** Our languages, and documents that another extension claimed under the plain ids but whose names say what they are. */
export const documentSelector: DocumentSelector = [
  { language: "smtp-transcript" },
  { language: "eml-message" },
  { language: "smtp", pattern: "**/*.smtp" },
  { language: "eml", pattern: "**/*.eml" },
];

/** True for a document that the server reads as a transcript. */
export function isTranscript(document: TextDocument): boolean {
  return (
    document.languageId === "smtp-transcript" || (document.languageId === "smtp" && document.uri.path.endsWith(".smtp"))
  );
}

/** True for any document that the server reads. */
export function isOurs(document: TextDocument): boolean {
  const isMessage =
    document.languageId === "eml-message" || (document.languageId === "eml" && document.uri.path.endsWith(".eml"));
  return isMessage || isTranscript(document);
}

/** A URI from a string or a URI; undefined for anything else. */
export function toUri(value: unknown): Uri | undefined {
  if (value instanceof Uri) return value;
  return typeof value === "string" ? Uri.parse(value, true) : undefined;
}
