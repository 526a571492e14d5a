import type { Random } from "./random.js";

/** What the client of the model does: a command, or a message (the lines as meant, before dot-stuffing). */
export type Step =
  | { readonly kind: "command"; readonly text: string }
  | { readonly kind: "message"; readonly lines: readonly string[]; readonly stuffed: boolean };

/** A session to play: what the server offers and what the client does. */
export interface Script {
  readonly extensions: readonly string[];
  readonly steps: readonly Step[];
  /** Commands of an envelope go out in one group. */
  readonly pipelined: boolean;
}

const say = (text: string): Step => ({ kind: "command", text });

/** A session without any mistake. */
export function healthyScript(random: Random): Script {
  const optional = ["PIPELINING", "SIZE 10240000", "8BITMIME", "DSN", "ENHANCEDSTATUSCODES", "SMTPUTF8", "VRFY"];
  const extensions = optional.filter(() => !random.oneIn(3));
  if (extensions.includes("SMTPUTF8") && !extensions.includes("8BITMIME")) extensions.push("8BITMIME");
  if (random.oneIn(3)) extensions.push("AUTH PLAIN LOGIN");
  const has = (name: string): boolean => extensions.some((line) => line.startsWith(name));
  const steps: Step[] = [say("EHLO client.example.org")];
  if (random.oneIn(3)) steps.push(say("NOOP"));
  const count = 1 + random.below(3);
  for (let k = 0; k < count; k++) {
    const parameters = [
      has("SIZE") && random.oneIn(2) ? " SIZE=2000" : "",
      has("8BITMIME") && random.oneIn(3) ? " BODY=8BITMIME" : "",
      has("DSN") && random.oneIn(3) ? " RET=HDRS" : "",
    ].join("");
    steps.push(say(`MAIL FROM:<${random.oneIn(6) ? "" : `sender${k}@example.org`}>${parameters}`));
    const recipients = 1 + random.below(3);
    for (let r = 0; r < (parameters === "" ? recipients : 1); r++) {
      const name = random.oneIn(5) && r > 0 ? "nobody" : `user${r}`;
      steps.push(say(`RCPT TO:<${name}@example.com>${has("DSN") && random.oneIn(4) ? " NOTIFY=FAILURE" : ""}`));
    }
    if (random.oneIn(6)) steps.push(say("RSET"));
    else steps.push(say("DATA"), { kind: "message", lines: messageLines(random), stuffed: true });
  }
  steps.push(say("QUIT"));
  return { extensions, steps, pipelined: has("PIPELINING") && random.oneIn(2) };
}

function messageLines(random: Random): string[] {
  const body = Array.from({ length: 1 + random.below(5) }, () =>
    random.pick([
      "Hello Bob",
      "",
      "see you",
      "QUIT now",
      "250 looks like a reply",
      ".",
      "..",
      "MAIL FROM:<a@b.example>",
      "-- ",
    ]),
  );
  return [
    "Date: Mon, 23 Nov 2026 16:20:00 +0000",
    "From: Alice <alice@example.org>",
    "To: Bob <bob@example.com>",
    "Message-ID: <1@example.org>",
    "Subject: Hello",
    "",
    ...body,
  ];
}

/** A strict server (RFC 5321 §4.1.4, §4.3.2): tells each line's reply, undefined inside message data. */
class Server {
  #hello = false;
  #mail = false;
  #recipients = 0;
  #data = false;

  constructor(readonly extensions: readonly string[]) {}

  /** Reply lines without the `S: `. */
  answer(line: string): string[] | undefined {
    if (this.#data) {
      if (line !== ".") return undefined;
      this.#data = false;
      this.#reset();
      return this.#say(250, "2.0.0", "Ok: queued as 4Xk2pQ1");
    }
    const verb = /^[A-Za-z]*/.exec(line)?.[0].toUpperCase() ?? "";
    const rest = line.slice(verb.length);
    switch (verb) {
      case "EHLO":
        return this.#ehlo(rest);
      case "MAIL":
        return this.#answerMail(line);
      case "RCPT":
        return this.#answerRcpt(line);
      case "DATA":
        return this.#answerData(rest);
      case "RSET":
      case "NOOP":
        if (verb === "RSET" && rest !== "") return this.#say(501, "5.5.4", "Syntax: RSET");
        if (verb === "RSET") this.#reset();
        return this.#say(250, "2.0.0", "Ok");
      case "VRFY":
        return rest === "" ? this.#say(501, "5.5.4", "Syntax: VRFY address") : this.#say(252, "2.0.0", "Try it");
      case "QUIT":
        return this.#say(221, "2.0.0", "Bye");
      case "ETRN":
        return this.#say(502, "5.5.1", "Command not implemented");
      default:
        return this.#say(500, "5.5.2", "Error: command not recognized");
    }
  }

