// Makes the TextMate grammars in syntaxes/. Every pattern matches inside one line and is linear, so long lines do not stall.

const STAMP =
  "(?:\\[?\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?(?:Z|[+-]\\d\\d:?\\d\\d)?\\]?:?[ \\t]{1,4}" +
  "|\\[?\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?\\]?:?[ \\t]{1,4}" +
  "|[A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d )";

/** Marks that tools print before a line. Their direction differs between tools, so what follows decides who speaks. */
const MARKS = [
  "S(?:erver|ERVER)?: ?",
  "C(?:lient|LIENT)?: ?",
  "SERVER -> CLIENT: ",
  "CLIENT -> SERVER: ",
  "s-nail: >>> (?:SERVER: )?",
  "(?:mta: 0x[0-9a-f]{1,16}: )?(?:<<<|>>>) ?",
  "SMTP(?:<<|>>|\\|>|\\+>) ",
  "<-- |--> ",
  "<[-~]  |<\\*\\* |<~\\* | -> | ~> | \\*> ",
  "\\d{1,3}[<>] ",
  "[<>] ",
  "(?:reply|send): b?'",
  '<- "|-> "',
].join("|");

const VERBS =
  "EHLO|HELO|LHLO|MAIL|RCPT|DATA|RSET|NOOP|QUIT|VRFY|EXPN|HELP|STARTTLS|AUTH|BDAT|BURL|ETRN|ATRN|TURN|SEND|SOML|SAML|XCLIENT|XFORWARD";
const VERB_END = "(?=[ \\t:\\r\"'\\\\]|$)";

const head = `(${STAMP})?([ \\t]{0,24}(?:${MARKS}))`;
const headCaptures = (side) => ({
  1: { name: "comment.line.timestamp.smtp-transcript" },
  2: { name: `${side === "server" ? "variable.other" : "entity.name.tag"}.speaker.${side}.smtp-transcript` },
});

/** Scopes of the four kinds of replies: told apart in the default light, dark and high-contrast themes. */
export const replyScopes = {
  2: "entity.name.type.reply.2yz.smtp-transcript",
  3: "keyword.control.reply.3yz.smtp-transcript",
  4: "entity.name.function.reply.4yz.smtp-transcript",
  5: "invalid.reply.5yz.smtp-transcript",
};

const replies = Object.entries(replyScopes).map(([digit, name]) => ({
  match: `\\G(${digit}\\d\\d)(-| |$)(?:([245]\\.\\d{1,3}\\.\\d{1,3})(?= |$))?`,
  captures: {
    1: { name },
    2: { name: "punctuation.separator.reply.smtp-transcript" },
    3: { name: "constant.numeric.enhanced.smtp-transcript" },
  },
}));

const address = { match: "<[^<>\\s]{0,320}>", name: "string.other.address.smtp-transcript" };
const link = { match: '\\bhttps?://[^\\s<>"]{1,2000}', name: "markup.underline.link.smtp-transcript" };

const command = [
  {
    match: `\\G(?i:(AUTH)[ \\t]+([A-Z0-9-]{1,20})(?:[ \\t]+(\\S{1,4096}))?)`,
    captures: {
      1: { name: "keyword.other.verb.smtp-transcript" },
      2: { name: "variable.parameter.mechanism.smtp-transcript" },
      3: { name: "comment.block.secret.smtp-transcript" },
    },
  },
  {
    match: `\\G(?i:((?:MAIL|SEND|SOML|SAML)[ \\t]+FROM|RCPT[ \\t]+TO|${VERBS})${VERB_END})`,
    name: "keyword.other.verb.smtp-transcript",
  },
  address,
  {
    match: "\\b([A-Za-z0-9][A-Za-z0-9-]{0,30})(=)([^\\s\"']{0,500})",
    captures: {
      1: { name: "variable.parameter.smtp-transcript" },
      2: { name: "keyword.operator.assignment.smtp-transcript" },
      3: { name: "constant.other.value.smtp-transcript" },
    },
  },
];

const clientOther = [
  { match: "\\G\\.(?=\\r?$)", name: "keyword.control.end-of-data.smtp-transcript" },
  { match: "\\G\\.(?=\\.)", name: "constant.character.escape.dot-stuffing.smtp-transcript" },
  {
    match: "\\G([A-Za-z][!-9;-~]{0,76})(:)(?=[ \\t]|$)",
    captures: {
      1: { name: "support.type.property-name.header.smtp-transcript" },
      2: { name: "punctuation.separator.header.smtp-transcript" },
    },
  },
  address,
  link,
];

const line = (name, begin, beginCaptures, patterns) => ({
  name,
  begin,
  end: "$",
  ...(beginCaptures ? { beginCaptures } : {}),
  patterns,
});
const REPLY_AHEAD = "(?=[2-5]\\d\\d(?:[- ]|\\r?$))";

/** Lines of tools that are neither of the two parties. */
const NOISE = [
  "=== ",
  "\\*{1,3} ",
  "== Info",
  "[{}] \\[\\d{1,9} bytes data",
  "(?:Trying|Connected to|Connecting to|Escape character|Connection (?:closed|to)|Closing connection)\\b",
  "[ \\t]{2,5}% Total|[ \\t]{20,40}Dload",
  "(?:curl|msmtp|openssl|ncat|telnet|sendmail|LOG|DEBUG)[:(]",
  "[a-z0-9_]{1,32} = ",
].join("|");

