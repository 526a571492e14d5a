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

/** The same for an index made from it: built at the first look-up. */
export function once<T>(make: () => T): () => T {
  let value: T | undefined;
  return () => {
    if (value === undefined) value = make();
    return value;
  };
}
