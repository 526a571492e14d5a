import type { Session, Transaction } from "../../session/model.js";

/** The tools whose command lines can repeat a session. */
export type Tool = "swaks" | "curl" | "openssl";

/**
 * The command line that would repeat a session's transactions with a tool, for a POSIX shell. No password is ever in it: a
 * place holder stands where the tool asks for one. Words from the transcript are quoted.
 */
export function commandLines(session: Session, tool: Tool): string {
  const transactions = session.transactions.length > 0 ? session.transactions : [undefined];
  return `${transactions.map((transaction) => build[tool](session, transaction)).join("\n")}\n`;
}

const build: Readonly<Record<Tool, (session: Session, transaction: Transaction | undefined) => string>> = {
  swaks: swaksLine,
  curl: curlLine,
  openssl: opensslLine,
};

/** Quotes a word for a POSIX shell; characters that could act in a terminal are dropped. */
export function shellQuote(word: string): string {
  const printable = word.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "");
  return /^[A-Za-z0-9@%+=:,./_-]+$/.test(printable) ? printable : `'${printable.replace(/'/g, "'\\''")}'`;
}

function hostOf(session: Session): string {
  const announced = session.greeting?.text.split(/[ \t]/)[0];
  const host = session.remote?.host ?? session.remote?.ip ?? announced;
  return host && /^[\w.:-]{1,253}$/.test(host) && !host.startsWith("-") ? host : "mail.example.com";
}

function portOf(session: Session): number {
  return session.remote?.port ?? (session.tls === "implicit" ? 465 : 25);
}

function helloOf(session: Session): string | undefined {
  return session.exchanges.find(({ verb }) => verb === "EHLO" || verb === "HELO" || verb === "LHLO")?.command?.argument;
}

function swaksLine(session: Session, transaction: Transaction | undefined): string {
  const words = ["swaks", "--server", shellQuote(hostOf(session)), "--port", String(portOf(session))];
  if (session.protocol === "LMTP") words.push("--protocol", "LMTP");
  const hello = helloOf(session);
  if (hello) words.push("--helo", shellQuote(hello));
  if (session.tls === "started") words.push("--tls");
  if (session.tls === "implicit") words.push("--tls-on-connect");
  const attempt = session.auth[0];
  if (attempt)
    words.push(
      "--auth",
      ...(attempt.mechanism ? [shellQuote(attempt.mechanism)] : []),
      ...(attempt.user ? ["--auth-user", shellQuote(attempt.user)] : []),
    );
  if (!transaction) return [...words, "--quit-after", "EHLO"].join(" ");
  if (transaction.reversePath !== null)
    words.push("--from", shellQuote(transaction.reversePath === "" ? "<>" : transaction.reversePath));
  const recipients = transaction.recipients.map(({ forwardPath }) => forwardPath).filter((path) => path !== null);
  if (recipients.length > 0) words.push("--to", shellQuote(recipients.join(",")));
  if (transaction.data?.shown) words.push("--data", "@message.eml");
  else if (!transaction.data) words.push("--quit-after", "RCPT");
  return words.join(" ");
}

function curlLine(session: Session, transaction: Transaction | undefined): string {
  const scheme = session.tls === "implicit" ? "smtps" : "smtp";
  const hello = helloOf(session);
  const path = hello && /^[\w.-]+$/.test(hello) ? `/${hello}` : "";
  const words = ["curl", "-v", "--url", shellQuote(`${scheme}://${hostOf(session)}:${portOf(session)}${path}`)];
  if (session.tls === "started") words.push("--ssl-reqd");
  const attempt = session.auth[0];
  // curl asks for the password itself where only a user name is given.
  if (attempt?.user) words.push("--user", shellQuote(attempt.user));
  if (attempt?.mechanism) words.push("--login-options", shellQuote(`AUTH=${attempt.mechanism}`));
  if (transaction?.reversePath) words.push("--mail-from", shellQuote(transaction.reversePath));
  for (const { forwardPath } of transaction?.recipients ?? [])
    if (forwardPath !== null) words.push("--mail-rcpt", shellQuote(forwardPath));
  if (transaction?.data) words.push("--upload-file", "message.eml");
  return words.join(" ");
}

function opensslLine(session: Session): string {
  const target = shellQuote(`${hostOf(session)}:${portOf(session)}`);
  const words = ["openssl", "s_client", "-crlf", "-quiet", "-connect", target];
  if (session.tls !== "implicit") words.push("-starttls", session.protocol === "LMTP" ? "lmtp" : "smtp");
  const hello = helloOf(session);
  if (hello && session.tls !== "implicit") words.push("-name", shellQuote(hello));
  return words.join(" ");
}
