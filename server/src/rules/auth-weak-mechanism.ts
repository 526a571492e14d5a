import { attemptsOf, mechanismColumns } from "./lib/auth.js";
import { exampleSession } from "./lib/example.js";
import type { Rule, RuleContext, Session } from "./types.js";

const WEAK = new Set(["CRAM-MD5", "DIGEST-MD5", "NTLM"]);

/** A mechanism built on MD5 or MD4. */
export const authWeakMechanism: Rule = {
  id: "auth-weak-mechanism",
  severity: "hint",
  party: "client",
  level: "practice",
  references: [{ document: "RFC 4954", section: "9" }, { document: "RFC 6331" }],
  topic: "auth",
  title: "Outdated login mechanism",
  messages: {
    default:
      "{mechanism} rests on outdated hashes, and its answer lets a weak password be guessed. Use SCRAM-SHA-256, or PLAIN under TLS.",
  },
  why: "CRAM-MD5, DIGEST-MD5 (moved to historic by RFC 6331) and NTLM were made for connections without TLS. Under TLS they protect nothing more, and they force the server to keep passwords in a weaker form.",
  fix: "Offer and use SCRAM-SHA-256, or PLAIN under TLS.",
  wrong: exampleSession(
    ["AUTH CRAM-MD5"],
    "C: AUTH CRAM-MD5",
    "S: 334 PDEyMzRAbXguZXhhbXBsZS5jb20+",
    "C: ****",
    "S: 235 2.7.0 Authentication successful",
  ),
  right: exampleSession(
    ["AUTH SCRAM-SHA-256"],
    "C: AUTH SCRAM-SHA-256 ****",
    "S: 334 cj1yT3ByTkdmd0ViZVJXZ2JORWtxTyVodllEcFdVYTJSYVRDQWZ1eEZJbGopaE5sRiRrMCxzPVcyMlphSjBTTlk3c29Fc1VFamI2Z1E9PSxpPTQwOTY=",
    "C: ****",
    "S: 235 2.7.0 Authentication successful",
  ),
  about: "auth",
  fixable: false,
  check(session: Session, context: RuleContext): void {
    const seen = new Set<string>();
    for (const { exchange, mechanism } of attemptsOf(session, context)) {
      if (mechanism === null || !WEAK.has(mechanism) || seen.has(mechanism) || !exchange.wire) continue;
      seen.add(mechanism);
      const at = mechanismColumns(exchange);
      context.report({ at: at ? { wire: exchange.wire, ...at } : { wire: exchange.wire }, data: { mechanism } });
    }
  },
};
