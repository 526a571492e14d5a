/** Reply code and enhanced status code (RFC 3463) in what a server said; the first of each. */
export function codesOf(text: string): { code: number | undefined; status: string | undefined } {
  const code = /(?:^|[\s:"'(])([245]\d\d)(?=[\s\-:]|$)/.exec(text)?.[1];
  const status = /(?:^|[\s\-(#:])([245]\.\d{1,3}\.\d{1,3})(?![\d.])/.exec(text)?.[1];
  return { code: code === undefined ? undefined : Number(code), status };
}

/** Whether a failure is permanent (RFC 3463 §2: class 5), by the enhanced code first; undefined where neither says. */
export function permanence(status: string | undefined, code: number | undefined): boolean | undefined {
  const first = status?.[0] ?? (code === undefined ? undefined : String(code)[0]);
  if (first === "5") return true;
  return first === "4" ? false : undefined;
}
