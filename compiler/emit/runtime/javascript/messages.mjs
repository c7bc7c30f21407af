// Our own words in reports, in one table: the same in every implementation.
//
// Always: `{}` stands once in each text, for the author's label (or an id) in the same language.

const words = (zh, en) => ({ zh, en });

/** What is wrong with an entry, a step of the route, a package: by problem. */
const FIELD = {
  blank: words("“{}”未填", "`{}` is blank"),
  range: words("“{}”超出范围", "`{}` is out of range"),
  step: words("“{}”不在刻度上", "`{}` is between two steps"),
  pattern: words("“{}”格式不对", "`{}` is not in the right form"),
  date: words("“{}”不是日期", "`{}` is not a date"),
  length: words("“{}”长度不合要求", "the length of `{}` is not as asked"),
  unlisted: words("“{}”不在可选项中", "`{}` is not one of the choices"),
  total: words(
    "“{}”与计算结果不符",
    "`{}` differs from what it is computed from",
  ),
  irrelevant: words("“{}”不该填写", "`{}` should not be filled in"),
};

const STAGE = {
  late: words("“{}”逾期", "`{}` is late"),
  overdue: words("“{}”到期未办", "`{}` is overdue"),
  short: words("“{}”的时间不足", "`{}` was too short"),
  early: words("“{}”尚未开始", "`{}` has not begun yet"),
  skipped: words("“{}”被跳过", "`{}` was skipped"),
  actor: words("“{}”的办理者不对", "`{}` was done by the wrong actor"),
  channel: words("“{}”的渠道不对", "`{}` went through the wrong channel"),
  unlisted: words("“{}”没有这个结果", "`{}` has no such outcome"),
  date: words("“{}”的时间无法识别", "the time of `{}` cannot be read"),
};

const PACKAGE = {
  missing: words("缺少“{}”", "`{}` is missing"),
  extra: words("不该有“{}”", "`{}` does not belong here"),
  twice: words("“{}”重复", "`{}` stands twice"),
  differs: words("“{}”不一致", "`{}` differs"),
  format: words("“{}”的文件形式不对", "`{}` is not in the formats asked for"),
  seal: words("“{}”未盖章", "`{}` bears no seal"),
  refused: words(
    "“{}”的文件形式不收",
    "`{}` is in a format that is turned away",
  ),
};

/** What is wrong with an entry. */
export const ofField = (problem) => FIELD[problem] ?? ofStage(problem);
/** What is said of a stage. */
export const ofStage = (problem) => STAGE[problem] ?? ofPackage(problem);
/** What is wrong with a package or a row of its summary. */
export const ofPackage = (problem) => PACKAGE[problem] ?? words("{}", "{}");

/** A decision on a group that its quota does not have. */
export const NO_SUCH_GROUP = words(
  "决定没有用上：“{2}”没有“{}”这一组",
  "a decision was not used: `{2}` has no group `{}`",
);
/** A decision on a quota that was not judged in this run. */
export const NOT_JUDGED = words(
  "决定没有用上：这次没有判断“{}”",
  "a decision was not used: `{}` was not judged here",
);
/** A decision on no quota. */
export const NO_QUOTA = words(
  "决定没有用上：没有写明是哪一项名额",
  "a decision was not used: it names no quota",
);

/** A deadline that was kept. */
export const KEPT = words("“{}”按期", "`{}` was in time");
/** A deadline that cannot be judged. */
export const DEADLINE_OPEN = words(
  "“{}”是否按期未知",
  "whether `{}` was in time is not known",
);
/** A public notice of which the calendar does not say how many working days it stood. */
export const NOTICE_OPEN = words(
  "“{}”的时间够不够未知",
  "whether `{}` took long enough is not known",
);
/** A stage passed over, and the one entered instead. */
export const SKIPPED_FOR = words(
  "“{}”被跳过，直接到了“{2}”",
  "`{}` was skipped: the case went on to `{2}`",
);
/** A stage that was entered, though it is not known whether the one before may be left out. */
export const MAY_BE_SKIPPED = words(
  "能否到“{}”还不能确定，要看：",
  "whether the case may be at `{}` is not known yet; it depends on: ",
);
/** An event at a stage that the route does not have, or does not lead to. */
export const NO_SUCH_STAGE = words(
  "路线不经过“{}”",
  "the route does not pass `{}`",
);
/** Cases in a package at a stage which their route does not have: they are sent elsewhere. */
export const OFF_ROUTE = words(
  "“{}”不经过这一环节，应在“{2}”报送",
  "`{}` does not pass this stage; it is sent at `{2}`",
);
/** A judgement given after its stage's deadline. */
export const JUDGED_LATE = words("“{}”的评定逾期", "`{}` was judged late");
/** An exception granted by a written reason. */
export const EXCEPTION = words("例外：{}", "exception: {}");
/** A target beyond its range. */
export const ABOVE_RANGE = words(
  "“{}”超过了目标范围的上限",
  "`{}` is above the upper end of its range",
);
/** A division by zero. */
export const ZERO = words("分母为零", "the denominator is zero");
export const ZERO_NAMED = words("分母“{}”为零", "the denominator `{}` is zero");

/** An author's text in both languages: one text for all, or `{ zh, en }`. */
export const bothOf = (label) =>
  typeof label === "string" ? { zh: label, en: label } : label;

/** The words of a declaration: its message or label, else its key. */
export const labelOf = (declared) =>
  bothOf(declared.message ?? declared.label ?? declared.key);

/** One text after another, in each language. */
export const joined = (a, b) => ({ zh: a.zh + b.zh, en: a.en + b.en });

/** Words about a text and a label. */
export function aboutTwo(template, text, label) {
  const both = about(template, text);
  const { zh, en } = bothOf(label);
  return {
    zh: both.zh.replace("{2}", () => zh),
    en: both.en.replace("{2}", () => en),
  };
}

/** Words about a label: a text, or one a language. */
export function about(template, label) {
  const { zh, en } = bothOf(label);
  return {
    zh: template.zh.replace("{}", () => zh),
    en: template.en.replace("{}", () => en),
  };
}
