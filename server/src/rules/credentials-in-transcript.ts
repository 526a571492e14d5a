import { saslOf } from "./lib/auth.js";
import { exampleSession } from "./lib/example.js";
import { replaceIn } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** A password, a token or something that can be cracked or replayed stands in the transcript. */
export const credentialsInTranscript: Rule = {
  id: "credentials-in-transcript",
  severity: "information",
  party: "author",
  level: "practice",
  references: [
    { document: "RFC 4954", section: "9" },
    { document: "RFC 4616", section: "6" },
  ],
  topic: "auth",
  title: "The transcript shows credentials",
  messages: {
    password:
      "A password stands here, readable by anyone who gets this file. Mask it before you share the file, and change it if it was shared.",
    token:
      "An access token stands here, and whoever gets this file can use it. Mask it before you share the file, and revoke it if it was shared.",
    proof:
      "The answer of {mechanism} stands here, from which a weak password can be guessed. Mask it before you share the file.",
    default: "Login data of {mechanism} stand here. Mask them before you share the file.",
    fix: "Mask the secret",
  },
  why: "Base64 hides nothing: what AUTH PLAIN and LOGIN send is the password itself, and the answers of CRAM-MD5, DIGEST-MD5, NTLM and SCRAM can be attacked at leisure. Transcripts are mailed to support and pasted in tickets.",
  fix: "Mask the secret with the quick fix or with the command line's redact, which keep the form so that the transcript stays readable.",
  wrong: exampleSession(
    ["AUTH PLAIN"],
    "C: AUTH PLAIN AGFsaWNlAHNlY3JldC1wYXNzd29yZA==",
    "S: 235 2.7.0 Authentication successful",
  ),
  right: exampleSession(["AUTH PLAIN"], "C: AUTH PLAIN AGFsaWNlACoqKioqKioq", "S: 235 2.7.0 Authentication successful"),
  about: "auth",
  fixable: true,
  check(session: Session, context: RuleContext): void {
    for (const attempt of session.auth) {
      for (const { wire, from, message } of saslOf(attempt)) {
        const { secret } = message;
        if (!secret) continue;
        const columns = { from: from + secret.from, to: from + secret.to };
        context.report({
          at: { wire, ...columns },
          message: kindOf(attempt.mechanism),
          data: { mechanism: attempt.mechanism ?? "AUTH" },
          fix: {
            title: "fix",
            kind: "structure",
            edits: [replaceIn(wire, columns.from, columns.to, secret.mask)],
          },
        });
      }
    }
  },
};

const PROOFS = /^(?:CRAM-MD5|DIGEST-MD5|NTLM|SCRAM-.*)$/;

function kindOf(mechanism: string | null): string {
  if (mechanism === "PLAIN" || mechanism === "LOGIN") return "password";
  if (mechanism === "XOAUTH2" || mechanism === "OAUTHBEARER") return "token";
  return mechanism !== null && PROOFS.test(mechanism) ? "proof" : "default";
}
