// Verdict and outcome.

/** Verdicts, worst first. */
const VERDICTS = [
  "rejected",
  "returned",
  "reason needed",
  "unknown",
  "pending judgement",
  "accepted",
];

const UNMET = {
  require: "rejected",
  complete: "returned",
  "in principle": "reason needed",
};

/** What one finding brings. */
function bears({ strength, result }) {
  if (result === "met" || result === "not applicable" || !(strength in UNMET))
    return "accepted";
  if (result === "unmet") return UNMET[strength];
  return result === "pending" ? "pending judgement" : "unknown";
}

/** The verdict: the worst that any due finding brings. */
export function verdictOf(findings) {
  let worst = VERDICTS.length - 1;
  for (const found of findings)
    worst = Math.min(worst, VERDICTS.indexOf(bears(found)));
  return VERDICTS[worst];
}

/** How good an outcome is, as a number: a declared one by its place, a verdict's word below all of them. */
const rankOf = (outcomes, name) =>
  outcomes.includes(name)
    ? -outcomes.indexOf(name)
    : VERDICTS.indexOf(name) - 1e6;

/** Where an unmet finding leads: its own outcome, else the word of its strength; undefined: nowhere. */
const leadsTo = ({ outcome, strength }) => outcome ?? UNMET[strength];

const worse = (outcomes, a, b) =>
  rankOf(outcomes, b) < rankOf(outcomes, a) ? b : a;

/** The best and worst outcome, if the track declares any. */
export function outcomeOf({ outcomes }, findings) {
  if (outcomes.length === 0) return null;
  let [best, worst] = [outcomes[0], outcomes[0]];
  for (const found of findings) {
    const name = leadsTo(found);
    if (name === undefined) continue;
    if (found.result === "unmet") best = worse(outcomes, best, name);
    if (["unmet", "unknown", "pending"].includes(found.result))
      worst = worse(outcomes, worst, name);
  }
  return { best, worst };
}

/** The worse of an outcome and another declared one, for cases of a breaching group. */
export function worsened({ outcomes }, range, outcome) {
  return {
    best: worse(outcomes, range.best, outcome),
    worst: worse(outcomes, range.worst, outcome),
  };
}
