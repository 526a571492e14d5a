import { addresses } from "./addresses.js";
import { arc } from "./arc.js";
import { boundaries } from "./boundaries.js";
import { datesAndIds } from "./dates-ids.js";
import { dkim } from "./dkim.js";
import { encoding } from "./encoding.js";
import { headerContent } from "./header-content.js";
import { headerShape } from "./header-shape.js";
import { lists } from "./lists.js";
import { mimeParts } from "./mime-parts.js";
import { mimeStructure } from "./mime-structure.js";
import { octets } from "./octets.js";
import { parameterRules } from "./parameters.js";
import { presence } from "./presence.js";
import { reports } from "./reports.js";
import { spoofing } from "./spoofing.js";
import { trace } from "./trace.js";
import type { MessageRule } from "./types.js";
import { encodedWords } from "./words.js";

/** Every rule about messages, sorted by id. A family of small rules shares a file and a list; a new family: two lines here. */
export const messageRules: readonly MessageRule[] = [
  ...presence,
  ...octets,
  ...headerShape,
  ...headerContent,
  ...addresses,
  ...spoofing,
  ...datesAndIds,
  ...encodedWords,
  ...parameterRules,
  ...mimeStructure,
  ...boundaries,
  ...mimeParts,
  ...encoding,
  ...trace,
  ...dkim,
  ...arc,
  ...lists,
  ...reports,
].sort((a, b) => (a.id < b.id ? -1 : 1));

const byId = new Map(messageRules.map((rule) => [rule.id, rule]));

/** The rule about messages of that id, or undefined. */
export function messageRuleById(id: string): MessageRule | undefined {
  return byId.get(id);
}
