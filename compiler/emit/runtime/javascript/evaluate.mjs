// A whole report: the pass under the settings asked for, open readings in all their words, other readings one at a time, verdict,
// outcome, tags, notes.

import { lateIsRead } from "./deadline.mjs";
import { sameThing } from "./finding.mjs";
import * as messages from "./messages.mjs";
import * as exact from "./number.mjs";
import { passOver } from "./pass.mjs";
import { alternatives, worlds } from "./readings.mjs";
import { samePlace } from "./route.mjs";
import { Scene } from "./scene.mjs";
import {
  Unknown,
  boundsOf,
  isUnknown,
  mergeNeeds,
  sameValue,
  silent,
} from "./value.mjs";
import { outcomeOf, verdictOf } from "./verdict.mjs";

/** Evaluates one case; the report is not yet printed (report.mjs). */
export function evaluateCase(prepared, one, options, inBatch = false) {
  const uses = usesOf(prepared, one, options);
  const settled = (settings) => {
    const passes = worlds(prepared, settings, uses).map((world) => {
      return passOver(
        new Scene(prepared, one, world, options.on, inBatch),
        options.at,
      );
    });
    const [first, ...others] = passes;
    for (const other of others) {
      agree(first, other);
      for (const index of other.consulted) first.consulted.add(index);
    }
    return first;
  };
  const pass = settled(options.settings);
  if (options.alternatives) {
    // Where nothing depended on a reading, its other words change nothing.
    const asked = uses.filter((index) => pass.consulted.has(index));
    for (const other of alternatives(prepared, options.settings, asked))
      compare(pass, settled(other.settings), other);
  }
  return assemble(prepared, one, pass);
}

/** The readings that can matter for this case, ascending. */
function usesOf(prepared, one, options) {
  if (one.events.length === 0 && options.on === null) return one.track.readings;
  const uses = new Set(one.track.readings);
  const add = (name) =>
    prepared.builtins.has(name) && uses.add(prepared.builtins.get(name));
  if (one.events.length > 0 || options.on !== null) {
    add("deadline");
    if (
      one.track.stages.some(
        (stage) => stage.due !== undefined && lateIsRead(stage),
      )
    )
      add("late");
  }
  return [...uses].sort((a, b) => a - b);
}

/** Notes under each finding what another word of one reading would give. */
function compare(pass, there, { reading, word }) {
  pass.findings.forEach((entry, position) => {
    const { found } = entry;
    const note = (result) => {
      const under = [...found.under, { reading, result, value: word }];
      entry.found = { ...found, under };
    };
    // Nearly always the same findings stand at the same positions.
    const same = there.findings[position]?.found;
    const other =
      same !== undefined && sameThing(same, found)
        ? same
        : there.findings.find((one) => sameThing(one.found, found))?.found;
    if (other === undefined) {
      if (found.result === "unmet") note("met");
      return;
    }
    const differs =
      other.result !== found.result ||
      // What lateness does matters only to what is late.
      (reading === "late" &&
        other.result === "unmet" &&
        other.strength !== found.strength);
    if (differs) note(other.result);
  });
}

/** Where two words of an open reading disagree, the notice leaves it open. */
function agree(first, other) {
  for (const { due, found } of other.findings) {
    const mine = first.findings.find((one) => sameThing(one.found, found));
    if (mine === undefined) {
      if (found.result !== "met" && found.result !== "not applicable")
        first.findings.push({ due, found: open(found) });
    } else if (mine.found.result !== found.result) {
      mine.found = open(mine.found);
    }
  }
  first.values = first.values.map((mine, i) =>
    sameKnown(mine, other.values[i]) ? mine : hull(mine, other.values[i]),
  );
  if (first.standing !== undefined)
    first.standing = [
      ...first.standing,
      ...other.standing.filter(
        (one) => !first.standing.some((mine) => samePlace(mine, one)),
      ),
    ];
  const news = other.notes.filter(
    (note) => !first.notes.some((mine) => mine.rule === note.rule),
  );
  first.notes.push(...news);
}

const sameEnd = (a, b) =>
  a === null || b === null ? a === b : exact.compare(a, b) === 0;

/** Whether two values are the same, unknown ones with the same needs and bounds. */
function sameKnown(a, b) {
  if (!isUnknown(a) || !isUnknown(b)) return sameValue(a, b);
  const sameNeeds =
    a.needs.length === b.needs.length &&
    a.needs.every(
      (n, i) => n.key === b.needs[i].key && n.source === b.needs[i].source,
    );
  return sameNeeds && sameEnd(a.low, b.low) && sameEnd(a.high, b.high);
}

const open = (found) => ({
  ...found,
  result: "unknown",
  needs: silent().needs,
  reason: undefined,
});

/** Unknown, between the bounds that both have. */
function hull(a, b) {
  const [[al, ah], [bl, bh]] = [boundsOf(a), boundsOf(b)];
  const end = (x, y, sign) =>
    x === null || y === null ? null : exact.compare(x, y) * sign > 0 ? x : y;
  const needs = [a, b].reduce(
    (all, value) => (isUnknown(value) ? mergeNeeds(all, value.needs) : all),
    silent().needs,
  );
  return new Unknown(needs, end(al, bl, -1), end(ah, bh, 1));
}

function assemble(prepared, one, pass) {
  const { track } = one;
  const [findings, later] = [[], []];
  for (const { due, found } of pass.findings)
    (due ? findings : later).push(found);
  const listed = track.lets.filter((named) => named.listed);
  return {
    track,
    caseVersion:
      one.version !== null && one.version !== prepared.version
        ? one.version
        : undefined,
    id: one.id ?? undefined,
    verdict: verdictOf(findings),
    outcome: outcomeOf(track, findings),
    values: listed.map((named, i) => ({ named, value: pass.values[i] })),
    findings,
    later,
    tags: findings.filter(isTag).map((found) => found.of.key),
    notes: [...findings.filter(isNoted).map(noteOf), ...pass.notes],
    standing: pass.standing,
  };
}

/** Whether a finding leaves a note: an exception granted, an unmet note. */
const isNoted = ({ reason, strength, result }) =>
  reason !== undefined || (strength === "note" && result === "unmet");

function noteOf(found) {
  const message =
    found.reason === undefined
      ? found.message
      : messages.about(messages.EXCEPTION, messages.labelOf(found.of));
  const clauses = found.clauses ?? found.of.clauses;
  return { rule: found.of.key, clauses, message };
}

const isTag = ({ kind, strength, result }) =>
  kind === "rule" &&
  (strength === "prefer" || strength === "encourage") &&
  result === "met";
