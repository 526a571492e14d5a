import type { ToolNote } from "../dialects/types.js";
import type { Course } from "./course.js";

/** Applies what a tool says of the session (hidden lines, TLS, the connection) to its course. */
export function applyNote(note: ToolNote, course: Course): void {
  const { machine, facts } = course;
  switch (note.kind) {
    case "data-hidden":
      hideData(note.octets, note.open === true, course);
      break;
    case "auth-hidden":
      facts.hiddenAuth(course.add({ kind: "command", verb: "AUTH" }), note.mechanism, note.outcome);
      break;
    case "client-hidden":
      course.clientHidden = true;
      if (machine.mode === "auth") course.addResponse(undefined);
      break;
    case "commands-hidden":
      for (const { verb, path, silent } of note.commands) {
        if (silent) course.addUnanswered({ kind: "command", verb, told: { path } });
        else course.addHidden(verb, { path });
      }
      if (machine.mode === "greeting") machine.mode = "command";
      break;
    default:
      if (note.kind === "close") machine.mode = "closed";
      facts.note(note, machine.mode === "greeting" && machine.pending.length === 0);
  }
}

/** The message, or a part of it, was sent here and is not printed; `open` if its end is not part of that. */
function hideData(octets: number | undefined, open: boolean, course: Course): void {
  const { machine } = course;
  if (machine.mode !== "data" && machine.chunk === 0 && !machine.dataPending()) return;
  const data = course.currentData();
  data.octetsStated = octets ?? data.octetsStated;
  if (machine.chunk > 0) machine.chunk = 0;
  else if (!open) course.endData(undefined);
}
