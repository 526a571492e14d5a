import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { brokenSeals, costsNothing, costsOf } from "../../client/src/edit-reasons.js";
import type { Seal } from "../../server/src/lsp/protocol.js";
import { makeText } from "../../server/src/service.js";
import { scanBytes } from "../../server/src/text/bytes.js";
import { documentOf } from "../kit/features.js";

const seals = (text: string): Seal[] | null => {
  const made = makeText(documentOf(text, "eml-message", "file:///s.eml"), "seals", {}, "en");
  return made && JSON.parse(made.text);
};
/** Which signatures an edit breaks. */
const broken = (before: string, after: string) =>
  brokenSeals(seals(before) ?? [], seals(after) ?? []).map(({ kind, by }) => `${kind} ${by}`.trim());

const BODY = "Hello Bob,\n\nsee you at noon.\n";
const hash = createHash("sha256").update(BODY.replace(/\n/g, "\r\n")).digest("base64");
const signature = (domain: string, c: string, more = "") =>
  `DKIM-Signature: v=1; a=rsa-sha256; c=${c}; d=${domain}; s=k;${more}\n h=from:to:subject; bh=${hash}; b=eHg=\n`;
const HEADER =
  "From: alice@example.org\nTo: bob@example.com\nSubject: Noon\nX-Mailer: test\nMessage-ID: <1@example.org>\n\n";
const MAIL = `${signature("example.org", "relaxed/relaxed")}${HEADER}${BODY}`;

describe("an edit of a message with a DKIM signature that holds", () => {
  it.each([
    ["in the text", MAIL.replace("noon.", "one.")],
    ["of a field that is signed", MAIL.replace("Subject: Noon", "Subject: One")],
    ["that removes a field that is signed", MAIL.replace("To: bob@example.com\n", "")],
    ["that puts another author in", MAIL.replace("alice@example.org", "eve@example.net")],
    ["of the signature", MAIL.replace("b=eHg=", "b=eHk=")],
    ["that ends the header earlier", MAIL.replace("X-Mailer", "\nX-Mailer")],
  ])("%s breaks it", (_, edited) => {
    expect(edited).not.toBe(MAIL);
    expect(broken(MAIL, edited)).toEqual(["dkim example.org"]);
  });

  it.each([
    ["of a field that is not signed", MAIL.replace("X-Mailer: test", "X-Mailer: other")],
    ["that adds such a field", `X-Note: read\n${MAIL}`],
    ["of white space that is made alike before signing", MAIL.replace("Hello Bob", "Hello   Bob")],
    ["of the folding of a signed field", MAIL.replace("Subject: Noon", "Subject:\n Noon")],
    ["of white space in a signed field", MAIL.replace("Subject: Noon", "Subject:   Noon  ")],
    ["that adds empty lines at the end", `${MAIL}\n\n`],
  ])("%s leaves it alone", (_, edited) => {
    expect(edited).not.toBe(MAIL);
    expect(broken(MAIL, edited)).toEqual([]);
  });

  it("is judged by the signature's own way of making text uniform", () => {
    const simple = MAIL.replace("relaxed/relaxed", "simple/simple");
    expect(broken(simple, simple.replace("Hello Bob", "Hello  Bob"))).toEqual(["dkim example.org"]);
    expect(broken(simple, simple.replace("Subject: Noon", "Subject:  Noon"))).toEqual(["dkim example.org"]);
  });

  it("names every domain whose signature it breaks, and only those that held", () => {
    const two = `${signature("list.example", "simple/simple")}${signature("example.net", "relaxed/relaxed").replace(hash, "x".repeat(44))}${MAIL}`;
    expect(broken(two, two.replace("noon.", "one."))).toEqual(["dkim list.example", "dkim example.org"]);
    expect(broken(MAIL.replace(hash, "AAAA"), MAIL)).toEqual([]);
    const unknown = MAIL.replace("rsa-sha256", "rsa-sha512");
    expect(broken(unknown, unknown.replace("Subject: Noon", "Subject: One")), "nobody knows whether it held").toEqual(
      [],
    );
  });
});

describe("an edit of a signed part", () => {
  const signed = (protocol: string, type: string) =>
    `From: a@example.org\nContent-Type: multipart/signed; boundary=b; protocol="${protocol}"; micalg=sha-256\n\n--b\nContent-Type: text/plain\n\nHello\n--b\nContent-Type: ${type}\n\nAAAA\n--b--\n`;
  const pgp = signed("application/pgp-signature", "application/pgp-signature");
  const smime = signed("application/pkcs7-signature", "application/pkcs7-signature");

  it("is told apart from one around it", () => {
    expect(broken(pgp, pgp.replace("Hello", "Hullo"))).toEqual(["pgp"]);
    expect(broken(smime, smime.replace("AAAA", "AAAB"))).toEqual(["smime"]);
    expect(broken(smime, smime.replace("a@example.org", "b@example.org"))).toEqual([]);
  });

  it("is seen in a signature that holds the text itself", () => {
    const opaque =
      "From: a@example.org\nContent-Type: application/pkcs7-mime; smime-type=signed-data\nContent-Transfer-Encoding: base64\n\nAAAA\n";
    expect(broken(opaque, opaque.replace("AAAA", "AAAB"))).toEqual(["smime"]);
  });
});

describe("what is told", () => {
  const bytes = (text: string) => scanBytes(new TextEncoder().encode(text));
  const none = { dkim: [], signedPart: false, lineEnds: false, octets: false };

  it("is nothing for an ordinary file", () => {
    for (const text of ["a\nb\n", "a\r\nb\r\n", "a"]) expect(costsOf([], bytes(text), text)).toEqual(none);
    expect(costsNothing(costsOf([], null, "a\n"))).toBe(true);
  });

  it("is that saving rewrites line ends: mixed ones, and a lone CR", () => {
    expect(costsOf([], bytes("a\r\nb\n"), "")).toEqual({ ...none, lineEnds: true });
    expect(costsOf([], bytes("a\nb\rc\n"), "")).toEqual({ ...none, lineEnds: true });
    expect(costsOf([], bytes("a\rb\r"), "")).toEqual({ ...none, lineEnds: true });
  });

  it("is that saving loses octets, unless the person had them decoded rightly", () => {
    const latin = scanBytes(Uint8Array.from([0x47, 0x72, 0xfc, 0xdf, 0x65]));
    expect(costsOf([], latin, "Gr\uFFFD\uFFFDe")).toEqual({ ...none, octets: true });
    expect(costsOf([], latin, "Grüße")).toEqual(none);
  });

  it("names each domain once, and signed parts without a name", () => {
    const list: Seal[] = [
      { kind: "dkim", by: "a.example", mark: "1" },
      { kind: "dkim", by: "a.example", mark: "2" },
      { kind: "pgp", by: "", mark: "3" },
    ];
    expect(costsOf(list, null, "")).toEqual({ ...none, dkim: ["a.example"], signedPart: true });
  });
});

it("what is no message has no seals to ask for", () => {
  expect(seals("<%# template %>\n")).toBeNull();
  expect(makeText(documentOf("S: 220 x\nC: QUIT\n"), "seals", {}, "en")).toBeNull();
});
