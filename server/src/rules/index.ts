import { rule421NotClosing } from "./421-not-closing.js";
import { rule452Under100 } from "./452-under-100.js";
import { rule550AfterDataPartial } from "./550-after-data-partial.js";
import { rule552TooManyRcpt } from "./552-too-many-rcpt.js";
import { addressDomainTooLong } from "./address-domain-too-long.js";
import { addressLocalTooLong } from "./address-local-too-long.js";
import { addressNeedlessQuotes } from "./address-needless-quotes.js";
import { addressNonAscii } from "./address-non-ascii.js";
import { addressPathTooLong } from "./address-path-too-long.js";
import { addressSyntax } from "./address-syntax.js";
import { addressUnqualified } from "./address-unqualified.js";
import { atrnWithoutAuth } from "./atrn-without-auth.js";
import { authBadBase64 } from "./auth-bad-base64.js";
import { authBadChallenge } from "./auth-bad-challenge.js";
import { authBeforeTls } from "./auth-before-tls.js";
import { authCancelReply } from "./auth-cancel-reply.js";
import { authCramStructure } from "./auth-cram-structure.js";
import { authFailureThenMail } from "./auth-failure-then-mail.js";
import { authInTransaction } from "./auth-in-transaction.js";
import { authIrNotAllowed } from "./auth-ir-not-allowed.js";
import { authIrTooLong } from "./auth-ir-too-long.js";
import { authMechanismNotOffered } from "./auth-mechanism-not-offered.js";
import { authOauthDummy } from "./auth-oauth-dummy.js";
import { authOfferedClear } from "./auth-offered-clear.js";
import { authParamWithoutAuth } from "./auth-param-without-auth.js";
import { authPlainStructure } from "./auth-plain-structure.js";
import { authPlaintext } from "./auth-plaintext.js";
import { authSuccessCode } from "./auth-success-code.js";
import { authTrailingNewline } from "./auth-trailing-newline.js";
import { authTwice } from "./auth-twice.js";
import { authWeakMechanism } from "./auth-weak-mechanism.js";
import { bareLfCommand } from "./bare-lf-command.js";
import { bdatAfterFailure } from "./bdat-after-failure.js";
import { bdatAfterLast } from "./bdat-after-last.js";
import { bdatAndData } from "./bdat-and-data.js";
import { bdatBareLf } from "./bdat-bare-lf.js";
import { bdatHuge } from "./bdat-huge.js";
import { bdatNoLast } from "./bdat-no-last.js";
import { bdatSizeMismatch } from "./bdat-size-mismatch.js";
import { bdatSyntax } from "./bdat-syntax.js";
import { binarymimeWithData } from "./binarymime-with-data.js";
import { binarymimeWithoutChunking } from "./binarymime-without-chunking.js";
import { bodyValue } from "./body-value.js";
import { bounceWithSender } from "./bounce-with-sender.js";
import { burlNoLast } from "./burl-no-last.js";
import { burlWithout8bitmime } from "./burl-without-8bitmime.js";
import { clientCloseBeforeReply } from "./client-close-before-reply.js";
import { clientTalksFirst } from "./client-talks-first.js";
import { clientTimeoutShort } from "./client-timeout-short.js";
import { commandAfterQuit } from "./command-after-quit.js";
import { commandArgsForbidden } from "./command-args-forbidden.js";
import { commandInjection } from "./command-injection.js";
import { commandTooLong } from "./command-too-long.js";
import { credentialsInTranscript } from "./credentials-in-transcript.js";
import { data8bitBody7bit } from "./data-8bit-body-7bit.js";
import { data8bitDeclared7bit } from "./data-8bit-declared-7bit.js";
import { data8bitWithout8bitmime } from "./data-8bit-without-8bitmime.js";
import { data354NoRcpt } from "./data-354-no-rcpt.js";
import { dataAfterRefusal } from "./data-after-refusal.js";
import { dataBareCr } from "./data-bare-cr.js";
import { dataBareDotInBody } from "./data-bare-dot-in-body.js";
import { dataBareLf } from "./data-bare-lf.js";
import { dataBeforeRcpt } from "./data-before-rcpt.js";
import { dataControlChars } from "./data-control-chars.js";
import { dataDotNotStuffed } from "./data-dot-not-stuffed.js";
import { dataDotWithBlank } from "./data-dot-with-blank.js";
import { dataEmptyMessage } from "./data-empty-message.js";
import { dataLineTooLong } from "./data-line-too-long.js";
import { dataMissingTerminator } from "./data-missing-terminator.js";
import { dataReplyMultiple } from "./data-reply-multiple.js";
import { dataUtf8Header } from "./data-utf8-header.js";
import { deliverbyRMinimum } from "./deliverby-r-minimum.js";
import { displayNameInPath } from "./display-name-in-path.js";
import { dsnEnvidLength } from "./dsn-envid-length.js";
import { dsnNotifyNever } from "./dsn-notify-never.js";
import { dsnNotifyValue } from "./dsn-notify-value.js";
import { dsnOrcptSyntax } from "./dsn-orcpt-syntax.js";
import { dsnRetValue } from "./dsn-ret-value.js";
import { duplicateRcpt } from "./duplicate-rcpt.js";
import { ehloArgumentMissing } from "./ehlo-argument-missing.js";
import { ehloBadKeyword } from "./ehlo-bad-keyword.js";
import { ehloBadLiteral } from "./ehlo-bad-literal.js";
import { ehloBareIp } from "./ehlo-bare-ip.js";
import { ehloDuplicateKeyword } from "./ehlo-duplicate-keyword.js";
import { ehloInLmtp } from "./ehlo-in-lmtp.js";
import { ehloKeyword502 } from "./ehlo-keyword-502.js";
import { ehloLiteralTrailingText } from "./ehlo-literal-trailing-text.js";
import { ehloLocalhost } from "./ehlo-localhost.js";
import { ehloNotFqdn } from "./ehlo-not-fqdn.js";
import { ehloRejectedIpMismatch } from "./ehlo-rejected-ip-mismatch.js";
import { ehloReplyNoDomain } from "./ehlo-reply-no-domain.js";
import { ehloResetsTransaction } from "./ehlo-resets-transaction.js";
import { ehloUnderscore } from "./ehlo-underscore.js";
import { endOfDataUnanswered } from "./end-of-data-unanswered.js";
import { enhancedClassMismatch } from "./enhanced-class-mismatch.js";
import { enhancedInconsistent } from "./enhanced-inconsistent.js";
import { enhancedMissing } from "./enhanced-missing.js";
import { enhancedOn3yz } from "./enhanced-on-3yz.js";
import { enhancedSyntax } from "./enhanced-syntax.js";
import { enhancedUnregistered } from "./enhanced-unregistered.js";
import { envelopeAfterBdat } from "./envelope-after-bdat.js";
import { etrnInTransaction } from "./etrn-in-transaction.js";
import { excessivePending } from "./excessive-pending.js";
import { extensionAfterHelo } from "./extension-after-helo.js";
import { futureReleaseAfterDeliverby } from "./future-release-after-deliverby.js";
import { greeting554ServerAccepts } from "./greeting-554-server-accepts.js";
import { greeting554ThenCommands } from "./greeting-554-then-commands.js";
import { greetingEnhancedCode } from "./greeting-enhanced-code.js";
import { greetingNoDomain } from "./greeting-no-domain.js";
import { heloFallbackMissing } from "./helo-fallback-missing.js";
import { heloInsteadOfEhlo } from "./helo-instead-of-ehlo.js";
import { heloLiteral } from "./helo-literal.js";
import { heloWithExtensions } from "./helo-with-extensions.js";
import { leadingSpace } from "./leading-space.js";
import { lhloOnPort25 } from "./lhlo-on-port-25.js";
import { limitsExceeded } from "./limits-exceeded.js";
import { lmtpReplyCount } from "./lmtp-reply-count.js";
import { mailRcptKeyword } from "./mail-rcpt-keyword.js";
import { messageExceedsAnnouncedSize } from "./message-exceeds-announced-size.js";
import { missingAngleBrackets } from "./missing-angle-brackets.js";
import { missingColon } from "./missing-colon.js";
import { multilineEarlyEnd } from "./multiline-early-end.js";
import { multilineMixedCodes } from "./multiline-mixed-codes.js";
import { multilineUnterminated } from "./multiline-unterminated.js";
import { nestedMail } from "./nested-mail.js";
import { noEhlo } from "./no-ehlo.js";
import { noEhloAfterStarttls } from "./no-ehlo-after-starttls.js";
import { noGreeting } from "./no-greeting.js";
import { noQuit } from "./no-quit.js";
import { nonSmtpCommand } from "./non-smtp-command.js";
import { nulInCommand } from "./nul-in-command.js";
import { nullRcpt } from "./null-rcpt.js";
import { nullSenderManyRcpt } from "./null-sender-many-rcpt.js";
import { obsoleteCommand } from "./obsolete-command.js";
import { paramAfterHelo } from "./param-after-helo.js";
import { paramDuplicate } from "./param-duplicate.js";
import { paramNoSpace } from "./param-no-space.js";
import { paramNotAdvertised } from "./param-not-advertised.js";
import { paramSyntax } from "./param-syntax.js";
import { paramWrongCommand } from "./param-wrong-command.js";
import { percentHack } from "./percent-hack.js";
import { pipeliningNotLast } from "./pipelining-not-last.js";
import { pipeliningNotOffered } from "./pipelining-not-offered.js";
import { pixFixupBanner } from "./pix-fixup-banner.js";
import { postmasterRejected } from "./postmaster-rejected.js";
import { privateCommandNotAdvertised } from "./private-command-not-advertised.js";
import { quitReply } from "./quit-reply.js";
import { rcptBeforeMail } from "./rcpt-before-mail.js";
import { refusalExplained } from "./refusal-explained.js";
import { relayDeniedUnauthenticated } from "./relay-denied-unauthenticated.js";
import { repeat5yz } from "./repeat-5yz.js";
import { reply220MidSession } from "./reply-220-mid-session.js";
import { replyBareCode } from "./reply-bare-code.js";
import { replyExtra } from "./reply-extra.js";
import { replyFirstDigit } from "./reply-first-digit.js";
import { replyMissing } from "./reply-missing.js";
import { replyNonAscii } from "./reply-non-ascii.js";
import { replySecondDigit } from "./reply-second-digit.js";
import { replySyntax } from "./reply-syntax.js";
import { replyTooLong } from "./reply-too-long.js";
import { replyUnexpectedCode } from "./reply-unexpected-code.js";
import { replyUnknownCode } from "./reply-unknown-code.js";
import { requiredVerbMissing } from "./required-verb-missing.js";
import { requiretlsAdvertisedClear } from "./requiretls-advertised-clear.js";
import { requiretlsWithoutTls } from "./requiretls-without-tls.js";
import { rsetNot250 } from "./rset-not-250.js";
import { serverAcceptsBareLfDot } from "./server-accepts-bare-lf-dot.js";
import { serverClosesFirst } from "./server-closes-first.js";
import { sizeActualLarger } from "./size-actual-larger.js";
import { sizeDigits } from "./size-digits.js";
import { sizeExceedsLimit } from "./size-exceeds-limit.js";
import { smtputf8EhloParam } from "./smtputf8-ehlo-param.js";
import { smtputf8Value } from "./smtputf8-value.js";
import { smtputf8Without8bitmime } from "./smtputf8-without-8bitmime.js";
import { smugglingEndOfData } from "./smuggling-end-of-data.js";
import { sourceRoute } from "./source-route.js";
import { spaceAfterColon } from "./space-after-colon.js";
import { starttlsInTransaction } from "./starttls-in-transaction.js";
import { starttlsNotOffered } from "./starttls-not-offered.js";
import { starttlsPlaintextInjection } from "./starttls-plaintext-injection.js";
import { starttlsRejectedThenAuth } from "./starttls-rejected-then-auth.js";
import { starttlsRequiredIgnored } from "./starttls-required-ignored.js";
import { starttlsResponseInjection } from "./starttls-response-injection.js";
import { starttlsStillOffered } from "./starttls-still-offered.js";
import { starttlsTwice } from "./starttls-twice.js";
import { tlsHandshakeFailed } from "./tls-handshake-failed.js";
import { tlsNotUsed } from "./tls-not-used.js";
import { tlsStrippingSuspect } from "./tls-stripping-suspect.js";
import { tooManyRcpt } from "./too-many-rcpt.js";
import { trailingSpace } from "./trailing-space.js";
import type { Rule } from "./types.js";
import { typographicCharacter } from "./typographic-character.js";
import { unknownCommand } from "./unknown-command.js";
import { verbNotAdvertised } from "./verb-not-advertised.js";
import { vrfy250Disclosure } from "./vrfy-250-disclosure.js";
import { vrfyNoArg } from "./vrfy-no-arg.js";
import { xLink2state } from "./x-link2state.js";
import { xtextInvalid } from "./xtext-invalid.js";

