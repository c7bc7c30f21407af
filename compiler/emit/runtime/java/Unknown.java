package programme.runtime;

import java.util.ArrayList;
import java.util.List;

/**
 * Not known: what is awaited, and between which bounds a number lies.
 *
 * <p>Always: each need stands once, in order of first use; bounds are in base units, an open end is
 * null.
 *
 * @param needs what is awaited
 * @param low the lower bound, or null
 * @param high the upper bound, or null
 */
public record Unknown(List<Need> needs, Exact low, Exact high) implements Truth {
  /** Unknown, and nothing would help. */
  static final Unknown BLANK = new Unknown(List.of());

  /** The notice is silent. */
  static final Unknown SILENT = new Unknown(List.of(new Need("notice", "notice")));

  /** Unknown, without bounds. */
  Unknown(List<Need> needs) {
    this(needs, null, null);
  }

  /** Unknown because of one entry. */
  static Unknown awaited(String key, String source) {
    return new Unknown(List.of(new Need(key, source)));
  }

  /** Both lists, each need once. */
  static List<Need> merge(List<Need> needs, List<Need> more) {
    if (needs.isEmpty() || more.isEmpty()) {
      return needs.isEmpty() ? more : needs;
    }
    List<Need> all = new ArrayList<>(needs);
    for (Need need : more) {
      if (!all.contains(need)) {
        all.add(need);
      }
    }
    return all.size() == needs.size() ? needs : all;
  }

  /** The needs of several values together, in their order. */
  static List<Need> allNeeds(Iterable<? extends Value> values) {
    List<Need> needs = List.of();
    for (Value value : values) {
      if (value instanceof Unknown open) {
        needs = merge(needs, open.needs);
      }
    }
    return needs;
  }

  /** The needs of two values together. */
  static List<Need> bothNeeds(Value a, Value b) {
    List<Need> needs = a instanceof Unknown open ? open.needs : List.of();
    return b instanceof Unknown open ? merge(needs, open.needs) : needs;
  }

  /** Whether judgements, and nothing else, are awaited. */
  static boolean onlyJudgements(List<Need> needs) {
    return !needs.isEmpty() && needs.stream().allMatch(need -> need.source().equals("judgement"));
  }
}
