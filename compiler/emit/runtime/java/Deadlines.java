package programme.runtime;

/**
 * Deadlines: kept or not, and what lateness does.
 *
 * <p>Always: inclusive means to 24:00 of the programme's zone; a bare day keeps a deadline if the
 * day does; an open deadline is never late.
 */
final class Deadlines {
  private static final Words NOTHING = new Words("");

  private Deadlines() {}

  /** When something was due, when it was done, and whether that kept the deadline. */
  record Timing(Value due, Value at, Truth keeps) {}

  /** Whether something done then kept a deadline. */
  static Truth kept(Scope scope, Value at, Value due) {
    boolean inclusive = isInclusive(scope);
    if (due instanceof Unknown open) {
      return open;
    }
    if (at instanceof Day day && due instanceof Day last) {
      return before(day.number(), last.number(), inclusive);
    }
    if (at instanceof Moment moment && due instanceof Day last) {
      Day next = last.shifted(inclusive ? 1 : 0, Duration.Unit.DAYS);
      Moment end = next == null ? null : scope.prepared.startOf(next);
      return end == null ? Unknown.SILENT : Truth.of(moment.seconds() < end.seconds());
    }
    if (at instanceof Moment moment && due instanceof Moment last) {
      return before(moment.seconds(), last.seconds(), inclusive);
    }
    if (at instanceof Day && due instanceof Moment last) {
      Moment start = scope.prepared.startOf(at);
      return start == null ? Unknown.SILENT : Truth.of(start.seconds() < last.seconds());
    }
    return Unknown.SILENT;
  }

  private static Truth before(long at, long due, boolean inclusive) {
    return Truth.of(inclusive ? at <= due : at < due);
  }

  /** Whether deadlines include their day. */
  private static boolean isInclusive(Scope scope) {
    return !scope.isSet("deadline", 1);
  }

  /** Whether a day or moment is past a deadline for sure. */
  static boolean isPast(Scope scope, Value on, Value due) {
    return kept(scope, on, due) == Truth.FALSE;
  }

  /** What lateness at a stage means: the notice's word, else the reading `late`. */
  private static String lateStrength(Scope scope, Stage stage) {
    if (stage.late != null) {
      return stage.late.end ? "require" : "note";
    }
    return !stage.handsIn || scope.isSet("late", 1) ? "finding" : "require";
  }

  /** Whether the reading `late` decides what lateness at this stage means. */
  static boolean lateIsRead(Stage stage) {
    return stage.late == null && stage.handsIn;
  }

  /** The finding on a deadline: met, unmet, or unknown. */
  static Finding finding(Scope scope, Stage stage, Timing timing, String problem, String path) {
    Finding found = new Finding("stage", stage, lateStrength(scope, stage), "met");
    found.path = path;
    found.addressed = found.strength.equals("finding") ? stage.by : null;
    Words words = Messages.KEPT;
    if (timing.keeps == Truth.FALSE) {
      found.result = "unmet";
      found.problem = problem;
      words = Messages.ofStage(problem);
    } else if (timing.keeps instanceof Unknown open) {
      found.result = "unknown";
      found.needs = open.needs();
      words = Messages.DEADLINE_OPEN;
    }
    return found.saying(
        words.about(stage.words()).then(inWords(scope.prepared.zone, timing, stage)));
  }

  /** {@code （期限 2021-12-15；实际 2021-12-16）} */
  private static Words inWords(Zone zone, Timing timing, Stage stage) {
    String day = shown(zone, timing.due);
    String done = shown(zone, timing.at);
    if (day == null) {
      return NOTHING;
    }
    Words also = stage.inferred ? new Words("，推定", ", inferred") : NOTHING;
    Words then = done == null ? NOTHING : new Words("；实际 " + done, "; done " + done);
    return new Words(
        "（期限 " + day + also.zh() + then.zh() + "）",
        " (due " + day + also.en() + then.en() + ")");
  }

  private static String shown(Zone zone, Value when) {
    if (when instanceof Day day) {
      return day.show();
    }
    return when instanceof Moment moment ? moment.show(zone) : null;
  }

  /** Whether something happened before a window opened. */
  static boolean isBefore(Prepared prepared, Value at, Value open) {
    if (at instanceof Day day && open instanceof Day first) {
      return day.number() < first.number();
    }
    if (at instanceof Moment moment && (open instanceof Day || open instanceof Moment)) {
      Moment start = prepared.startOf(open);
      return start != null && moment.seconds() < start.seconds();
    }
    if (at instanceof Day day && open instanceof Moment) {
      Day first = prepared.localDay(open);
      return first != null && day.number() < first.number();
    }
    return false;
  }

  /** The finding on a judge who judged later than the stage was due; null if that was not so. */
  static Finding judgedLate(Scene scene, Stage stage, Named judged, Value at, String path) {
    if (stage.due == null || at == null || !isPast(scene, at, stage.due.of(scene))) {
      return null;
    }
    return Finding.aboutStage(stage, "late", path)
        .addressedTo(stage)
        .saying(Messages.JUDGED_LATE.about(judged.words()));
  }
}