  #say(code: number, enhanced: string, text: string): string[] {
    return [this.extensions.includes("ENHANCEDSTATUSCODES") ? `${code} ${enhanced} ${text}` : `${code} ${text}`];
  }

  #reset(): void {
    this.#mail = false;
    this.#recipients = 0;
  }

  #ehlo(rest: string): string[] {
    if (rest.trim() === "") return this.#say(501, "5.5.4", "Syntax: EHLO hostname");
    this.#hello = true;
    this.#reset();
    const lines = ["mx.example.com", ...this.extensions];
    return lines.map((text, k) => `250${k === lines.length - 1 ? " " : "-"}${text}`);
  }

  #answerMail(line: string): string[] {
    if (!this.#hello) return this.#say(503, "5.5.1", "Error: send HELO/EHLO first");
    if (this.#mail) return this.#say(503, "5.5.1", "Error: nested MAIL command");
    const match = /^MAIL FROM:<[^<>\s]*>((?: [A-Z0-9-]+(?:=\S+)?)*)$/.exec(line);
    if (!match) return this.#say(501, "5.5.4", "Syntax: MAIL FROM:<address>");
    const foreign = (match[1] ?? "")
      .split(" ")
      .find((word) => word !== "" && !this.#knows(word.split("=", 1)[0] ?? ""));
    if (foreign) return this.#say(555, "5.5.4", `Unsupported option: ${foreign}`);
    this.#mail = true;
    return this.#say(250, "2.1.0", "Ok");
  }

  #knows(parameter: string): boolean {
    const keyword =
      parameter === "BODY" ? "8BITMIME" : parameter === "RET" || parameter === "NOTIFY" ? "DSN" : parameter;
    return this.extensions.some((line) => line.split(" ", 1)[0] === keyword);
  }

  #answerRcpt(line: string): string[] {
    if (!this.#mail) return this.#say(503, "5.5.1", "Error: need MAIL command");
    if (!/^RCPT TO:<[^<>\s]+>(?: [A-Z0-9-]+(?:=\S+)?)*$/.test(line))
      return this.#say(501, "5.5.4", "Syntax: RCPT TO:<address>");
    if (line.includes("nobody")) return this.#say(550, "5.1.1", "User unknown");
    this.#recipients++;
    return this.#say(250, "2.1.5", "Ok");
  }

  #answerData(rest: string): string[] {
    if (rest !== "") return this.#say(501, "5.5.4", "Syntax: DATA");
    if (this.#recipients === 0) return this.#say(503, "5.5.1", "Error: need RCPT command");
    this.#data = true;
    return ["354 End data with <CR><LF>.<CR><LF>"];
  }
}

/** Plays a script against the strict server and prints it as `C: ` and `S: ` lines. */
export function play(script: Script): string[] {
  const server = new Server(script.extensions);
  const printed = ["S: 220 mx.example.com ESMTP"];
  let held: string[] = [];
  const flush = (): void => {
    printed.push(...held);
    held = [];
  };
  let promised = false;
  for (const step of script.steps) {
    if (step.kind === "message") {
      // A client that got no 354 does not send the message.
      if (!promised) continue;
      const lines = step.stuffed ? step.lines.map((line) => (line.startsWith(".") ? `.${line}` : line)) : step.lines;
      for (const line of [...lines, "."]) {
        printed.push(`C: ${line}`);
        held.push(...(server.answer(line) ?? []).map((text) => `S: ${text}`));
      }
      flush();
      continue;
    }
    printed.push(`C: ${step.text}`);
    const reply = server.answer(step.text) ?? [];
    held.push(...reply.map((text) => `S: ${text}`));
    promised = reply[0]?.startsWith("354") === true;
    if (!script.pipelined || !/^(?:MAIL|RCPT)\b/.test(step.text)) flush();
  }
  flush();
  return printed;
}
