import { type CompletionItem, CompletionItemKind, InsertTextFormat } from "vscode-languageserver-types";
import type { Locale } from "./types.js";
import { say } from "./words.js";

const SESSION = [
  "S: 220 ${1:mail.example.com} ESMTP",
  "C: EHLO ${2:client.example.org}",
  "S: 250-$1",
  "S: 250-SIZE 10485760",
  "S: 250 8BITMIME",
];

const TRANSACTION = [
  "C: MAIL FROM:<${3:alice@example.org}>",
  "S: 250 2.1.0 Ok",
  "C: RCPT TO:<${4:bob@example.com}>",
  "S: 250 2.1.5 Ok",
  "C: DATA",
  "S: 354 End data with <CR><LF>.<CR><LF>",
  "C: From: <$3>",
  "C: To: <$4>",
  "C: Subject: ${5:Hello}",
  "C:",
  "C: ${0:Hello}",
  "C: .",
  "S: 250 2.0.0 Ok: queued as 4F2A1B",
  "C: QUIT",
  "S: 221 2.0.0 Bye",
];

const STARTTLS = [
  "S: 250 STARTTLS",
  "C: STARTTLS",
  "S: 220 2.0.0 Ready to start TLS",
  "(TLS started)",
  "C: EHLO $2",
  "S: 250 $1",
];

/** Whole sessions to start from, offered on an empty line. */
export function sessionSnippets(locale: Locale): CompletionItem[] {
  return [
    snippet("smtp session", say(locale, "snippet.session"), [...SESSION, ...TRANSACTION]),
    snippet("smtp session with STARTTLS", say(locale, "snippet.starttls"), [
      ...SESSION.slice(0, 3),
      ...STARTTLS,
      ...TRANSACTION,
    ]),
    snippet("smtp transaction", say(locale, "snippet.transaction"), TRANSACTION),
  ];
}

function snippet(label: string, detail: string, lines: readonly string[]): CompletionItem {
  return {
    label,
    detail,
    kind: CompletionItemKind.Snippet,
    insertTextFormat: InsertTextFormat.Snippet,
    insertText: `${lines.join("\n")}\n`,
  };
}
