import { describe, expect, test } from "vitest";
import { checkBodyHash, readSignatures } from "../../server/src/message/dkim.js";
import bodies from "./body-hashes.json" with { type: "json" };
import { messageOf } from "./kit.js";

// The hashes were made by another program than the one under test: a few lines of Python, after RFC 6376 §3.4.3 and §3.4.4.

interface Signed {
  readonly body: readonly string[] | null;
  readonly form: string;
  readonly algorithm: string;
  readonly hash: string;
  readonly length?: number;
}

function check({ body, form, algorithm, hash, length }: Signed, end: string): string | undefined {
  const tags = `v=1; a=rsa-${algorithm}; c=relaxed/${form}; d=a.example; s=k; h=from; bh=${hash}; b=x`;
  const limit = length === undefined ? "" : `; l=${length}`;
  const head = ["From: a@a.example", `DKIM-Signature: ${tags}${limit}`];
  const { message } = messageOf((body === null ? [...head, ""] : [...head, "", ...body]).join(end));
  const signature = readSignatures(message)[0];
  return signature && checkBodyHash(message, signature.tags);
}

describe.each(bodies)("$name", ({ body, simple, relaxed }) => {
  const forms = [
    ["simple", simple],
    ["relaxed", relaxed],
  ] as const;
  for (const [form, { sha256, sha1, octets }] of forms) {
    test.each([
      ["LF", "\n"],
      ["CR LF", "\r\n"],
      ["CR", "\r"],
    ])(`has the hash that another program gives it, ${form}, line end %s`, (_, end) => {
      expect(check({ body, form, algorithm: "sha256", hash: sha256 }, end)).toBe("match");
      expect(check({ body, form, algorithm: "sha1", hash: sha1 }, end)).toBe("match");
      expect(check({ body, form, algorithm: "sha256", hash: sha256, length: octets }, end)).toBe("match");
    });

    test(`has another hash when a word is added or taken out, ${form}`, () => {
      const signed = { form, algorithm: "sha256", hash: sha256 };
      expect(check({ ...signed, body: ["x", ...(body ?? [])] }, "\n")).toBe("differs");
      expect(check({ ...signed, body: [...(body ?? []), "x"] }, "\n")).toBe("differs");
      expect(check({ ...signed, body, length: octets + 1 }, "\n")).toBe("differs");
    });
  }
});

test("text behind the length that l= names is not hashed", () => {
  const [first] = bodies;
  const { sha256, octets } = (first as (typeof bodies)[number]).simple;
  const longer = {
    body: [...(first?.body ?? []).slice(0, -1), "more"],
    form: "simple",
    algorithm: "sha256",
    hash: sha256,
  };
  expect(check({ ...longer, length: octets }, "\n")).toBe("match");
  expect(check(longer, "\n")).toBe("differs");
});
