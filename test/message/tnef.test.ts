import { expect, test } from "vitest";
import { readTnef } from "../../server/src/message/tnef.js";
import { seeded } from "../kit/random.js";
import {
  attachment,
  attribute,
  codepage,
  data,
  rendData,
  sampleTnef,
  title,
  tnef,
  unicode,
  version,
} from "../kit/tnef.js";

const read = (octets: readonly number[]) => readTnef(Uint8Array.from(octets));
const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

test("lists attachments with their best name, type and octets, those of a message inside too", () => {
  const found = read(sampleTnef());
  expect(found?.complete).toBe(true);
  expect(found?.attachments.map(({ path, name, type, bytes }) => [path, name, type, bytes.length])).toEqual([
    ["1", "Report – März.pdf", "application/pdf", 18],
    ["2", "NOTE.TXT", undefined, 5],
    ["3", "Fwd: Lunch", "application/ms-tnef", found?.attachments[2]?.bytes.length],
    ["3.1", "DOT.PNG", undefined, 7],
  ]);
  expect(text(found?.attachments[0]?.bytes)).toBe("%PDF-1.7 and so on");
  expect(text(found?.attachments[3]?.bytes)).toBe("picture");
});

test("names in the stream's own code page", () => {
  const name = attribute(2, 0x00018010, [0xcf, 0xf0, 0xe8, 0x00]);
  expect(read(tnef(version, codepage(1251), rendData, name, data("x")))?.attachments[0]?.name).toBe("При");
});

test("takes octets from the properties where the attribute has none", () => {
  const binary = [...[0x02, 0x01, 0x01, 0x37], 1, 0, 0, 0, 3, 0, 0, 0, 97, 98, 99, 0];
  const found = read(tnef(version, rendData, attachment(unicode(0x3704, "a.bin"), binary)));
  expect(found?.attachments.map(({ name, bytes }) => [name, text(bytes)])).toEqual([["a.bin", "abc"]]);
});

test("what is no stream is none", () => {
  expect(read([])).toBeUndefined();
  expect(read([...new TextEncoder().encode("From: a@b.example")])).toBeUndefined();
});

test("a stream that is cut gives what came before, and says so", () => {
  const whole = sampleTnef();
  for (let length = 6; length < whole.length; length++) {
    const found = read(whole.slice(0, length));
    expect(found?.attachments.length).toBeLessThanOrEqual(4);
    for (const { bytes } of found?.attachments ?? []) expect(bytes.length).toBeLessThan(length);
  }
  expect(read(whole.slice(0, -1))?.complete).toBe(false);
  expect(read([...whole, 0x55, 1, 2, 3])?.complete).toBe(false);
});

test("nothing throws or hangs, whatever the octets say of lengths and counts", () => {
  const random = seeded(7);
  const whole = sampleTnef();
  for (let round = 0; round < 3000; round++) {
    const octets = Uint8Array.from(whole);
    for (let k = 0; k < 1 + (round % 4); k++) octets[6 + random.below(octets.length - 6)] = random.below(256);
    const found = readTnef(octets);
    for (const { bytes } of found?.attachments ?? []) expect(bytes.length).toBeLessThanOrEqual(octets.length);
  }
  const huge = tnef(
    version,
    rendData,
    attribute(2, 0x00069005, [0xff, 0xff, 0xff, 0xff, 0x02, 0x11, 0x01, 0x37, 0xff, 0xff, 0xff, 0xff]),
  );
  expect(read(huge)?.attachments).toHaveLength(1);
});

test("messages in messages in messages end somewhere", () => {
  let stream = tnef(version, rendData, title("END"), data("x"));
  for (let k = 0; k < 40; k++) {
    const inner = stream;
    const object = [0x0d, 0x00, 0x01, 0x37, 1, 0, 0, 0];
    const length = inner.length + 16;
    const size = [length & 255, (length >> 8) & 255, (length >> 16) & 255, 0];
    const iid = [0x07, 0x03, 0x02, 0x00, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46];
    stream = tnef(
      version,
      rendData,
      attachment([...object, ...size, ...iid, ...inner, ...Array((4 - (length % 4)) % 4).fill(0)]),
    );
  }
  expect(read(stream)?.attachments.length).toBeLessThan(10);
});
