import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { startServer } from "../lsp/server.js";
import { createNodeHost } from "../node/host.js";
import { localeIn } from "./arguments.js";
import { run } from "./run.js";
import { tell } from "./words.js";
import { processWorld } from "./world.js";

const [command, ...rest] = process.argv.slice(2);
if (command === "lsp" && !rest.includes("--help")) {
  // The connection reads the way of speaking from the arguments; without one it is standard input and output.
  if (!rest.some((word) => /^--(?:stdio|node-ipc|socket|pipe)/.test(word))) process.argv.push("--stdio");
  startServer(createConnection(ProposedFeatures.all), createNodeHost(__dirname));
} else {
  // A reader that closes early (head) is no failure.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 2));
  run(processWorld(), process.argv.slice(2)).then(
    (code) => {
      process.exitCode = code;
    },
    () => {
      process.stderr.write(`smtp-transcripts: ${tell(localeIn(process.argv), "internal")}\n`);
      process.exitCode = 2;
    },
  );
}
