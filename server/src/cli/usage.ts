/** What `--help` prints. */
export const USAGE = `Reads what mail tools print when they speak SMTP, finds mistakes and explains replies. Works offline.

  smtp-transcripts lint    [--format stylish|json|sarif|github] [--config FILE] [--max-warnings N] FILE…|-
  smtp-transcripts inspect [--format text|json] FILE…|-      the sessions as data
  smtp-transcripts explain CODE [ENHANCED] | TEXT… [--after VERB]
  smtp-transcripts compare CODE CODE
  smtp-transcripts redact  [--keep KIND,…] FILE|-            stand-ins for secrets, addresses, hosts, ips, ids, subjects,
                                                             bodies; secrets never stay
  smtp-transcripts convert --to rfc FILE|-                   any dialect as "C: " and "S: " lines
  smtp-transcripts extract FILE [--out DIR]                  the messages as .eml files
  smtp-transcripts dialects [--format text|json]             what can be read
  smtp-transcripts lsp --stdio                               the language server for an editor

Options for all:
  --dialect ID    read the file in this dialect instead of detecting it
  --language ID   smtp-transcript or eml-message, instead of going by the file's ending
  --locale L      language of texts: en, ar, de, es, fr, pt-br, ja, zh-cn
  --help, --version

FILE may be a folder (all .smtp and .eml files in it) or a pattern in quotes such as "logs/**/*.smtp"; "-" reads
standard input. lint takes settings from --config, or from the nearest .smtptranscripts.json above a file.

Exit code: 0 nothing at error level, 1 findings (or nothing to convert, extract or explain), 2 wrong usage or a file that
cannot be read.
`;
