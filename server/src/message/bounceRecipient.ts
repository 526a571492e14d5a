import type { Span } from "../text/span.js";

/** What happened to one recipient, as a bounce tells it. */
export interface BounceRecipient {
  readonly address: string;
  /** "failed", "delayed", "delivered", "relayed", "expanded" (RFC 3464 §2.3.3); undefined where the text does not say. */
  readonly action: string | undefined;
  /** Basic reply code of the server that said no. */
  readonly code: number | undefined;
  /** Enhanced status code. */
  readonly status: string | undefined;
  /** What the server or the mail system said. */
  readonly text: string;
  /** The server that said it, where it is named. */
  readonly server: string | undefined;
  /** True: will not work when it is sent again; false: may work later, or was given up after tries; undefined: unknown. */
  readonly permanent: boolean | undefined;
  readonly span: Span;
}
