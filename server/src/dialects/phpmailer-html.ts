import { unescapeHtml } from "./html-entities.js";
import { stampAt } from "./log-head.js";
import { PHPMAILER_TRAITS, phpMailerNote } from "./phpmailer.js";
import type { Dialect, ReadContext } from "./types.js";

const MARK = /^(?:(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)[\t ]+)?(CLIENT -(?:&gt;|>) SERVER|SERVER -(?:&gt;|>) CLIENT): ?/;
const STAMP = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[\t ]+/;
const BREAK = /<br ?\/?>[\t ]*$/i;

/**
 * PHPMailer's output for a web page (`Debugoutput = "html"`): entities, `<br>` at the end of a line, and a reply of several
 * lines run together into one.
 */
export const phpmailerHtml: Dialect = {
  id: "phpmailer-html",
  title: "PHPMailer, HTML output",
  seenWith: "PHPMailer 6.6.3",
  traits: { ...PHPMAILER_TRAITS, repliesWhole: false },
  detect(sample) {
    const lines = sample.count(/^(?:[\d-]{10} [\d:]{8}[\t ]+)?(?:CLIENT -&gt; SERVER|SERVER -&gt; CLIENT): /);
    const breaks = sample.count(/(?:CLIENT|SERVER): .*<br ?\/?>[\t ]*$/);
    return lines > 0 || breaks > 0 ? 0.99 : 0;
  },
  read,
};

function read(context: ReadContext): void {
  const { view } = context;
  let client = 0;
  let server = 0;
  for (let line = 0; line < view.lineCount; line++) {
    const text = view.text(line);
    if (text === "") continue;
    const mark = MARK.exec(text);
    const tail = text.length - 12;
    const to = text.length - (BREAK.exec(text.slice(Math.max(0, tail)))?.[0].length ?? 0);
    if (!mark) {
      const own = text.slice(STAMP.exec(text)?.[0].length ?? 0, to);
      context.tool(line, phpMailerNote(own, false));
      continue;
    }
    const from = Math.min(mark[0].length, to);
    const { text: content, columns } = unescapeHtml(text, from, to);
    const extras = { time: mark[1] ? stampAt(mark[1], 0) : undefined };
    if ((mark[2] as string).startsWith("CLIENT")) {
      client++;
      context.emitMapped("client", line, content, columns, {
        ...extras,
        masked: content.includes("[credentials hidden]") || undefined,
      });
      continue;
    }
    server++;
    for (const [start, end] of replyLines(content)) {
      context.emitMapped("server", line, content.slice(start, end), columns.slice(start, end + 1), extras);
    }
  }
  if (server === 0 && client > 0) context.traits({ sides: "client" });
}

/** Parts a reply that was run together: `250-one250-two250 three`. A reply of one line stays whole. */
function replyLines(content: string): [number, number][] {
  const code = content.slice(0, 3);
  if (!/^[2-5]\d\d-/.test(content)) return [[0, content.length]];
  const parts: [number, number][] = [];
  let from = 0;
  let more = 0;
  let last = 0;
  while (content[from + 3] === "-") {
    if (more !== -1) more = content.indexOf(`${code}-`, from + 4);
    if (last !== -1 && last < from + 4) last = content.indexOf(`${code} `, from + 4);
    const next = more === -1 ? last : last === -1 ? more : Math.min(more, last);
    if (next === -1) break;
    parts.push([from, next]);
    from = next;
  }
  parts.push([from, content.length]);
  return parts;
}