const transcript = {
  name: "SMTP Transcript",
  scopeName: "source.smtp-transcript",
  fileTypes: ["smtp"],
  patterns: [
    line("meta.line.reply.smtp-transcript", `^${head}${REPLY_AHEAD}`, headCaptures("server"), [
      ...replies,
      address,
      link,
    ]),
    line("meta.line.command.smtp-transcript", `^${head}(?=(?i:${VERBS})${VERB_END})`, headCaptures("client"), command),
    line("meta.line.reply.smtp-transcript", `^[ \\t]{0,40}${REPLY_AHEAD}`, undefined, [...replies, address, link]),
    line(
      "meta.line.command.smtp-transcript",
      `^(?=(?:(?i:MAIL[ \\t]+FROM:|RCPT[ \\t]+TO:)|(?:${VERBS})${VERB_END}))`,
      undefined,
      command,
    ),
    { match: `^(?:${NOISE}).*$`, name: "comment.line.tool.smtp-transcript" },
    line("meta.line.data.smtp-transcript", `^${head}`, headCaptures("client"), clientOther),
    line("meta.line.data.smtp-transcript", "^(?=\\S)", undefined, clientOther),
  ],
};

const fieldParts = [
  { match: "=\\?[^?\\s]{1,60}\\?[BbQq]\\?[^?\\s]{0,200}\\?=", name: "constant.character.encoded-word.eml-message" },
  { match: '"(?:[^"\\\\]|\\\\.){0,998}"', name: "string.quoted.double.eml-message" },
  { match: "<[^<>\\s]{0,998}>", name: "string.other.address.eml-message" },
  { match: "\\([^()]{0,998}\\)", name: "comment.block.eml-message" },
  {
    match: "(?<=[;\\s])([A-Za-z][A-Za-z0-9_.*-]{0,60})(=)",
    captures: { 1: { name: "variable.parameter.eml-message" }, 2: { name: "keyword.operator.assignment.eml-message" } },
  },
  {
    match: "\\b(?:\\d{1,2} [A-Z][a-z]{2} \\d{4} )?\\d\\d:\\d\\d(?::\\d\\d)?(?: [+-]\\d{4})?",
    name: "constant.numeric.date.eml-message",
  },
];

const field = {
  name: "meta.header.eml-message",
  begin: "^([!-9;-~]{1,998})([ \\t]*:)",
  beginCaptures: {
    1: { name: "entity.name.tag.header.eml-message" },
    2: { name: "punctuation.separator.header.eml-message" },
  },
  end: "^(?![ \\t]+\\S)",
  patterns: fieldParts,
};

const message = {
  name: "Mail Message",
  scopeName: "text.eml-message",
  fileTypes: ["eml"],
  patterns: [
    {
      name: "meta.header-section.eml-message",
      begin: "\\A(?=[!-9;-~]{1,998}[ \\t]*:|From )",
      end: "^(?=\\s*$)",
      patterns: [{ match: "\\AFrom .*$", name: "comment.line.mbox.eml-message" }, field],
    },
    {
      name: "meta.part.eml-message",
      begin: "^(--[^\\s].{0,70})\\s*$",
      beginCaptures: { 1: { name: "keyword.control.boundary.eml-message" } },
      end: "^(?!\\S{1,998}:|[ \\t]+\\S)",
      patterns: [field],
    },
    { match: "^>.*$", name: "comment.line.quote.eml-message" },
    { match: "^[A-Za-z0-9+/]{56,76}={0,2}\\s*$", name: "comment.block.base64.eml-message" },
    { match: "=[0-9A-F]{2}|=$", name: "constant.character.escape.quoted-printable.eml-message" },
    { match: '\\bhttps?://[^\\s<>"]{1,2000}', name: "markup.underline.link.eml-message" },
  ],
};

const fenced = (words, scope, include) => ({
  name: "markup.fenced_code.block.markdown",
  begin: `(^|\\G)(\\s*)(\`{3,}|~{3,})\\s*(?i:(${words})(?:(?:\\s+|:|,|\\{|\\?)[^\`]*)?$)`,
  beginCaptures: { 3: { name: "punctuation.definition.markdown" }, 4: { name: "fenced_code.block.language.markdown" } },
  end: "(^|\\G)(\\2|\\s{0,3})(\\3)\\s*$",
  endCaptures: { 3: { name: "punctuation.definition.markdown" } },
  patterns: [
    {
      begin: "(^|\\G)(\\s*)(.*)",
      while: "(^|\\G)(?!\\s*([`~]{3,})\\s*$)",
      contentName: scope,
      patterns: [{ include }],
    },
  ],
});

const markdown = {
  scopeName: "markdown.smtp-transcript.codeblock",
  injectionSelector: "L:text.html.markdown",
  patterns: [
    fenced("smtp(?:-transcript)?", "meta.embedded.block.smtp-transcript", "source.smtp-transcript"),
    fenced("eml(?:-message)?", "meta.embedded.block.eml-message", "text.eml-message"),
  ],
};

/** The grammars' files. */
export function generate() {
  const files = { "smtp-transcript": transcript, "eml-message": message, "markdown-smtp-transcript": markdown };
  return new Map(
    Object.entries(files).map(([name, grammar]) => [
      `syntaxes/${name}.tmLanguage.json`,
      `${JSON.stringify(grammar, null, 2)}\n`,
    ]),
  );
}
