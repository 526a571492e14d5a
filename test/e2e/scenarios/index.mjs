// What is tried in each editor. A scenario is a list of named steps; each step counts as one test.
// A step with `{ onDisk: true }` runs only where the server can read the files of the workspace.
import { hostilePreview, hostileReplies } from "../hostile.mjs";
import { closeAll } from "../reading.mjs";
import { diagram } from "./diagram.mjs";
import { first } from "./first.mjs";
import { messages } from "./messages.mjs";
import { navigation } from "./navigation.mjs";
import { configured } from "./settings.mjs";
import { sharing } from "./sharing.mjs";
import { structure } from "./structure.mjs";
import { welcome } from "./welcome.mjs";
import { writing } from "./writing.mjs";

/** The steps of a theme, which begin with nothing open. */
const fresh = ([[name, step, needs], ...others]) => {
  const first = async (editor) => {
    await closeAll(editor);
    await step(editor);
  };
  return [[name, first, needs], ...others];
};

/** Everything, for the newest versions. */
export const mainScenario = [
  ...first,
  hostilePreview,
  hostileReplies,
  ...[structure, navigation, writing, sharing, diagram, messages, configured, welcome].flatMap(fresh),
];

export { arabicScenario } from "./arabic.mjs";
export { shortScenario } from "./first.mjs";
export { arabicPictures, pictureScenarios } from "./pictures.mjs";
