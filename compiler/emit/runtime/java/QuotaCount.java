package programme.runtime;

import java.util.ArrayList;
import java.util.List;

/**
 * One quota for one group: whether it applies, its check, value and limits, and the positions of the
 * cases counted; and what follows while the batch is open or closed.
 */
record QuotaCount(
    Quota quota,
    Truth applies,
    Truth test,
    Value value,
    Value limit,
    Value upper,
    List<Exact> portions,
    List<Integer> members,
    List<Note> notes) {
  /** A result, and whether nothing can change it any more. */
  record Outcome(Result came, boolean last) {}

  /** How far the value is above the limit, and below it. */
  record Distance(Exact over, Exact free) {}

  /** Counts one group. */
  static QuotaCount of(
      Prepared prepared,
      Quota quota,
      List<Value> keys,
      List<Group.Member> members,
      List<Scene> scenes,
      List<Setting> settings) {
    Group scope = new Group(prepared, settings, scenes, members);
    scope.pushKeys(keys);
    scope.subject = quota;
    Truth applies = quota.when == null ? Truth.TRUE : Truths.truthOf(quota.when.of(scope));
    scope.counted.clear();
    Truth test = Truths.truthOf(quota.test.of(scope));
    List<Integer> counted = new ArrayList<>(scope.counted);
    Value value = quota.value == null ? null : quota.value.of(scope);
    List<Exact> portions = quota.share ? scope.portions : null;
    Bound bound = quota.bound;
    Value limit = bound == null ? null : bound.limit.of(scope);
    Value upper = bound == null || bound.high == null ? null : bound.high.of(scope);
    return new QuotaCount(
        quota, applies, test, value, limit, upper, portions, counted, scope.notes);
  }

  private String kind() {
    return quota.bound == null ? "" : quota.bound.kind;
  }

  /** Whether the value is over the cap; null: the check is no cap. */
  Truth over() {
    return switch (kind()) {
      case "at most", "equal" -> Intervals.compare(Relation.MORE, value, limit);
      case "less" -> Intervals.compare(Relation.AT_LEAST, value, limit);
      case "between" -> Intervals.compare(Relation.MORE, value, upper);
      default -> null;
    };
  }

  /** The result of the group. */
  Outcome outcome(boolean closed) {
    Result came = Result.of(applies, test);
    String result = came.result();
    if (closed || result.equals("not applicable")) {
      return new Outcome(came, closed);
    }
    Outcome open = new Outcome(came.as("unknown"), false);
    if (applies != Truth.TRUE || !quota.grows) {
      return open;
    }
    return switch (kind()) {
      case "at most", "less" -> new Outcome(came, result.equals("unmet"));
      case "at least", "more" -> result.equals("met") ? new Outcome(came, true) : open;
      case "between", "equal" ->
          over() == Truth.TRUE ? new Outcome(came.as("unmet"), true) : open;
      default -> open;
    };
  }

  /** How far the value is above the limit, and below it; null where not both are known. */
  Distance distance() {
    Value high = upper == null ? limit : upper;
    if (!(value instanceof Exact number)
        || !(limit instanceof Exact)
        || !(high instanceof Exact end)) {
      return null;
    }
    return new Distance(positive(number.minus(end)), positive(end.minus(number)));
  }

  private static Exact positive(Exact number) {
    return number.signum() < 0 ? Exact.ZERO : number;
  }
}
