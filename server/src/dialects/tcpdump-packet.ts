import { isServerPort, serverOf } from "./wire-stream.js";

const NAMES: Readonly<Record<string, number>> = {
  smtp: 25,
  submission: 587,
  smtps: 465,
  submissions: 465,
  urd: 465,
  ssmtp: 465,
  lmtp: 24,
};
/** Ends, flags and payload length, as both tcpdump forms print them. */
export const PACKET =
  /(\S{2,80})\.([\w-]{1,30}) > (\S{2,80})\.([\w-]{1,30}): Flags \[([^\]]{1,12})\](.{0,400}?), length (\d{1,7})(?=$|:)/;

/** A packet's summary. */
export interface Packet {
  readonly fromServer: boolean;
  /** The client's end. */
  readonly channel: string;
  readonly length: number;
  readonly flags: string;
  /** Octets of the TCP options that the summary lists, padded to words. */
  readonly optionOctets: number;
  /** Column behind the length. */
  readonly behind: number;
}

/** Reads the part of a summary that names ends, flags and length; undefined for other lines. */
export function packetOf(text: string): Packet | undefined {
  const match = PACKET.exec(text);
  if (!match) return undefined;
  const from = port(match[2] as string);
  const to = port(match[4] as string);
  const fromServer = serverOf(from, to) === from && (from !== to || isServerPort(from));
  const channel = fromServer ? `${match[3]}:${to}` : `${match[1]}:${from}`;
  const options = /options \[([^\]]{1,200})\]/.exec(match[6] as string)?.[1];
  return {
    fromServer,
    channel,
    length: Number(match[7]),
    flags: match[5] as string,
    optionOctets: options === undefined ? 0 : optionOctets(options),
    behind: match.index + match[0].length,
  };
}

function port(text: string): number {
  return NAMES[text] ?? (/^\d{1,5}$/.test(text) ? Number(text) : 65_535);
}

/** RFC 9293 §3.1, RFC 7323, RFC 2018: the size of each option by its kind. */
function optionOctets(options: string): number {
  let octets = 0;
  for (const option of options.split(",")) {
    if (/^(?:nop|eol)$/.test(option)) octets += 1;
    else if (option.startsWith("mss")) octets += 4;
    else if (option === "sackOK") octets += 2;
    else if (option.startsWith("TS ")) octets += 10;
    else if (option.startsWith("wscale")) octets += 3;
    else if (option.startsWith("sack ")) octets += 2 + 8 * (option.match(/\{/g)?.length ?? 1);
  }
  return Math.ceil(octets / 4) * 4;
}
