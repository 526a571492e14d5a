import { describe, expect, it } from "vitest";
import { convertToRfc } from "../../server/src/features/convert.js";
import { extractMessages } from "../../server/src/features/extract.js";
import { inspectTranscript } from "../../server/src/features/inspect.js";
import { shellQuote } from "../../server/src/features/texts/commandLine.js";
import { makeText } from "../../server/src/service.js";
import { parseTranscript } from "../../server/src/transcript.js";
import { documentOf, PRINTED, placeOf, printed, recorded, recordings } from "../kit/features.js";

/** What `inspect` says of the sessions, apart from places in the file. */
function structure(text: string): unknown {
  const { sessions } = inspectTranscript(parseTranscript(text));
  const PLACES = new Set(["line", "endLine"]);
  return JSON.parse(JSON.stringify(sessions, (key, value) => (PLACES.has(key) ? undefined : value)));
}

/** Recordings that say something that `C:`/`S:` lines cannot, with what that is. */
const DIFFERENT: Readonly<Record<string, string>> = {
  "aiosmtpd-log/conn-lost-mid-data.log": "the log hides message text that had begun, but not how much",
  "socat-v/smuggle-crlf-dot-cr.smtp": "a line holds a lone CR, written as its picture of three octets",
  "socat-v/smuggle-lf-dot-lf-exim.smtp": "a dot between bare LF is text there; written down it looks like an end",
  "socat-v/smuggle-lf-dot-lf-sendmail.smtp": "a dot between bare LF is text there; written down it looks like an end",
  "sendmail-bs/verb-nested-050.smtp": "the commands of the inner session are hidden and known from its replies alone",
  "sendmail-dsn/bounce-data-reject.eml": "only the replies are quoted; the commands are known from them alone",
  "sendmail-dsn/bounce-multi.eml": "only the replies are quoted; the commands are known from them alone",
};

describe("converting to C:/S: lines", () => {
  it.each(recordings.filter((path) => !Object.hasOwn(DIFFERENT, path)))("keeps what inspect says of %s", (path) => {
    const text = recorded(path);
    expect(structure(convertToRfc(parseTranscript(text)))).toEqual(structure(text));
  });
  it.each(Object.entries(DIFFERENT))("differs for %s, since %s", (path) => {
    const text = recorded(path);
    const converted = convertToRfc(parseTranscript(text));
    expect(structure(converted)).not.toEqual(structure(text));
    expect((structure(converted) as unknown[]).length).toBe((structure(text) as unknown[]).length);
  });
  it.each(recordings)("gives the same lines when %s is converted twice", (path) => {
    const once = convertToRfc(parseTranscript(recorded(path)));
    const twice = convertToRfc(parseTranscript(once));
    if (!Object.hasOwn(DIFFERENT, path)) expect(twice).toBe(once);
  });
});

const SESSION = [
  "S: 220 mx.example.com ESMTP",
  "C: EHLO client.example.org",
  "S: 250-mx.example.com",
  "S: 250 AUTH PLAIN LOGIN CRAM-MD5",
  "C: AUTH PLAIN AGFsaWNlAHNlY3JldDEyMw==",
  "S: 235 2.7.0 Authentication successful",
  "C: MAIL FROM:<o'brien@example.org>",
  "S: 250 2.1.0 Ok",
  "C: RCPT TO:<bob@example.com>",
  "S: 250 2.1.5 Ok",
  "C: RCPT TO:<nobody@example.com>",
  "S: 550 5.1.1 No such user",
  "C: DATA",
  "S: 354 End data with <CR><LF>.<CR><LF>",
  "C: Subject: Hello",
  "C: ",
  "C: ..a line with a dot",
  "C: ...",
  "C: ",
  "C: caf\u00e9",
  "C: .",
  "S: 250 2.0.0 Ok: queued as 4F2A17C",
  "C: QUIT",
  "S: 221 2.0.0 Bye",
  "",
].join("\n");

