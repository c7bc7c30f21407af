// Places by wish: in the order of the list, each who is selected gets the first of its wishes that has a free place.
//
// In: the cut of a group, what each wishes for, how many places there are. Out: what each was given: a text, "" for nothing, null where it
// is open, undefined where nothing is given. Always: where it matters in which order equals choose, or a wish, a place or who is selected
// is open, it is open for these and for all behind them.

import { valueOf } from "./expression.mjs";
import { keyText } from "./keys.mjs";
import { compare, isNumber, subtract } from "./number.mjs";
import { Fields, isUnknown } from "./value.mjs";

/** What each candidate was given, in the order of the candidates; `placesOf` tells how many places there are of a wish. */
export function givenOf(assign, cut, order, scenes, placesOf) {
  const { all, ranking, fares } = cut;
  const given = all.map(() => undefined);
  const free = new Map();
  let open = false;
  for (const level of equalsOf(order, ranking)) {
    open ||= level.some((at) => ["unknown", "tied"].includes(fares[at].result));
    const choosing = level.filter(
      (at) => fares[at].result === "selected" && !all[at].left,
    );
    const choices = open
      ? null
      : choicesOf(
          choosing.map((at) => wishesOf(assign, scenes[all[at].at])),
          free,
          placesOf,
        );
    open ||= choices === null && choosing.length > 0;
    choosing.forEach((at, i) => {
      given[at] = choices === null ? null : choices[i];
      if (given[at]) free.set(given[at], subtract(free.get(given[at]), 1));
    });
  }
  return given;
}

/** Runs of those that can take the same best place. */
function equalsOf(order, ranking) {
  const levels = [];
  for (const at of order) {
    const level = levels.at(-1);
    if (level !== undefined && ranking.asGood(level.at(-1), at)) level.push(at);
    else levels.push([at]);
  }
  return levels;
}

/** What each would choose first, "" for nothing; null where it is open, or equals can't all have what they would choose. */
function choicesOf(wishes, free, placesOf) {
  const choices = wishes.map((own) => choiceOf(own, free, placesOf));
  if (choices.includes(null)) return null;
  const fit = choices.every((choice) => {
    if (choice === "") return true;
    const wanted = choices.filter((other) => other === choice).length;
    return compare(free.get(choice), wanted) >= 0;
  });
  return fit ? choices : null;
}

function choiceOf(wishes, free, placesOf) {
  if (wishes === null) return null;
  for (const { text, value } of wishes) {
    if (!free.has(text)) free.set(text, placesOf(value));
    const places = free.get(text);
    if (!isNumber(places)) return null;
    if (compare(places, 1) >= 0) return text;
  }
  return "";
}

/** The wishes of a case in its order, as `{ text, value }`; null: not known. */
function wishesOf({ wishes }, scene) {
  const of = wishes[scene.track.key];
  const list = of?.value(scene) ?? null;
  if (!Array.isArray(list)) return null;
  const all = list.map((data) => {
    const first = data instanceof Fields ? data.values[0] : data;
    const value = valueOf(first, "", "other", false, [null, null]);
    return { text: keyText(of.type, value), value };
  });
  return all.some(({ text, value }) => text === null || isUnknown(value))
    ? null
    : all;
}
