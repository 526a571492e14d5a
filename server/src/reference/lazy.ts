/**
 * Late reading of JSON. Under tests a JSON import is a value; in the bundle it may be kept as a string, which costs
 * nothing until somebody looks something up.
 * @param raw the imported JSON, parsed or not
 * @returns a function that gives the value, made once
 */
export function lazy<T>(raw: unknown): () => T {
  let value: T | undefined;
  return () => {
    if (value === undefined) value = (typeof raw === "string" ? JSON.parse(raw) : raw) as T;
    return value;
  };
}

/**
 * Tables of texts by language, each read at its first use.
 * @param raw the imported JSON by language; one that is not there has no table
 */
export function lazyTables<T>(raw: Readonly<Record<string, unknown>>): (locale: string) => T | undefined {
  const tables = new Map(Object.entries(raw).map(([locale, json]) => [locale, lazy<T>(json)]));
  return (locale) => tables.get(locale)?.();
}

/** The same for an index made from it: built at the first look-up. */
export function once<T>(make: () => T): () => T {
  let value: T | undefined;
  return () => {
    if (value === undefined) value = make();
    return value;
  };
}
