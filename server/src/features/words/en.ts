/** The words of hovers, actions, pages and the command line in English, the source of all translations. */
export const ENGLISH = {
  "findings.more":
    "{count} more findings are not shown. Fix or put aside some of these first; the command line shows all.",
  "list.separator": ", ",
  "outline.session": "Session {number}",
  "outline.greeting": "Greeting",
  "tls.none": "no TLS",
  "tls.offered": "TLS offered, not used",
  "tls.started": "STARTTLS",
  "tls.implicit": "TLS from the start",
  "tls.refused": "TLS failed",
  "auth.success": "logged in",
  "auth.failure": "login refused",
  "auth.cancelled": "login cancelled",
  "auth.unknown": "outcome not shown",
  "recipient.accepted": "accepted",
  "recipient.rejected": "refused for good",
  "recipient.deferred": "refused for now",
  "recipient.unknown": "no reply shown",
  "outcome.accepted": "accepted",
  "outcome.rejected": "refused for good",
  "outcome.deferred": "refused for now",
  "outcome.partial": "accepted for some recipients",
  "outcome.aborted": "given up by the client",
  "outcome.uncertain": "sent, outcome unknown",
  "outcome.incomplete": "not finished",
  "outcome.withCode": "{outcome} ({code})",
  "outcome.recipients": "{accepted} of {total} recipients accepted",
  "outcome.queued": "queued as {id}",
  "hint.user": "user {user}",
  "hint.answers": "answers {command}",
  "lens.diagram": "Diagram",
  "lens.copyRedacted": "Copy redacted",
  "lens.showMessage": "Show message",
} as const;

/** Name of a text. */
export type WordKey = keyof typeof ENGLISH;
