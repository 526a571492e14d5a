/** Decodes a file as the command line does: UTF-8, or Latin-1 where it is none; a byte order mark is dropped. */
export function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("latin1").decode(bytes);
  }
}
