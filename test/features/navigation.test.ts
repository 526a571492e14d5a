import { describe, expect, it } from "vitest";
import type {
  CompletionItem,
  DocumentHighlight,
  DocumentLink,
  Location,
  SignatureHelp,
  TextEdit,
  WorkspaceEdit,
  WorkspaceSymbol,
} from "vscode-languageserver-types";
import type { ParsedDocument } from "../../server/src/features/types.js";
import { ask, documentOf, PRINTED, placeOf, printed, textIn } from "../kit/features.js";

const SESSION = [
  "S: 220 mx.example.com ESMTP",
  "C: EHLO client.example.org",
  "S: 250-mx.example.com",
  "S: 250-PIPELINING",
  "S: 250-DSN",
  "S: 250-AUTH PLAIN LOGIN",
  "S: 250 SIZE 10240000",
  "C: AUTH PLAIN AGFsaWNlQGV4YW1wbGUub3JnAHNlY3JldDEyMw==",
  "S: 235 2.7.0 Authentication successful",
  "C: MAIL FROM:<alice@example.org> SIZE=300 RET=HDRS",
  "S: 250 2.1.0 Ok",
  "C: RCPT TO:<bob@example.com>",
  "S: 250 2.1.5 Ok",
  "C: RCPT TO:<jim.bob@example.com>",
  "S: 550 5.1.1 No such user, see RFC 5321 section 4.2.3",
  "C: DATA",
  "S: 354 End data with <CR><LF>.<CR><LF>",
  "C: From: Alice <alice@example.org>",
  "C: To: bob@EXAMPLE.com",
  "C: Subject: Hello",
  "C: ",
  "C: Hi Bob",
  "C: .",
  "S: 250 2.0.0 Ok: queued as 4F2A17C",
  "C: QUIT",
  "S: 221 2.0.0 Bye",
  "",
].join("\n");

/** The text with edits applied; they must not overlap. */
function edited(document: ParsedDocument, edits: readonly TextEdit[]): string {
  const spans = edits
    .map(({ range, newText }) => ({
      start: document.source.offsetAt(range.start),
      end: document.source.offsetAt(range.end),
      newText,
    }))
    .sort((a, b) => b.start - a.start);
  let { text } = document.source;
  let before = text.length;
  for (const { start, end, newText } of spans) {
    expect(end).toBeLessThanOrEqual(before);
    text = text.slice(0, start) + newText + text.slice(end);
    before = start;
  }
  return text;
}

describe.each(PRINTED)("a session printed as %s", (form) => {
  const document = documentOf(printed(SESSION, form));
  const go = (piece: string, into = 0, occurrence = 0): string[] =>
    (
      ask<Location[] | null>(document, "textDocument/definition", {
        position: placeOf(document, piece, into, occurrence),
      }) ?? []
    ).map(({ range }) => textIn(document, range));

  it("goes from a reply to its command, and from the reply to the message to DATA's dot", () => {
    expect(go("550 5.1.1", 1)).toEqual(["RCPT TO:<jim.bob@example.com>"]);
    expect(go("235 2.7.0", 1)[0]).toMatch(/^AUTH PLAIN/);
    expect(go("250 2.0.0 Ok", 1)).toEqual(["."]);
  });
  it("goes from a parameter to the line of the EHLO list that offers it", () => {
    expect(go("SIZE=300", 2)).toEqual(["250 SIZE 10240000"]);
    expect(go("RET=HDRS", 1)).toEqual(["250-DSN"]);
    expect(go("AUTH PLAIN AGF", 1)).toEqual(["250-AUTH PLAIN LOGIN"]);
  });
  it("finds every mention of an address, in envelope and header, the domain in any case", () => {
    const found = ask<Location[]>(document, "textDocument/references", {
      position: placeOf(document, "<bob@example.com>", 3),
      context: { includeDeclaration: true },
    }).map(({ range }) => textIn(document, range));
    expect(found).toEqual(["bob@example.com", "bob@EXAMPLE.com"]);
  });
  it("finds an address and a queue id in all open transcripts", () => {
    const other = documentOf(printed(SESSION, "swaks"), "smtp-transcript", "file:///other.smtp");
    const change = { open: [document, other] };
    const position = placeOf(document, "4F2A17C", 1);
    const places = ask<Location[]>(document, "textDocument/references", { position }, change);
    expect(places.map(({ uri }) => uri)).toEqual(["file:///a.smtp", "file:///other.smtp"]);
    const symbols = ask<WorkspaceSymbol[]>(document, "workspace/symbol", { query: "jim" }, change);
    expect(symbols.map(({ name }) => name)).toEqual(["jim.bob@example.com", "jim.bob@example.com"]);
  });
  it("highlights a command with its replies, and an address everywhere", () => {
    const lit = (piece: string, into: number): string[] =>
      ask<DocumentHighlight[]>(document, "textDocument/documentHighlight", {
        position: placeOf(document, piece, into),
      }).map(({ range }) => textIn(document, range));
    expect(lit("EHLO client", 1)).toEqual([
      "EHLO client.example.org",
      "250-mx.example.com",
      "250-PIPELINING",
      "250-DSN",
      "250-AUTH PLAIN LOGIN",
      "250 SIZE 10240000",
    ]);
    expect(lit("alice@", 1)).toEqual(["alice@example.org", "alice@example.org"]);
  });
  it("links the sections of RFCs that replies name, and nothing else", () => {
    const links = ask<DocumentLink[]>(document, "textDocument/documentLink");
    expect(links.map(({ target }) => target)).toEqual(["https://www.rfc-editor.org/rfc/rfc5321.html#section-4.2.3"]);
    expect(links.map(({ range }) => textIn(document, range))).toEqual(["RFC 5321 section 4.2.3"]);
    expect(go("RFC 5321", 4), "the click that opens the link does not go anywhere else").toEqual([]);
  });
  it("shows the syntax of the command under the cursor", () => {
    const help = ask<SignatureHelp>(document, "textDocument/signatureHelp", {
      position: placeOf(document, "MAIL FROM:<alice", 11),
    });
    expect(help.signatures[0]?.label).toMatch(/^MAIL FROM:/);
  });
  it("renames an address through envelope, header and the login's base64, but not inside a longer one", () => {
    const rename = (piece: string, into: number, newName: string): string => {
      const edit = ask<WorkspaceEdit>(document, "textDocument/rename", {
        position: placeOf(document, piece, into),
        newName,
      });
      return edited(document, edit.changes?.["file:///a.smtp"] ?? []);
    };
    const alice = rename("<alice@example.org>", 3, "eve@example.net");
    expect(alice).not.toContain("alice@example.org");
    expect(alice).toContain(btoa("\0eve@example.net\0secret123"));
    const bob = rename("<bob@example.com>", 2, "rob@example.net");
    expect(bob).toContain("<jim.bob@example.com>");
    expect(bob).toContain("To: rob@example.net");
    const domain = rename("<bob@example.com>", 8, "example.net");
    expect(domain).toContain("<jim.bob@example.net>");
    expect(domain).toContain("mx.example.net");
    expect(domain.toLowerCase()).not.toContain("example.com");
  });
  it("renames nothing to a name that would break the line or the path", () => {
    for (const newName of ["a b@c", "a\nRSET", "<x>", "", "\u0000"]) {
      expect(
        ask(document, "textDocument/rename", { position: placeOf(document, "<bob@example.com>", 3), newName }),
      ).toBeNull();
    }
  });
});

