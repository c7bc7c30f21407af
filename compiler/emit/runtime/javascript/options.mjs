// What one evaluation is asked: up to which stage, on which day, with which readings.
//
// In: options as a caller writes them. Out: typed options, or a Refusal that says what is wrong.

import { parseDay, parseMoment } from "./date.mjs";
import { compare, multiply, parseNumber, ratio } from "./number.mjs";
import { CODES, Refusal, meant } from "./refusal.mjs";

const refuse = (code, zh, en, help) => {
  throw new Refusal(code, null, "", zh, en, help);
};

/** A stage's key, from its key or name. */
export function readStage(prepared, text) {
  if (text === undefined || text === null) return null;
  return (
    prepared.stageNames.get(text) ??
    refuse(
      CODES.NO_SUCH_STAGE,
      `没有名为“${text}”的环节`,
      `there is no stage \`${text}\``,
      meant(text, prepared.stages.keys()),
    )
  );
}

const LOCAL = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2}))?$/;

/** `YYYY-MM-DD`, RFC 3339, or a local `YYYY-MM-DDTHH:MM[:SS]` of the programme's zone. */
function readOn(prepared, text) {
  if (text === undefined || text === null) return null;
  const read =
    parseDay(text) ??
    parseMoment(text) ??
    localMoment(prepared.zone, LOCAL.exec(text));
  return (
    read ??
    refuse(
      CODES.BAD_ON,
      `“${text}”不是日期或时刻`,
      `\`${text}\` is neither a day nor a time`,
      {
        zh: "例如 2024-04-22 或 2024-04-22T17:00:00+08:00",
        en: "for example 2024-04-22 or 2024-04-22T17:00:00+08:00",
      },
    )
  );
}

function localMoment(zone, found) {
  if (zone === null || found === null) return null;
  const day = parseDay(found[1]);
  const [hour, minute, second] = [found[2], found[3], found[4] ?? 0].map(
    Number,
  );
  if (day === null || hour > 23 || minute > 59 || second > 59) return null;
  return zone.moment(day, hour, minute, second);
}

/** The setting that a reading's value, as written on a command line, stands for. */
function readSetting(reading, value) {
  const name = reading.name ?? reading.key;
  const wrong = (help) =>
    refuse(
      CODES.BAD_READING,
      `口径“${name}”不能取“${value}”`,
      `the reading \`${name}\` cannot be \`${value}\``,
      help,
    );
  if (reading.values !== undefined) {
    if (["open", "unknown", "未明"].includes(value)) return "open";
    const names = reading.names ?? reading.values;
    const index = reading.values.findIndex(
      (key, i) => key === value || names[i] === value,
    );
    return index < 0 ? wrong(meant(value, names)) : index;
  }
  if (reading.band === undefined)
    return wrong({
      zh: "此口径只能在源文件中改",
      en: "this reading can only be changed in the source",
    });
  const points = parseNumber(
    value
      .replace(/^(?:within)*(?:上下)*/, "")
      .trim()
      .replace(/[%％]+$/, ""),
  );
  if (points === null || compare(points, 0) < 0)
    return wrong({ zh: `例如 ${name}=20%`, en: `for example ${name}=20%` });
  return { band: multiply(points, ratio(1, 100)) };
}

/** All options, with the settings of all readings. */
export function readOptions(prepared, options = {}) {
  const settings = [...prepared.settings];
  for (const [name, value] of Object.entries(options.readings ?? {})) {
    const { readings } = prepared;
    const index = readings.findIndex((r) => r.key === name || r.name === name);
    if (index < 0)
      refuse(
        CODES.BAD_READING,
        `没有名为“${name}”的口径`,
        `there is no reading \`${name}\``,
        meant(
          name,
          readings.map((r) => r.name ?? r.key),
        ),
      );
    settings[index] = readSetting(readings[index], String(value));
  }
  return {
    at: readStage(prepared, options.at),
    on: readOn(prepared, options.on),
    settings,
    alternatives: options.alternatives ?? true,
    closed: options.closed ?? false,
    lang: options.lang === "en" ? "en" : "zh",
  };
}
