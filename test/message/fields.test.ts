import Ajv from "ajv";
import { expect, test } from "vitest";
import fields from "../../server/src/message/fields.json" with { type: "json" };
import schema from "../../server/src/message/fields.schema.json" with { type: "json" };

test("fields.json follows its schema", () => {
  const validate = new Ajv().compile(schema);
  validate(fields);
  expect(validate.errors).toBeNull();
});
