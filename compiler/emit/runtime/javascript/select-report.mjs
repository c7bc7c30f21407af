// Proposals as plain data, ready to be printed as canonical JSON.
//
// In: what selections give. Out: objects as docs/reports.md describes them, in one language.

import { labelOf } from "./messages.mjs";
import { defined, keysOf, shownValue } from "./report.mjs";

/** The report of all selections asked for. */
export function selectReportOf(prepared, selections, lang) {
  const shown = ({ value, type }) => shownValue(value, type, prepared.zone);
  return {
    programme: prepared.programme,
    selections: selections.map((one) => selectionEntry(one, lang, shown)),
    version: prepared.version,
  };
}

function selectionEntry({ selection, lists }, lang, shown) {
  return {
    clauses: selection.clauses,
    lists: lists.map((list) => listEntry(list, shown)),
    message: labelOf(selection)[lang],
    order: selection.order.map(({ name }) => name),
    selection: selection.key,
    stage: selection.at ?? null,
    tied: selection.tied?.kind ?? "unknown",
  };
}

const listEntry = ({ key, limit, places, vacant }, shown) => ({
  key,
  limit: limit === undefined ? null : shown(limit),
  places: places.map((place) => placeEntry(place, shown)),
  vacant,
});

function placeEntry(place, shown) {
  const { result, by, position, needs } = place.fares;
  return defined({
    awaits: by,
    behind: place.behind,
    decided: place.decided,
    given: place.given,
    id: place.id,
    left: place.left || undefined,
    level: place.level,
    moved_up: place.movedUp || undefined,
    needs: needs && keysOf(needs),
    position,
    rank: place.rank,
    result,
    track: place.track,
    values: place.values.map(shown),
  });
}