describe.each(PRINTED)("a session printed as %s", (form) => {
  const document = documentOf(printed(SESSION, form));
  const make = (name: string, options = {}): string => makeText(document, name, options, "en")?.text ?? "";

  it("gives back the message as it was sent, without the dots of the way", () => {
    const message = "Subject: Hello\r\n\r\n.a line with a dot\r\n..\r\n\r\ncaf\u00e9\r\n";
    expect(extractMessages(document.transcript)).toMatchObject([
      { text: message, complete: true, line: placeOf(document, "MAIL FROM").line },
    ]);
    expect(make("message")).toBe(message);
  });
  it("is repeated by a command line with every word quoted and no password", () => {
    for (const tool of ["swaks", "curl"]) {
      expect(make(tool)).toContain("'o'\\''brien@example.org'");
      expect(make(tool)).toContain("bob@example.com");
    }
    expect(make("swaks")).toMatch(/--auth PLAIN --auth-user alice/);
    expect(make("curl")).toContain("--user alice");
    expect(make("openssl")).toMatch(/^openssl s_client -crlf -quiet -connect mx\.example\.com:25 -starttls smtp/);
    for (const tool of ["swaks", "curl", "openssl"]) {
      expect(make(tool)).not.toMatch(/secret123|AGFsaWNl/);
      expect(make(tool).trim().split("\n")).toHaveLength(1);
    }
  });
  it("is reported for a ticket: outcome and refusal first, redacted", () => {
    const report = make("report");
    expect(report).toContain("## SMTP session");
    expect(report).toContain("1 of 2 recipients accepted");
    expect(report).toContain("550 5.1.1");
    expect(report).not.toMatch(/secret123|AGFsaWNl|brien|bob@|nobody@|caf\u00e9/);
  });
  it("is reported with why it failed, who must act and what to do, each cause once", () => {
    const report = make("report");
    expect(report).toContain("### Why it failed, and what to do");
    expect(report.match(/\*\*Who must act:\*\* the sender\n {2}- \*\*Try again:\*\* No\./g)).toHaveLength(1);
    expect(report).toContain("**What to do:** Check the spelling; remove the address from lists.");
    const arabic = makeText(document, "report", {}, "ar")?.text ?? "";
    expect(arabic).toContain("\n  - \u2067**من عليه التصرف:**");
    expect(arabic).toMatch(/^`{3}text$/m);
  });
  it("is drawn as a ladder with its refusal marked, the same in the table, and with the secret masked", () => {
    const page = make("diagram");
    const lines = (tag: string) =>
      [...page.matchAll(new RegExp(`<${tag}[^>]* data-line="(\\d+)"`, "g"))].map(([, n]) => n);
    expect(lines("g")).toEqual(lines("tr"));
    expect(lines("tr")).toContain(String(placeOf(document, "550 5.1.1").line));
    expect(page).toMatch(
      /class="bad"><td><button type="button">\d+<\/button><\/td><td>Server<\/td><td dir="ltr">550 No such user/,
    );
    expect(page).toContain("AUTH PLAIN ****");
    expect(make("mermaid")).toContain("C->>S: AUTH PLAIN ****");
    for (const name of ["diagram", "svg", "mermaid"]) expect(make(name)).not.toContain("AGFsaWNl");
  });
});

const HELLO =
  "From: Alice Example <alice@example.org>\nTo: Bob Example <bob@example.com>\nSubject: Hello from the corpus\nDate: Mon, 23 Nov 2026 16:00:00 +0000\nMessage-ID: <hello.1@client.example.org>\n\nHi Bob,\n\nthis is a plain message.\n\n-- \nAlice\n";
const DOTS =
  "From: Alice Example <alice@example.org>\nTo: Bob Example <bob@example.com>\nSubject: Dots and dots\nDate: Mon, 23 Nov 2026 16:00:00 +0000\nMessage-ID: <dots.1@client.example.org>\n\nA line with a single dot follows:\n.\n.. two dots\n.hidden file\n...\n  . indented\n250 this looks like a reply\nQUIT\nMAIL FROM:<fake@example.net>\nend\n";

/** What is known to have been sent: as it is, with the empty line that swaks and others add, or with the dot that the file ended in. */
const sentForms = (text: string): string[] => {
  const wire = text.replace(/\n/g, "\r\n");
  // Python's smtplib sends octets as they are given, here with LF, and ends them with CR LF.
  return [wire, `${wire}\r\n`, `${wire}.\r\n`, `${text}\r\n`, `${text}.\n\r\n`];
};

describe("messages of recorded sessions", () => {
  const all = recordings.flatMap((path) =>
    extractMessages(parseTranscript(recorded(path))).map(({ text }) => ({ path, text })),
  );
  it.each([
    ["a plain message", "Subject: Hello from the corpus", HELLO, 40],
    ["a message full of dots", "Subject: Dots and dots", DOTS, 8],
  ])("are given octet for octet: %s, whatever tool recorded it", (_name, subject, text, least) => {
    const found = all.filter((message) => message.text.includes(subject));
    expect(found.length).toBeGreaterThanOrEqual(least);
    for (const message of found) expect(sentForms(text), message.path).toContain(message.text);
  });
  it("are as many as inspect says are shown", () => {
    for (const path of recordings) {
      const transcript = parseTranscript(recorded(path));
      const messages = extractMessages(transcript);
      const shown = inspectTranscript(transcript).sessions.flatMap(({ transactions }) =>
        transactions.filter(({ data }) => data?.shown),
      );
      expect(messages).toHaveLength(shown.length);
    }
  });
});

const HOSTILE = [
  "S: 220 mx.example.com ESMTP",
  "C: EHLO $(touch x)`id`",
  "S: 250 mx.example.com",
  "C: MAIL FROM:<a;rm -rf /@example.org>",
  "S: 250 </title><script>alert(1)</script>",
  'C: RCPT TO:<"x\' --help"@example.com>',
  "S: 550 [click](command:workbench.action.quit) ![x](https://evil.example/x.png) ```` # h",
  "C: NOOP -->; end #quot; <img src=x onerror=alert(1)>",
  "S: 250 \u202egnp.exe %%{init}%%",
  "",
].join("\n");

describe("hostile text", () => {
  const document = documentOf(HOSTILE);
  const make = (name: string): string => makeText(document, name, {}, "en")?.text ?? "";
  it("stays text in a diagram: page, picture and Mermaid", () => {
    for (const name of ["diagram", "svg"]) {
      const made = make(name);
      expect(made).not.toMatch(/<(?:script|img|a|iframe)\b/i);
      expect(made).not.toMatch(/<[^>]* on\w+=/i);
      const tags = new Set([...made.matchAll(/<\/?([a-z][a-z0-9]*)/gi)].map(([, tag]) => tag));
      for (const tag of tags) {
        expect(
          "div section h2 svg style rect title text line g path table thead tbody tr th td button".split(" "),
        ).toContain(tag);
      }
    }
    for (const line of make("mermaid").split("\n").slice(3)) {
      const said = line.slice(line.indexOf(": ") + 2);
      expect(said.replace(/#\d{1,5};/g, "")).not.toMatch(/[#;<>{}%`"&]/);
    }
  });
  it("stays text in a report: no link, no image, no markup, and no line ends its fence", () => {
    const report = make("report");
    const [above, below] = report.split(/^`{3,}text$/m) as [string, string];
    // Between backticks Markdown shows everything letter for letter (CommonMark 0.31 §6.1).
    const outside = above.replace(/(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, "");
    expect(outside).not.toMatch(/(?<!\\)\]\(|(?<!\\)!\[|<script/);
    const fence = /^(`{3,})text$/m.exec(report)?.[1] as string;
    expect(below.split("\n").filter((line) => line.startsWith(fence))).toHaveLength(1);
  });
  it("is one quoted word in a command line", () => {
    for (const word of ["$(touch x)`id`", "a;rm -rf /", "o'brien", "-x", "a\nb", "", "é\u202e", "a b", "~", "*"]) {
      const quoted = shellQuote(word);
      expect(quoted).toMatch(/^(?:[A-Za-z0-9@%+=:,./_-]+|'(?:[^']|'\\'')*')$/);
      expect(quoted).not.toMatch(/[\n\u202e]/);
    }
    for (const tool of ["swaks", "curl", "openssl"])
      expect(make(tool).replace(/'(?:[^']|'\\'')*'/g, "")).not.toMatch(/[$`;]/);
  });
  it("gives null for a name that no text has", () => {
    for (const name of ["", "toString", "__proto__", "nothing"]) expect(makeText(document, name, {}, "en")).toBeNull();
  });
});
