import { type FoundDelivery, found, type Parts, stageOf } from "./delivery-found.js";
import { isoTime } from "./log-head.js";
import type { Delivery } from "./types.js";

const EXIM =
  /(?:(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?(?: [+-]\d{4})?) )?(?:\[\d{1,10}\] )?(?:([0-9A-Za-z]{6}-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4}) )? {0,4}(=>|->|>>|\*>|\*\*|==) (\S{1,1000})(?= |$|:)/y;

/** Exim's main log and the `LOG: MAIN` blocks of its debug output (Exim specification, chapter 52). */
export function eximLine(text: string, from: number, time: number | undefined): FoundDelivery | undefined {
  EXIM.lastIndex = from;
  const match = EXIM.exec(text);
  if (!match) return eximHost(text) ?? eximReject(text);
  const sign = match[3] as string;
  const rest = text.slice(EXIM.lastIndex);
  // A lone arrow in other logs (`client -> server`) is none of Exim's: its lines name a router or transport.
  if (!/ (?:R|T|F|H|P|routing|S)[=\s]|: /.test(rest)) return undefined;
  const base = {
    recipient: (match[4] as string).replace(/:$/, ""),
    relay: /(?:^| )H=(\S{1,255}(?: \[[^\]]{1,60}\](?::\d{1,5})?)?)/.exec(rest)?.[1] ?? null,
    queueId: match[2],
    time: match[1] === undefined ? time : isoTime(match[1]),
  };
  if (sign === "**" || sign === "==") {
    return eximFailure(text, EXIM.lastIndex, sign === "**" ? "bounced" : "deferred", base);
  }
  const confirmation = / C="/.exec(rest);
  if (!confirmation) return found(text, from, text.length, "sent", { ...base, stage: null });
  const start = EXIM.lastIndex + confirmation.index + confirmation[0].length;
  const end = text.indexOf('"', start);
  return found(text, start, end === -1 ? text.length : end, "sent", { ...base, stage: "end of data" });
}

const REMOTE_ERROR =
  /^[LS]MTP error from remote mail(?:er| server) after ([^:]{1,40})(?::<[^>]{0,1000}>)?[^:]{0,200}:(?: host \S{1,255} \[[^\]]{1,60}\]:)? ?/;

function eximFailure(text: string, at: number, status: Delivery["status"], base: Parts): FoundDelivery {
  const rest = text.slice(at);
  // Only the first of its kind is looked at, so that a line of nothing else costs no more than its length.
  const place = rest.search(/[LS]MTP error from remote mail/);
  const error = place === -1 ? null : REMOTE_ERROR.exec(rest.slice(place, place + 2000));
  const timing = / (?:QT|DT)=[\d.]{1,20}[smhd]?(?: DT=[\d.]{1,20}[smhd]?)?$/.exec(text);
  const end = timing ? timing.index : text.length;
  if (!error) {
    const colon = text.lastIndexOf(": ", end);
    return found(text, colon > at ? colon + 2 : at, end, status, base);
  }
  const start = at + place + error[0].length;
  return found(text, start, Math.max(start, end), status, { ...base, stage: stageOf(error[1] as string) });
}

const EXIM_HOST =
  /^(?:(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?(?: [+-]\d{4})?) )?(?:\[\d{1,10}\] )?(?:([0-9A-Za-z]{6}-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4}) )?H=(\S{1,255} \[[^\]]{1,60}\])(?::\d{1,5})?:? (?=[LS]MTP error from remote mail)/;

/** A host that answered with an error for all of a message's recipients (`ID H=host [ip]: SMTP error from …`). */
function eximHost(text: string): FoundDelivery | undefined {
  const match = EXIM_HOST.exec(text);
  if (!match) return undefined;
  return eximFailure(text, match[0].length, "deferred", {
    relay: match[3],
    queueId: match[2],
    time: match[1] === undefined ? undefined : isoTime(match[1]),
  });
}

function eximReject(text: string): FoundDelivery | undefined {
  const match =
    /^(?:(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?(?: [+-]\d{4})?) )?(?:\[\d{1,10}\] )?(?:([0-9A-Za-z]{6}-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4}) )?(?:H=|U=)[^:]{1,600}? (temporarily )?rejected (RCPT|MAIL|EHLO or HELO|HELO|after DATA|DATA|connection)(?: <([^>]{0,1000})>)?[^:]{0,300}: ?/.exec(
      text,
    );
  if (!match) return undefined;
  const stage =
    match[4] === "after DATA" ? "end of data" : match[4] === "connection" ? "greeting" : stageOf(match[4] as string);
  return found(text, match[0].length, text.length, match[3] === undefined ? "bounced" : "deferred", {
    recipient: match[4] === "RCPT" ? match[5] : null,
    stage,
    queueId: match[2],
    time: match[1] === undefined ? undefined : isoTime(match[1]),
  });
}
