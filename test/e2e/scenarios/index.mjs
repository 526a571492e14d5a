// What is tried in each editor. A scenario is a list of named steps; each step counts as one test.
import { hostilePreview, hostileReplies } from "../hostile.mjs";
import { diagram } from "./diagram.mjs";
import { first } from "./first.mjs";
import { messages } from "./messages.mjs";
import { navigation } from "./navigation.mjs";
import { configured } from "./settings.mjs";
import { sharing } from "./sharing.mjs";
import { structure } from "./structure.mjs";
import { welcome } from "./welcome.mjs";
import { writing } from "./writing.mjs";

/** Everything, for the newest versions. */
export const mainScenario = [
  ...first,
  hostilePreview,
  hostileReplies,
  ...structure,
  ...navigation,
  ...writing,
  ...sharing,
  ...diagram,
  ...messages,
  ...configured,
  ...welcome,
];

export { arabicScenario } from "./arabic.mjs";
export { shortScenario } from "./first.mjs";