describe("completion in a transcript written by hand", () => {
  const complete = (text: string): CompletionItem[] => {
    const document = documentOf(text);
    return ask<CompletionItem[]>(document, "textDocument/completion", {
      position: document.source.positionAt(text.length),
    });
  };
  const best = (text: string): string[] =>
    complete(text)
      .filter(({ sortText }) => sortText?.startsWith("0"))
      .map(({ label }) => label);
  const upTo = (piece: string): string => SESSION.slice(0, SESSION.indexOf(piece));

  it.each([
    ["C: ", "C: "],
    ["swaks", " -> "],
    ["arrows", ">>> "],
  ])("puts the verbs that fit the state first (%s)", (_name, mark) => {
    const before = upTo("C: AUTH PLAIN").replace(/^S: /gm, mark === "C: " ? "S: " : mark === " -> " ? "<-  " : "<<< ");
    const text = `${before.replace(/^C: /gm, mark)}${mark}`;
    expect(best(text)).toEqual(expect.arrayContaining(["MAIL", "QUIT"]));
    expect(best(text)).not.toContain("RCPT");
  });
  it("offers RCPT and DATA inside a transaction", () => {
    expect(best(`${upTo("C: RCPT TO:<bob")}C: `)).toEqual(expect.arrayContaining(["RCPT", "DATA", "RSET"]));
  });
  it("offers the parameters that the server's extensions allow, and no others", () => {
    const labels = complete(`${upTo("C: MAIL FROM")}C: MAIL FROM:<a@b.example> `).map(({ label }) => label);
    expect(labels).toEqual(expect.arrayContaining(["SIZE", "RET", "ENVID"]));
    expect(labels).not.toContain("SMTPUTF8");
    expect(complete(`${upTo("C: RCPT TO:<bob")}C: RCPT TO:<a@b.example> `).map(({ label }) => label)).toContain(
      "NOTIFY",
    );
  });
  it("offers the codes that fit the command, and EHLO keywords in its list", () => {
    expect(complete(`${upTo("S: 354")}S: `).map(({ label }) => label)).toContain("354");
    expect(complete(`${upTo("S: 250-PIPELINING")}S: 250-`).map(({ label }) => label)).toContain("STARTTLS");
  });
  it("offers header fields in a message and whole sessions in an empty file", () => {
    expect(complete(`${upTo("C: From:")}C: `).map(({ label }) => label)).toContain("Subject");
    expect(complete("").length).toBeGreaterThanOrEqual(3);
  });
});

describe("formatting", () => {
  const format = (text: string): string => {
    const document = documentOf(text);
    return edited(document, ask<TextEdit[]>(document, "textDocument/formatting", { options: {} }) ?? []);
  };
  it("puts one blank behind the mark and writes verbs large, and leaves message lines and dots alone", () => {
    const before =
      "S:220 mx ESMTP\nC:   ehlo a.example\nS: 250 mx\nC: mail from:<a@b.example>\nS: 250 ok\nC: rcpt to:<c@d.example>\nS: 250 ok\nC: data\nS: 354 go\nC: subject: x\nC: \nC: ..two\nC: .\nS: 250 ok\n";
    const after = format(before);
    expect(after).toBe(
      "S: 220 mx ESMTP\nC: EHLO a.example\nS: 250 mx\nC: MAIL FROM:<a@b.example>\nS: 250 ok\nC: RCPT TO:<c@d.example>\nS: 250 ok\nC: DATA\nS: 354 go\nC: subject: x\nC: \nC: ..two\nC: .\nS: 250 ok\n",
    );
    expect(format(after)).toBe(after);
  });
  it.each(["swaks", "phpmailer", "arrows"] as const)("never touches what the tool of %s recorded", (form) => {
    const text = printed(SESSION.replace("EHLO", "ehlo"), form);
    if (form !== "arrows") expect(format(text)).toBe(text);
    else expect(format(text).replace("EHLO", "ehlo")).toBe(text);
  });
});
