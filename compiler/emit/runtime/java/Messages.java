package programme.runtime;

import java.util.Map;

/**
 * Our own words in reports, in one table: the same in every implementation.
 *
 * <p>Always: {@code {}} stands once in each text, for the author's label (or an id) in the same
 * language.
 */
final class Messages {
  /** What is wrong with an entry, by problem. */
  private static final Map<String, Words> FIELD =
      Map.ofEntries(
          Map.entry("blank", new Words("“{}”未填", "`{}` is blank")),
          Map.entry("range", new Words("“{}”超出范围", "`{}` is out of range")),
          Map.entry("step", new Words("“{}”不在刻度上", "`{}` is between two steps")),
          Map.entry("pattern", new Words("“{}”格式不对", "`{}` is not in the right form")),
          Map.entry("date", new Words("“{}”不是日期", "`{}` is not a date")),
          Map.entry("length", new Words("“{}”长度不合要求", "the length of `{}` is not as asked")),
          Map.entry("unlisted", new Words("“{}”不在可选项中", "`{}` is not one of the choices")),
          Map.entry("total", new Words("“{}”与计算结果不符", "`{}` differs from what it is computed from")),
          Map.entry("irrelevant", new Words("“{}”不该填写", "`{}` should not be filled in")));

  /** What is said of a stage, by problem. */
  private static final Map<String, Words> STAGE =
      Map.ofEntries(
          Map.entry("late", new Words("“{}”逾期", "`{}` is late")),
          Map.entry("overdue", new Words("“{}”到期未办", "`{}` is overdue")),
          Map.entry("short", new Words("“{}”的时间不足", "`{}` was too short")),
          Map.entry("early", new Words("“{}”尚未开始", "`{}` has not begun yet")),
          Map.entry("skipped", new Words("“{}”被跳过", "`{}` was skipped")),
          Map.entry("actor", new Words("“{}”的办理者不对", "`{}` was done by the wrong actor")),
          Map.entry("channel", new Words("“{}”的渠道不对", "`{}` went through the wrong channel")),
          Map.entry("unlisted", new Words("“{}”没有这个结果", "`{}` has no such outcome")),
          Map.entry("date", new Words("“{}”的时间无法识别", "the time of `{}` cannot be read")));

  /** What is wrong with a package or a row of its summary, by problem. */
  private static final Map<String, Words> PACKAGE =
      Map.ofEntries(
          Map.entry("missing", new Words("缺少“{}”", "`{}` is missing")),
          Map.entry("extra", new Words("不该有“{}”", "`{}` does not belong here")),
          Map.entry("twice", new Words("“{}”重复", "`{}` stands twice")),
          Map.entry("differs", new Words("“{}”不一致", "`{}` differs")),
          Map.entry("format", new Words("“{}”的文件形式不对", "`{}` is not in the formats asked for")),
          Map.entry("seal", new Words("“{}”未盖章", "`{}` bears no seal")),
          Map.entry("refused", new Words("“{}”的文件形式不收", "`{}` is in a format that is turned away")));

  /** A decision on a group that its quota does not have. */
  static final Words NO_SUCH_GROUP =
      new Words(
          "决定没有用上：“{2}”没有“{}”这一组",
          "a decision was not used: `{2}` has no group `{}`");

  /** A decision on a quota that was not judged in this run. */
  static final Words NOT_JUDGED =
      new Words(
          "决定没有用上：这次没有判断“{}”",
          "a decision was not used: `{}` was not judged here");

  /** A decision on no quota. */
  static final Words NO_QUOTA =
      new Words("决定没有用上：没有写明是哪一项名额", "a decision was not used: it names no quota");

  /** A deadline that was kept. */
  static final Words KEPT = new Words("“{}”按期", "`{}` was in time");

  /** A deadline that cannot be judged. */
  static final Words DEADLINE_OPEN =
      new Words("“{}”是否按期未知", "whether `{}` was in time is not known");

  /** A public notice of which the calendar does not say how many working days it stood. */
  static final Words NOTICE_OPEN =
      new Words("“{}”的时间够不够未知", "whether `{}` took long enough is not known");

  /** A stage passed over, and the one entered instead. */
  static final Words SKIPPED_FOR =
      new Words(
          "“{}”被跳过，直接到了“{2}”",
          "`{}` was skipped: the case went on to `{2}`");

  /** A stage that was entered, though it is not known whether the one before may be left out. */
  static final Words MAY_BE_SKIPPED =
      new Words(
          "能否到“{}”还不能确定，要看：",
          "whether the case may be at `{}` is not known yet; it depends on: ");

  /** An event at a stage that the route does not have, or does not lead to. */
  static final Words NO_SUCH_STAGE =
      new Words("路线不经过“{}”", "the route does not pass `{}`");

  /** Cases in a package at a stage which their route does not have: they are sent elsewhere. */
  static final Words OFF_ROUTE =
      new Words(
          "“{}”不经过这一环节，应在“{2}”报送",
          "`{}` does not pass this stage; it is sent at `{2}`");

  /** A judgement given after its stage's deadline. */
  static final Words JUDGED_LATE = new Words("“{}”的评定逾期", "`{}` was judged late");

  /** An exception granted by a written reason. */
  static final Words EXCEPTION = new Words("例外：{}", "exception: {}");

  /** A target beyond its range. */
  static final Words ABOVE_RANGE =
      new Words("“{}”超过了目标范围的上限", "`{}` is above the upper end of its range");

  /** A division by zero. */
  static final Words ZERO = new Words("分母为零", "the denominator is zero");

  /** A division by zero, with its denominator. */
  static final Words ZERO_NAMED = new Words("分母“{}”为零", "the denominator `{}` is zero");

  private static final Words PLAIN = new Words("{}");

  private Messages() {}

  /** What is wrong with an entry. */
  static Words ofField(String problem) {
    Words words = FIELD.get(problem);
    return words == null ? ofStage(problem) : words;
  }

  /** What is said of a stage. */
  static Words ofStage(String problem) {
    Words words = STAGE.get(problem);
    return words == null ? ofPackage(problem) : words;
  }

  /** What is wrong with a package or a row of its summary. */
  static Words ofPackage(String problem) {
    return PACKAGE.getOrDefault(problem, PLAIN);
  }
}
