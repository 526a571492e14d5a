import type { Reference, RuleInfo, Topic } from "./types.js";

const TOPICS: Readonly<Record<Topic, string>> = {
  opening: "Opening the session",
  replies: "Replies",
  commands: "Commands",
  addresses: "Addresses and paths",
  order: "Order of commands",
  parameters: "Parameters and service extensions",
  pipelining: "Pipelining",
  starttls: "STARTTLS",
  auth: "AUTH",
  data: "Mail data",
  chunking: "BDAT and BURL",
  lmtp: "LMTP",
  bytes: "Octets and line ends",
  message: "The message",
};

const PARTIES: Readonly<Record<RuleInfo["party"], string>> = {
  client: "the client",
  server: "the server",
  network: "something between client and server",
  author: "whoever wrote or edited the text",
};

/** A reference in words, with a link where the document is an RFC: "RFC 5321 §4.5.2". */
export function referenceText(reference: Reference): string {
  return reference.section ? `${reference.document} §${reference.section}` : reference.document;
}

/** Address of the section of an RFC; undefined for other documents. */
export function referenceUrl(reference: Reference): string | undefined {
  const number = /^RFC (\d{1,5})$/.exec(reference.document)?.[1];
  if (number === undefined) return undefined;
  const section = /^[\d.]+$/.test(reference.section ?? "") ? `#section-${reference.section}` : "";
  return `https://www.rfc-editor.org/rfc/rfc${number}.html${section}`;
}

function referenceLink(reference: Reference): string {
  const url = referenceUrl(reference);
  return url ? `[${referenceText(reference)}](${url})` : referenceText(reference);
}

/** The page of a rule, `docs/rules/<id>.md`, as markdown. Depends on the rule only. */
export function rulePage(rule: RuleInfo): string {
  const severity = rule.severity === "off" ? "off by default" : rule.severity;
  const sources = rule.references.map(referenceLink).join(", ");
  const parts = [
    `# ${rule.id}`,
    `**${rule.title}**`,
    `Severity: ${severity} · To change: ${PARTIES[rule.party]} · Binding: ${rule.level} · Topic: ${TOPICS[rule.topic]}`,
    "## Why it matters",
    rule.why,
    "## What to do",
    rule.fix,
    rule.fixable ? "Some findings of this rule carry a quick fix." : "",
    "## Wrong",
    fence(rule.wrong, rule.language),
    "## Right",
    fence(rule.right, rule.language),
    "## What it says",
    messageList(rule),
    "## Sources",
    sources === "" ? "Practice." : sources,
    rule.elsewhere ? `## Elsewhere\n\n${rule.elsewhere}` : "",
    "## Settings",
    settingsText(rule),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function messageList(rule: RuleInfo): string {
  return Object.entries(rule.messages)
    .filter(([key]) => !key.startsWith("fix"))
    .map(([, text]) => `- ${text}`)
    .join("\n");
}

function settingsText(rule: RuleInfo): string {
  const example = rule.severity === "off" ? "warning" : "off";
  const file = `{ "rules": { "${rule.id}": "${example}" } }`;
  return [
    "In VS Code `smtpTranscripts.rules`, or in `.smtptranscripts.json` next to the transcript or above it:",
    fence(file, "json"),
    "The severity follows the outcome: what the other side accepted counts less, what a reply blames counts more.",
  ].join("\n\n");
}

/** A fence longer than any run of backticks inside. */
function fence(text: string, language = "smtp-transcript"): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const mark = "`".repeat(longest + 1);
  return `${mark}${language}\n${text.replace(/\n$/, "")}\n${mark}`;
}

/** The index of all rules by topic, `docs/rules/README.md`. */
export function ruleIndex(rules: readonly RuleInfo[]): string {
  const parts = ["# Rules", `${rules.length} rules, by topic.`];
  for (const [topic, title] of Object.entries(TOPICS)) {
    const own = rules.filter((rule) => rule.topic === topic);
    if (own.length === 0) continue;
    parts.push(
      `## ${title}`,
      "| Rule | Severity | What it finds |\n| --- | --- | --- |\n".concat(own.map(row).join("\n")),
    );
  }
  return `${parts.join("\n\n")}\n`;
}

function row(rule: RuleInfo): string {
  return `| [${rule.id}](${rule.id}.md) | ${rule.severity} | ${rule.title.replace(/\|/g, "\\|")} |`;
}
