import { describe, expect, it } from "vitest";
import { IdFinder } from "../../server/src/features/ids.js";

/** Ids as Postfix, Exim, sendmail, Haraka and others write them. */
const IDS = ["4F2A17C", "4cWxYz0Bcdz1", "1wKxyZ-0000Ab-2C", "xANG5Zqk012345", "0A1B2C3D-4E5F-6789.1", "a_b=c", "r12"];
const finder = new IdFinder(IDS);
const ids = (text: string): string[] =>
  finder
    .find(text)
    .map(({ at, id }) => {
      expect(text.slice(at, at + id.length)).toBe(id);
      return id;
    })
    .sort();

describe("ids in a text", () => {
  it.each(IDS)("are found in the places where mail systems put them: %s", (id) => {
    for (const text of [
      id,
      `queued as ${id}`,
      `250 2.0.0 Ok: queued as ${id}.`,
      `${id}: to=<bob@example.com>`,
      `<${id}@mx.example.com>`,
      `<20261123160000.${id}@mx>`,
      `id=${id}`,
      `[${id}]`,
      `"${id}"`,
      `a-${id}-b`,
      `b'queued\\n${id}\\r\\n'`,
      `id=3D${id}`,
      `%40${id}`,
    ])
      expect(ids(text), text).toEqual([id]);
  });
  it("are not found inside longer words, nor in other words", () => {
    expect(ids("X4F2A17C 4F2A17CX 4f2a17c 4F2A17")).toEqual([]);
    expect(ids("1wKxyZ-0000Ab")).toEqual([]);
  });
  it("are found each time", () =>
    expect(ids("4F2A17C 4F2A17C, r12;4F2A17C")).toEqual(["4F2A17C", "4F2A17C", "4F2A17C", "r12"]));
  it("cost no more when there are many", () => {
    const many = new IdFinder(Array.from({ length: 20_000 }, (_, k) => `ID${k + 100_000}`));
    const text = "to=<bob@example.com> ID104711: removed ".repeat(5_000);
    const start = performance.now();
    expect(many.find(text)).toHaveLength(5_000);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
  it("are none where none is known", () => {
    expect(new IdFinder([]).find("4F2A17C")).toEqual([]);
    expect(new IdFinder([""]).find("4F2A17C")).toEqual([]);
  });
});
