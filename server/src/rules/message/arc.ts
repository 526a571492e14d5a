import { readTags } from "../../message/taglist.js";
import { messageRule, rfc, sample } from "./support.js";

/** ARC chains, as far as they can be judged offline. */

const B = "A".repeat(344);
const ARC = ["arc-seal", "arc-message-signature", "arc-authentication-results"];
const ARC_SET = (i: number, cv: string): string =>
  [
    `ARC-Seal: i=${i}; a=rsa-sha256; t=1; cv=${cv}; d=b.example; s=k; b=${B}`,
    `ARC-Message-Signature: i=${i}; a=rsa-sha256; d=b.example; s=k; h=from; bh=x; b=${B}`,
    `ARC-Authentication-Results: i=${i}; mx.b.example; spf=pass`,
  ].join("\n");

export const arcSets = messageRule({
  id: "arc-broken-set",
  severity: "information",
  outbound: "warning",
  party: "server",
  references: [rfc(8617, "4.2"), rfc(8617, "5.2")],
  title: "An ARC chain that is incomplete",
  messages: {
    default:
      "ARC set {i} must have exactly one of each of the three fields; {name} occurs {count} times. The chain fails.",
    gap: "The ARC sets are not numbered 1 to {i} without a gap. The chain fails.",
    cv: "cv= of ARC set {i} must be {right}. The chain fails.",
  },
  why: "A broken chain counts as none: receivers cannot see what the first one found.",
  fix: "Look at the server that sealed this step.",
  wrong: sample(ARC_SET(1, "none").split("\n").slice(0, 2).join("\n")),
  right: sample(ARC_SET(1, "none")),
  check(context) {
    const fields = context.fields.filter((field) => ARC.includes(field.key));
    if (fields.length === 0) return;
    const sets = new Map<number, typeof fields>();
    for (const field of fields) {
      const i = Number(/(?:^|;)\s*i\s*=\s*(\d{1,4})/.exec(field.value.text)?.[1] ?? Number.NaN);
      if (!Number.isNaN(i)) sets.set(i, [...(sets.get(i) ?? []), field]);
    }
    for (const [i, set] of sets) {
      const first = set[0] as (typeof fields)[number];
      for (const name of ARC) {
        const count = set.filter((field) => field.key === name).length;
        if (count !== 1) context.report({ at: first.nameSpan, data: { i, name, count } });
      }
      const seal = set.find((field) => field.key === "arc-seal");
      const cv = seal === undefined ? undefined : readTags(seal.value).get("cv");
      if (seal === undefined || cv === undefined) continue;
      const good = i === 1 ? cv.compact === "none" : cv.compact === "pass" || cv.compact === "fail";
      if (!good)
        context.report({
          at: seal.value.spanOf(cv.valueRange),
          message: "cv",
          data: { i, right: i === 1 ? "none" : "pass / fail" },
        });
    }
    const most = Math.max(0, ...sets.keys());
    if (most > sets.size)
      context.report({ at: (fields[0] as (typeof fields)[number]).nameSpan, message: "gap", data: { i: most } });
  },
});

export const arc = [arcSets];
