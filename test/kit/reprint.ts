/** The forms in which a session of `C:`/`S:` lines can be printed again, line by line. */
export const FORMS = {
  /** swaks: blank and arrow for the client, two blanks behind the server's arrow, `<**` for refusals. */
  swaks: (lines) => [
    `=== Trying mx.example.com:${lines.some(({ text }) => text.startsWith("LHLO")) ? 24 : 25}...`,
    "=== Connected to mx.example.com.",
    ...lines.map(({ client, text }) => (client ? ` -> ${text}` : `${/^[45]/.test(text) ? "<** " : "<-  "}${text}`)),
  ],
  /** PHPMailer, debug level 2: a clock and the direction. */
  phpmailer: (lines) => {
    let inReply = false;
    return lines.map(({ client, text }) => {
      const head =
        inReply && !client
          ? `${" ".repeat(19)}\t${" ".repeat(18)}`
          : `2026-11-23 16:20:00\t${client ? "CLIENT -> SERVER:" : "SERVER -> CLIENT: "}`;
      inReply = !client && /^\d{3}-/.test(text);
      return client ? `${head}${text === "" ? "" : ` ${text}`}` : head + text;
    });
  },
  /** Arrows of one session, as several tools print them. */
  arrows: (lines) => lines.map(({ client, text }) => `${client ? ">>> " : "<<< "}${text}`),
  /** No marks at all: telnet's own lines around what passed. */
  raw: (lines) => [
    "Trying 192.0.2.25...",
    "Connected to mx.example.com.",
    "Escape character is '^]'.",
    ...lines.map(({ text }) => text),
  ],
} as const satisfies Record<string, (lines: readonly SaidLine[]) => readonly string[]>;

export type Form = keyof typeof FORMS;

/** One line of a session. */
export interface SaidLine {
  readonly client: boolean;
  readonly text: string;
}

/** Takes a transcript of `C: ` and `S: ` lines apart; undefined if it has any other line. */
export function saidLines(text: string): SaidLine[] | undefined {
  const lines = text.replace(/\n$/, "").split("\n");
  if (!lines.every((line) => /^[CS]: /.test(line))) return undefined;
  return lines.map((line) => ({ client: line.startsWith("C"), text: line.slice(3) }));
}

/** Prints a session in another form. Gives also how many lines stand above its first one. */
export function reprint(lines: readonly SaidLine[], form: Form): { text: string; above: number } {
  const printed = FORMS[form](lines);
  return { text: `${printed.join("\n")}\n`, above: printed.length - lines.length };
}
