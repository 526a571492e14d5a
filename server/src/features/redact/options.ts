/** What to redact besides credentials, which always go. */
export interface RedactOptions {
  /** Mailboxes and display names, in every form (VERP, SRS, ORCPT, base64 of AUTH). */
  readonly addresses: boolean;
  /** Host and domain names. */
  readonly hosts: boolean;
  /** IPv4 and IPv6 addresses. */
  readonly ips: boolean;
  /** Queue ids and Message-IDs. */
  readonly ids: boolean;
  readonly subjects: boolean;
  readonly bodies: boolean;
}

/** Everything: what a person needs who is about to post a transcript in public. */
export const redactEverything: RedactOptions = {
  addresses: true,
  hosts: true,
  ips: true,
  ids: true,
  subjects: true,
  bodies: true,
};