/** Every rule, sorted by id. Adding one: its file, its fixture, and its two lines here. */
export const rules: readonly Rule[] = [
  rule421NotClosing,
  rule452Under100,
  rule550AfterDataPartial,
  rule552TooManyRcpt,
  addressDomainTooLong,
  addressLocalTooLong,
  addressNeedlessQuotes,
  addressNonAscii,
  addressPathTooLong,
  addressSyntax,
  addressUnqualified,
  atrnWithoutAuth,
  authBadBase64,
  authBadChallenge,
  authBeforeTls,
  authCancelReply,
  authCramStructure,
  authFailureThenMail,
  authInTransaction,
  authIrNotAllowed,
  authIrTooLong,
  authMechanismNotOffered,
  authOauthDummy,
  authOfferedClear,
  authParamWithoutAuth,
  authPlainStructure,
  authPlaintext,
  authSuccessCode,
  authTrailingNewline,
  authTwice,
  authWeakMechanism,
  bareLfCommand,
  bdatAfterFailure,
  bdatAfterLast,
  bdatAndData,
  bdatBareLf,
  bdatHuge,
  bdatNoLast,
  bdatSizeMismatch,
  bdatSyntax,
  binarymimeWithData,
  binarymimeWithoutChunking,
  bodyValue,
  bounceWithSender,
  burlNoLast,
  burlWithout8bitmime,
  clientCloseBeforeReply,
  clientTalksFirst,
  clientTimeoutShort,
  commandAfterQuit,
  commandArgsForbidden,
  commandInjection,
  commandTooLong,
  credentialsInTranscript,
  data354NoRcpt,
  data8bitBody7bit,
  data8bitDeclared7bit,
  data8bitWithout8bitmime,
  dataAfterRefusal,
  dataBareCr,
  dataBareDotInBody,
  dataBareLf,
  dataBeforeRcpt,
  dataControlChars,
  dataDotNotStuffed,
  dataDotWithBlank,
  dataEmptyMessage,
  dataLineTooLong,
  dataMissingTerminator,
  dataReplyMultiple,
  dataUtf8Header,
  deliverbyRMinimum,
  displayNameInPath,
  dsnEnvidLength,
  dsnNotifyNever,
  dsnNotifyValue,
  dsnOrcptSyntax,
  dsnRetValue,
  duplicateRcpt,
  ehloArgumentMissing,
  ehloBadKeyword,
  ehloBadLiteral,
  ehloBareIp,
  ehloDuplicateKeyword,
  ehloInLmtp,
  ehloKeyword502,
  ehloLiteralTrailingText,
  ehloLocalhost,
  ehloNotFqdn,
  ehloRejectedIpMismatch,
  ehloReplyNoDomain,
  ehloResetsTransaction,
  ehloUnderscore,
  endOfDataUnanswered,
  enhancedClassMismatch,
  enhancedInconsistent,
  enhancedMissing,
  enhancedOn3yz,
  enhancedSyntax,
  enhancedUnregistered,
  envelopeAfterBdat,
  etrnInTransaction,
  excessivePending,
  extensionAfterHelo,
  futureReleaseAfterDeliverby,
  greeting554ServerAccepts,
  greeting554ThenCommands,
  greetingEnhancedCode,
  greetingNoDomain,
  heloFallbackMissing,
  heloInsteadOfEhlo,
  heloLiteral,
  heloWithExtensions,
  leadingSpace,
  lhloOnPort25,
  limitsExceeded,
  lmtpReplyCount,
  mailRcptKeyword,
  messageExceedsAnnouncedSize,
  missingAngleBrackets,
  missingColon,
  multilineEarlyEnd,
  multilineMixedCodes,
  multilineUnterminated,
  nestedMail,
  noEhlo,
  noEhloAfterStarttls,
  noGreeting,
  noQuit,
  nonSmtpCommand,
  nulInCommand,
  nullRcpt,
  nullSenderManyRcpt,
  obsoleteCommand,
  paramAfterHelo,
  paramDuplicate,
  paramNoSpace,
  paramNotAdvertised,
  paramSyntax,
  paramWrongCommand,
  percentHack,
  pipeliningNotLast,
  pipeliningNotOffered,
  pixFixupBanner,
  postmasterRejected,
  privateCommandNotAdvertised,
  quitReply,
  rcptBeforeMail,
  refusalExplained,
  relayDeniedUnauthenticated,
  repeat5yz,
  reply220MidSession,
  replyBareCode,
  replyExtra,
  replyFirstDigit,
  replyMissing,
  replyNonAscii,
  replySecondDigit,
  replySyntax,
  replyTooLong,
  replyUnexpectedCode,
  replyUnknownCode,
  requiredVerbMissing,
  requiretlsAdvertisedClear,
  requiretlsWithoutTls,
  rsetNot250,
  serverAcceptsBareLfDot,
  serverClosesFirst,
  sizeActualLarger,
  sizeDigits,
  sizeExceedsLimit,
  smtputf8EhloParam,
  smtputf8Value,
  smtputf8Without8bitmime,
  smugglingEndOfData,
  sourceRoute,
  spaceAfterColon,
  starttlsInTransaction,
  starttlsNotOffered,
  starttlsPlaintextInjection,
  starttlsRejectedThenAuth,
  starttlsRequiredIgnored,
  starttlsResponseInjection,
  starttlsStillOffered,
  starttlsTwice,
  tlsHandshakeFailed,
  tlsNotUsed,
  tlsStrippingSuspect,
  tooManyRcpt,
  trailingSpace,
  typographicCharacter,
  unknownCommand,
  verbNotAdvertised,
  vrfy250Disclosure,
  vrfyNoArg,
  xLink2state,
  xtextInvalid,
];

const byId: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.id, rule]));

/** A rule by its id; undefined for an id that is not in use. */
export function ruleById(id: string): Rule | undefined {
  return byId.get(id);
}
