import type {
  CodeAction,
  CodeActionContext,
  Command,
  Diagnostic,
  Range,
  WorkspaceEdit,
} from "vscode-languageserver-types";
import { anyRuleById } from "../rules/all.js";
import { referenceText, referenceUrl } from "../rules/pages.js";
import type { Edit } from "../rules/types.js";
import { fixEdits, lintDocument, type Problem, problemFingerprint } from "./lint.js";
import { comparePageUri } from "./pageUris.js";
import { replyAt } from "./replyAt.js";
import type { Feature, FeatureContext, ParsedDocument } from "./types.js";
import { say } from "./words.js";

interface Parameters {
  readonly textDocument: { readonly uri: string };
  readonly range: Range;
  readonly context: CodeActionContext;
}

const FIX_ALL = "source.fixAll.smtp";

/** Commands behind actions; those of the client are offered only to a client that named them. */
const COMMANDS = {
  putAside: "smtpTranscripts.server.putAside",
  turnOffRule: "smtpTranscripts.server.turnOffRule",
  correctedCopy: "smtpTranscripts.server.openCorrectedCopy",
  openPage: "smtpTranscripts.openPage",
  openPageOnServer: "smtpTranscripts.server.openPage",
  openText: "smtpTranscripts.openText",
  compare: "smtpTranscripts.compareReplyCode",
  openUrl: "vscode.open",
} as const;

/** Fixes and what else can be done about a finding or a reply (LSP 3.18, `textDocument/codeAction`). */
export const codeActions: Feature<Parameters, (CodeAction | Command)[]> = {
  method: "textDocument/codeAction",
  languages: ["smtp-transcript", "eml-message"],
  options: () => ({ codeActionKinds: ["quickfix", FIX_ALL] }),
  run(context, { range, context: asked }) {
    const { source } = context.document;
    const span = { start: source.offsetAt(range.start), end: source.offsetAt(range.end) };
    const wants = (kind: string): boolean =>
      asked.only === undefined || asked.only.some((only) => kind === only || kind.startsWith(`${only}.`));
    const actions: CodeAction[] = [];
    // Only where it is asked for: the light bulb asks at every move of the cursor and never shows it.
    if (asked.only !== undefined && wants(FIX_ALL)) actions.push(...fixAll(context));
    if (!wants("quickfix")) return actions;
    const problems = lintDocument(context.document, { settings: context.settings, locale: context.settings.locale });
    const here = problems.filter((problem) => problem.span.start <= span.end && problem.span.end >= span.start);
    for (const problem of here) actions.push(...aboutProblem(context, problem, asked.diagnostics, problems));
    actions.push(...aboutReply(context, span.start));
    return actions;
  },
};

/** Spelling fixes of the whole document as one edit; nothing where there are none. */
function fixAll(context: FeatureContext): CodeAction[] {
  const edits = fixEdits(context.document, context.settings, null);
  if (edits.length === 0) return [];
  return [
    {
      title: say(context.settings.locale, "action.fixAll"),
      kind: FIX_ALL,
      edit: editOf(context.document, edits),
    },
  ];
}

function aboutProblem(
  context: FeatureContext,
  problem: Problem,
  shown: readonly Diagnostic[],
  all: readonly Problem[],
): CodeAction[] {
  const { document, settings } = context;
  const diagnostics = shown.filter((diagnostic) => isAbout(document, diagnostic, problem));
  const about = { kind: "quickfix", diagnostics } as const;
  const rule = problem.rule;
  const uri = document.uri;
  return [
    ...fixes(context, problem, all).map((action) => ({ ...about, ...action })),
    ...sections(context, problem).map((action) => ({ ...about, ...action })),
    {
      ...about,
      title: say(settings.locale, "action.putAside"),
      command: {
        title: say(settings.locale, "action.putAside"),
        command: COMMANDS.putAside,
        arguments: [uri, rule, problemFingerprint(document, problem)],
      },
    },
    {
      ...about,
      title: say(settings.locale, "action.turnOff", { rule }),
      command: {
        title: say(settings.locale, "action.turnOff", { rule }),
        command: COMMANDS.turnOffRule,
        arguments: [uri, rule],
      },
    },
  ];
}

function isAbout(document: ParsedDocument, diagnostic: Diagnostic, problem: Problem): boolean {
  const start = document.source.positionAt(problem.span.start);
  const { start: other } = diagnostic.range;
  return diagnostic.code === problem.rule && other.line === start.line && other.character === start.character;
}

type Action = Omit<CodeAction, "kind" | "diagnostics">;

/** The fix, the fix of all findings of its rule, and for recorded text a corrected copy beside it. */
function fixes(context: FeatureContext, problem: Problem, all: readonly Problem[]): Action[] {
  const { document, settings, client } = context;
  const { fix, rule } = problem;
  if (!fix) return [];
  const recorded = document.transcript.traits.origin === "recorded";
  const actions: Action[] = [
    { title: fix.label, edit: editOf(document, fix.edits), isPreferred: !recorded && fix.kind === "spelling" },
  ];
  if (all.filter((other) => other.rule === rule && other.fix).length > 1) {
    const edits = fixEdits(document, settings, rule);
    actions.push({ title: say(settings.locale, "action.fixRule", { rule }), edit: editOf(document, edits) });
  }
  if (recorded && client.commands.has(COMMANDS.openText)) {
    const title = say(settings.locale, "action.correctedCopy");
    const list = [document.uri, rule];
    actions.unshift({ title, command: { title, command: COMMANDS.correctedCopy, arguments: list } });
  }
  return actions;
}

/** The page of the rule and the sections of the RFCs that it rests on. */
function sections(context: FeatureContext, problem: Problem): Action[] {
  const rule = anyRuleById(problem.rule);
  if (!rule || context.client.commands.size === 0) return [];
  return rule.references.flatMap((reference) => {
    const url = referenceUrl(reference);
    if (url === undefined) return [];
    const title = say(context.settings.locale, "action.openSection", { section: referenceText(reference) });
    return [{ title, command: { title, command: COMMANDS.openUrl, arguments: [url] } }];
  });
}

/** "Compare with…" for the reply code under the cursor. */
function aboutReply(context: FeatureContext, offset: number): CodeAction[] {
  const { client, settings, document } = context;
  const found = replyAt(document.transcript, offset);
  const code = found?.reply.code;
  if (code === undefined || code === null) return [];
  const asks = client.commands.has(COMMANDS.compare);
  if (asks) {
    const title = say(settings.locale, "action.compareWith", { code });
    return [{ title, kind: "quickfix", command: { title, command: COMMANDS.compare, arguments: [code] } }];
  }
  if (!client.textDocumentContent) return [];
  return neighbours(code).map((other) => {
    const title = say(settings.locale, "action.compareCodes", { code, other });
    const page = comparePageUri(String(code), String(other));
    return { title, kind: "quickfix", command: { title, command: COMMANDS.openPageOnServer, arguments: [page] } };
  });
}

function neighbours(code: number): number[] {
  return [354, 451, 250, 550].filter((other) => other !== code).slice(0, 3);
}

/** Edits of a rule as LSP text edits of the document. */
export function editOf(document: ParsedDocument, edits: readonly Edit[]): WorkspaceEdit {
  const { source, uri } = document;
  const changes = edits.map(({ start, end, text }) => ({
    range: { start: source.positionAt(start), end: source.positionAt(end) },
    newText: text,
  }));
  return { changes: { [uri]: changes } };
}
