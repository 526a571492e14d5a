import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkBodyHash, readSignatures } from "../../../server/src/message/dkim.js";
import { messageOf } from "../kit.js";
import projects from "./signatures.json" with { type: "json" };

// Checks the body hashes of signed messages that other projects test with, where MAIL_CORPORA names a folder of their
// checkouts: fastmail/mail-dkim, postalsys/mailauth, jstedfast/MimeKit, apache/spamassassin. Of those that are known bad
// the list names the ones whose body was changed; in the others a field, the key or the signature itself is wrong.
const folder = process.env.MAIL_CORPORA ?? "";

test.for(projects)("bodies of signed messages of $project", ({ project, folder: inside, differs }, { skip }) => {
  const root = join(folder, project, inside);
  skip(folder === "" || !existsSync(root), "no checkout to compare with");
  const results = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => {
      const { message } = messageOf(readFileSync(join(root, name), "utf8"));
      return { name, hashes: readSignatures(message).map(({ tags }) => checkBodyHash(message, tags)) };
    });
  expect(results.filter(({ hashes }) => hashes.includes("match")).length).toBeGreaterThan(3);
  expect(results.filter(({ hashes }) => hashes.includes("differs")).map(({ name }) => name)).toEqual(differs);
  expect(differs.filter((name) => /^(?:good|mine)/.test(name))).toEqual([]);
});
