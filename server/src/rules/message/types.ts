import type { AddressList } from "../../message/address.js";
import type { MailDate } from "../../message/date.js";
import type { Field } from "../../message/header.js";
import type { MessageLines } from "../../message/lines.js";
import type { Hop } from "../../message/received.js";
import type { Message, Part } from "../../message/tree.js";
import type { ByteFacts } from "../../text/bytes.js";
import type { Span } from "../../text/span.js";
import type { Fix, MailProfile, MessageData, RuleInfo, Severity } from "../types.js";
import type { BodyFacts } from "./bodyFacts.js";

export interface MessageReport {
  readonly at: Span;
  /** Key in the rule's `messages`; "default" where it is left out. */
  readonly message?: string;
  readonly data?: MessageData;
  /** Overrides the rule's severity for this finding. */
  readonly severity?: Severity;
  readonly related?: readonly { readonly at: Span; readonly message: string; readonly data?: MessageData }[];
  readonly fix?: Fix;
}

/** A file name and the field that gives it. */
export interface FileName {
  readonly name: string;
  readonly field: Field;
}

/** What a rule may look at. Values that several rules need are read once. */
export interface MessageContext {
  readonly message: Message;
  readonly lines: MessageLines;
  readonly profile: MailProfile;
  /** What the file's bytes show, where somebody has them; undefined: nothing may be said of line ends and octets. */
  readonly facts: ByteFacts | undefined;
  /** Source offset of a place of the file, as `facts` gives it. */
  offsetOf(place: { readonly line: number; readonly character: number }): number;
  /** Line end to use in fixes. */
  readonly eol: string;
  /** Fields of the message's own header section. */
  readonly fields: readonly Field[];
  /** True for bounces and other notices of mail systems. */
  readonly notice: boolean;
  /** True where a mailing list passed the message on: its text was changed on purpose. */
  readonly list: boolean;
  first(key: string): Field | undefined;
  all(key: string): Field[];
  addresses(field: Field): AddressList;
  date(field: Field): MailDate;
  /** Received hops in the order of the file. */
  readonly route: readonly Hop[];
  /** The parts to be judged, each before its children; in a message of very many parts the first of them. */
  readonly parts: readonly Part[];
  /** Those of them that are no part of a returned or forwarded message inside this one. */
  readonly ownParts: readonly Part[];
  /** File names of those parts, decoded, each with the field that names it. */
  readonly fileNames: readonly FileName[];
  /** What is to be known of the encoded body of a leaf, of the first mebibyte of it. */
  bodyFacts(part: Part): BodyFacts;
  /** First character beyond ASCII in the body of a leaf as it stands, or undefined. */
  firstNonAscii(part: Part): { readonly line: number; readonly column: number } | undefined;
  /** True for parts of a returned or forwarded message inside this one: often cut, and not this sender's fault. */
  quoted(part: Part): boolean;
  report(report: MessageReport): void;
}

/** A rule about messages. Related small rules share a file; all are registered in index.ts. */
export interface MessageRule extends RuleInfo {
  /** Severity in mail to be sent; as `severity` (which is that of mail that arrived) where it is left out. */
  readonly outbound?: Severity | "off";
  /** Severity in mail sent to many; as `outbound` where it is left out. */
  readonly bulk?: Severity | "off";
  readonly topic: "message";
  /** Checks one message. */
  check(context: MessageContext): void;
}

export type { MailProfile };
