import type { MailData } from "../../session/model.js";
import type { Session, WireLine } from "../types.js";
import { isIrregularEnd } from "./message.js";
import { scanOf } from "./scan.js";

/** A line that some servers take as the end of the message and others do not. */
export interface IrregularEnd {
  readonly wire: WireLine;
  /** Columns of the part that reads like an end. */
  readonly from: number;
  readonly to: number;
  /** The octets as they stood, such as "LF . LF". */
  readonly form: string;
  /** True if the server ended the message here. */
  readonly ended: boolean;
}

/**
 * Dots that end a message for lax servers only: with a bare LF or a bare CR on one side, or a NUL before the dot (RFC 5321
 * §4.1.1.4 allows CR LF . CR LF and nothing else). Only where the dialect shows line ends, and only where the client uses
 * CR LF elsewhere: a typed session that has nothing but LF is a matter of data-bare-lf.
 */
export function irregularEnds(session: Session, data: MailData): readonly IrregularEnd[] {
  const dot = data.kind === "DATA" ? data.end?.wire : undefined;
  const { bareLf, bareCr, controls } = scanOf(data);
  if (bareLf.length + bareCr.length + controls.length === 0 && !isIrregularEnd(dot)) return [];
  const lines = dot ? [...data.lines, dot] : data.lines;
  if (!session.wire.some((wire) => wire.speaker === "client" && wire.wireEnd === "crlf")) return [];
  const found: IrregularEnd[] = [];
  lines.forEach((wire, k) => {
    const columns = dotColumns(wire.text);
    if (!columns) return;
    const before = k === 0 ? "CR LF" : endName(lines[k - 1] as WireLine);
    const behind = columns.behind ?? endName(wire);
    if (before === "CR LF" && behind === "CR LF" && !columns.nul) return;
    const form = `${before} ${columns.nul ? "NUL " : ""}. ${behind}`;
    found.push({ wire, from: columns.from, to: columns.to, form, ended: wire === dot });
  });
  return found;
}

/** A lone dot in a line; a bare CR may stand in the middle of what is one line by CR LF. */
function dotColumns(text: string): { from: number; to: number; behind?: string; nul: boolean } | undefined {
  const match = /^(\0?)\.(?=$|\r)/.exec(text);
  if (match)
    return {
      from: 0,
      to: match[0].length,
      behind: text.length > match[0].length ? "CR" : undefined,
      nul: match[1] !== "",
    };
  const inside = /\r\.(?=\r|$)/.exec(text);
  return inside ? { from: inside.index + 1, to: inside.index + 2, behind: "CR", nul: false } : undefined;
}

function endName(wire: WireLine): string {
  if (wire.wireEnd === "lf") return "LF";
  return wire.wireEnd === "cr" ? "CR" : "CR LF";
}
