import { addressSyntax } from "./address-syntax.js";
import { authBadBase64 } from "./auth-bad-base64.js";
import { authCramStructure } from "./auth-cram-structure.js";
import { authMechanismNotOffered } from "./auth-mechanism-not-offered.js";
import { authPlainStructure } from "./auth-plain-structure.js";
import { authPlaintext } from "./auth-plaintext.js";
import { authTwice } from "./auth-twice.js";
import { bodyValue } from "./body-value.js";
import { commandAfterQuit } from "./command-after-quit.js";
import { commandTooLong } from "./command-too-long.js";
import { credentialsInTranscript } from "./credentials-in-transcript.js";
import { data8bitWithout8bitmime } from "./data-8bit-without-8bitmime.js";
import { dataAfterRefusal } from "./data-after-refusal.js";
import { dataBareDotInBody } from "./data-bare-dot-in-body.js";
import { dataBareLf } from "./data-bare-lf.js";
import { dataBeforeRcpt } from "./data-before-rcpt.js";
import { dataDotNotStuffed } from "./data-dot-not-stuffed.js";
import { dataDotWithBlank } from "./data-dot-with-blank.js";
import { dataLineTooLong } from "./data-line-too-long.js";
import { dataMissingTerminator } from "./data-missing-terminator.js";
import { dsnNotifyNever } from "./dsn-notify-never.js";
import { ehloInLmtp } from "./ehlo-in-lmtp.js";
import { enhancedClassMismatch } from "./enhanced-class-mismatch.js";
import { lmtpReplyCount } from "./lmtp-reply-count.js";
import { missingAngleBrackets } from "./missing-angle-brackets.js";
import { missingColon } from "./missing-colon.js";
import { multilineMixedCodes } from "./multiline-mixed-codes.js";
import { multilineUnterminated } from "./multiline-unterminated.js";
import { nestedMail } from "./nested-mail.js";
import { noEhlo } from "./no-ehlo.js";
import { noEhloAfterStarttls } from "./no-ehlo-after-starttls.js";
import { nonSmtpCommand } from "./non-smtp-command.js";
import { paramNotAdvertised } from "./param-not-advertised.js";
import { pipeliningNotOffered } from "./pipelining-not-offered.js";
import { rcptBeforeMail } from "./rcpt-before-mail.js";
import { replyMissing } from "./reply-missing.js";
import { replySyntax } from "./reply-syntax.js";
import { serverAcceptsBareLfDot } from "./server-accepts-bare-lf-dot.js";
import { sizeExceedsLimit } from "./size-exceeds-limit.js";
import { smugglingEndOfData } from "./smuggling-end-of-data.js";
import { spaceAfterColon } from "./space-after-colon.js";
import { starttlsPlaintextInjection } from "./starttls-plaintext-injection.js";
import type { Rule } from "./types.js";
import { unknownCommand } from "./unknown-command.js";
import { verbNotAdvertised } from "./verb-not-advertised.js";

/** Every rule, sorted by id. Adding one: its file, its fixture, and its two lines here. */
export const rules: readonly Rule[] = [
  addressSyntax,
  authBadBase64,
  authCramStructure,
  authMechanismNotOffered,
  authPlainStructure,
  authPlaintext,
  authTwice,
  bodyValue,
  commandAfterQuit,
  commandTooLong,
  credentialsInTranscript,
  data8bitWithout8bitmime,
  dataAfterRefusal,
  dataBareDotInBody,
  dataBareLf,
  dataBeforeRcpt,
  dataDotNotStuffed,
  dataDotWithBlank,
  dataLineTooLong,
  dataMissingTerminator,
  dsnNotifyNever,
  ehloInLmtp,
  enhancedClassMismatch,
  lmtpReplyCount,
  missingAngleBrackets,
  missingColon,
  multilineMixedCodes,
  multilineUnterminated,
  nestedMail,
  noEhlo,
  noEhloAfterStarttls,
  nonSmtpCommand,
  paramNotAdvertised,
  pipeliningNotOffered,
  rcptBeforeMail,
  replyMissing,
  replySyntax,
  serverAcceptsBareLfDot,
  sizeExceedsLimit,
  smugglingEndOfData,
  spaceAfterColon,
  starttlsPlaintextInjection,
  unknownCommand,
  verbNotAdvertised,
];

const byId: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.id, rule]));

/** A rule by its id; undefined for an id that is not in use. */
export function ruleById(id: string): Rule | undefined {
  return byId.get(id);
}
