// Readings: what each is set to, and the worlds that follow from open ones and from other words.

/** The programme's own choice: the index of a word, "open", `{ band }`, or "fixed". */
export function settingOf(reading) {
  if (reading.values !== undefined) return reading.chosen ?? "open";
  return reading.band === undefined ? "fixed" : { band: reading.band };
}

/** How many worlds are evaluated at most for open readings; beyond, the rest stays open where it is used. */
const WORLDS = 256;

const replaced = (settings, index, word) =>
  settings.map((setting, i) => (i === index ? word : setting));

/** One setting of all readings for every combination of the words of open readings in use. */
export function worlds(prepared, settings, uses) {
  let all = [settings];
  for (const index of uses) {
    const words = prepared.readings[index].values?.length ?? 0;
    if (
      settings[index] !== "open" ||
      words === 0 ||
      all.length * words > WORLDS
    )
      continue;
    all = all.flatMap((world) =>
      prepared.readings[index].values.map((_, word) =>
        replaced(world, index, word),
      ),
    );
  }
  return all;
}

/** Every other word of every reading in use, one reading at a time: `{ reading, word, settings }`. */
export function alternatives(prepared, settings, uses) {
  return uses.flatMap((index) => {
    const reading = prepared.readings[index];
    const words = (reading.values ?? []).map((word, i) => ({
      reading: reading.key,
      word,
      settings: replaced(settings, index, i),
      i,
    }));
    return words.filter(({ i }) => settings[index] !== i);
  });
}
