import type { RuleSettings } from "../../rules/configure.js";
import { KeptFindings } from "../../rules/kept.js";
import { messageRules } from "../../rules/message/index.js";
import { presence } from "../../rules/message/presence.js";
import { runMessageRules } from "../../rules/message/run.js";
import type { Finding } from "../../rules/types.js";
import type { Session } from "../../session/model.js";
import type { SourceText } from "../../text/source.js";
import type { Transcript } from "../../transcript.js";
import { embeddedIn } from "./bodies.js";

const PRESENCE: ReadonlySet<string> = new Set(presence.map((rule) => rule.id));
/** Rules about lines: recordings join, cut and indent lines, and the session's own rules judge long ones. */
const LINES: ReadonlySet<string> = new Set([
  "eml-line-too-long",
  "eml-mbox-from-line",
  "hdr-continuation-first",
  "hdr-folding-blank",
  "hdr-missing-blank-line",
  "hdr-no-colon",
]);

const RECORDED = messageRules.filter((rule) => !LINES.has(rule.id));
const WRITTEN = messageRules.filter((rule) => rule.id !== "eml-line-too-long");

/**
 * Findings about the messages that a transcript shows behind DATA. Milder than for an `.eml`: a terse test message is
 * healthy, and a submission server adds Date and Message-ID (RFC 6409 §8). Fixes only in text that people write, and only
 * those that stay on one line: others would lose the prefix of the dialect.
 */
export function embeddedFindings(transcript: Transcript, settings: RuleSettings): readonly Finding[] {
  const written = transcript.traits.origin === "handwritten";
  const rules = written ? WRITTEN : RECORDED;
  const { source } = transcript;
  const judge = (session: Session): readonly Finding[] =>
    embeddedIn(session)
      .filter((message) => message.root.header.fields.length > 0)
      .flatMap((message) => runMessageRules(message, source, rules, settings))
      .map((finding) => milder(finding, written, source, settings));
  return kept.of(transcript, rules, settings, ({ sessions }) => sessions.flatMap(judge));
}

const kept = new KeptFindings();

function milder(finding: Finding, written: boolean, source: SourceText, settings: RuleSettings): Finding {
  const edits = finding.fix?.edits ?? [];
  const inLine = edits.every(
    (edit) => !/[\r\n]/.test(edit.text) && source.lineAt(edit.start) === source.lineAt(edit.end),
  );
  const fix = written && inLine ? finding.fix : undefined;
  const chosen = Object.hasOwn(settings.rules, finding.rule);
  if (chosen || !PRESENCE.has(finding.rule)) return { ...finding, fix };
  return { ...finding, fix, severity: finding.rule === "hdr-missing-from" ? "information" : "hint" };
}
