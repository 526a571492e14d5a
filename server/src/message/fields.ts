import data from "./fields.json" with { type: "json" };

/** What is known of a header field; data in fields.json, described by fields.schema.json. */
export interface FieldInfo {
  readonly name: string;
  /** One or two sentences in English. */
  readonly meaning: string;
  readonly syntax: string;
  /** "RFC 5322", or the product that uses it. */
  readonly source: string;
  readonly section?: string;
  readonly occurrence: string;
  /** In the registry of IANA: "permanent", "provisional", "historic"; "private" for fields of products and of practice. */
  readonly status: string;
  readonly group: string;
}

const all: readonly FieldInfo[] = data;
const byKey = new Map(all.map((info) => [info.name.toLowerCase(), info]));

/** What is known of a field, by its name in lower case. */
export function fieldInfo(key: string): FieldInfo | undefined {
  return byKey.get(key);
}

/** All known fields. */
export function fieldInfos(): readonly FieldInfo[] {
  return all;
}

const registered = all
  .filter((info) => info.status !== "private" && info.status !== "historic")
  .map((info) => info.name);

/** Names of fields that a person would write: no private and no historic ones. */
export function knownFieldNames(): readonly string[] {
  return registered;
}
