import { describe, expect, test } from "vitest";
import { rangeSpan } from "../../../server/src/message/lines.js";
import { messageOf } from "../kit.js";
import { coverFaults } from "./cover.js";
import disagreements from "./disagreements.json" with { type: "json" };
import readings from "./readings.json" with { type: "json" };

// For each place where readers of mail disagree, a message of our own that shows how it is read here.
describe.each(readings)("$id", ({ id, message: lines, parts, fields }) => {
  test.each([
    ["LF", "\n"],
    ["CR LF", "\r\n"],
    ["CR", "\r"],
  ])("is read as written down, with line end %s", (_, end) => {
    const { message, at } = messageOf(lines.join(end));
    const bodyOf = (line: number, to: number) => at(rangeSpan(message.lines, { from: line, to })).replaceAll(end, "\n");
    expect(
      message.parts.map((part) => {
        const head = [part.path, part.type];
        return part.kind === "leaf" ? [...head, bodyOf(part.bodyLine, part.endLine)] : head;
      }),
    ).toEqual(parts);
    expect(coverFaults(message)).toEqual([]);
    if (fields !== undefined) expect(message.root.header.fields.map((field) => field.key)).toEqual(fields);
  });

  test("is a known disagreement", () => {
    expect(disagreements.map((one) => one.id)).toContain(id);
  });
});

test("every known disagreement has a message", () => {
  expect(readings.map(({ id }) => id)).toEqual(disagreements.map(({ id }) => id));
});
