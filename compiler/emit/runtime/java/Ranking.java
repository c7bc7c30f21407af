package programme.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Candidates in order: between the best place and the worst that what is unknown allows.
 *
 * <p>Always: places are numbered from the first, one number for all that are level; what is unknown
 * of one candidate is taken to be apart from what is unknown of another; a sum that nothing holds
 * is null.
 */
final class Ranking {
  /** How many stand ahead of a candidate; and with it and all that stand level with it. */
  record Ahead(Count before, Count level) {}

  /** At least and at most so many. */
  record Count(long least, long most) {
    /** With some more. */
    Sum plus(long more) {
      return new Sum(Exact.of(least + more), Exact.of(most + more));
    }

    /** Without those, at least and at most, but no fewer than so many. */
    Count without(Count others, long fewest) {
      long lower = Math.max(least - others.most, fewest);
      return new Count(lower, Math.max(most - others.least, fewest));
    }
  }

  /** What those ahead add up to, with the first of its equals; and with all of them. */
  record AheadSum(Sum first, Sum level) {}

  private final List<Candidate> candidates;

  /** The number of each candidate's best place. */
  private final int[] best;

  /** That of its worst. */
  private final int[] worst;

  /** All that may be candidates, each at its best place, with the most that it adds. */
  private final Side possible;

  /** Those that surely are, each at its worst place, with the least. */
  private final Side sure;

  /** The least that one of those adds, by place; null: there is none. */
  private final Exact[] least;

  /** The least that any of those adds; null: there is none. */
  private Exact leastOfAll;

  /** The least that anyone adds whose place is not sure; null: everybody's is. */
  private Exact loose;

  Ranking(List<Candidate> candidates) {
    this.candidates = candidates;
    TreeMap<List<Level>, Integer> places = new TreeMap<>(Level.BEST_FIRST);
    for (Candidate one : candidates) {
      places.put(one.best(), 0);
      places.put(one.worst(), 0);
    }
    int count = 0;
    for (Map.Entry<List<Level>, Integer> place : places.entrySet()) {
      place.setValue(count++);
    }
    best = candidates.stream().mapToInt(one -> places.get(one.best())).toArray();
    worst = candidates.stream().mapToInt(one -> places.get(one.worst())).toArray();
    possible = new Side(count);
    sure = new Side(count);
    least = new Exact[count];
    for (int at = 0; at < best.length; at++) {
      enter(at);
    }
    possible.close();
    sure.close();
  }

  private void enter(int at) {
    Candidate one = candidates.get(at);
    Exact adds = one.adds().least();
    possible.add(best[at], one.adds().most());
    if (one.surelyBelongs()) {
      sure.add(worst[at], adds);
      least[worst[at]] = smaller(least[worst[at]], adds);
      leastOfAll = smaller(leastOfAll, adds);
    }
    if (!one.isSure()) {
      loose = smaller(loose, adds);
    }
  }

  /** The smaller of two, of which the first may be missing. */
  private static Exact smaller(Exact known, Exact other) {
    return known == null ? other : Sum.smaller(known, other);
  }

  /** The candidates' positions, best first; level ones in the order given. */
  List<Integer> order() {
    List<Integer> order = new ArrayList<>();
    for (int at = 0; at < best.length; at++) {
      order.add(at);
    }
    Comparator<Integer> byBest = Comparator.comparingInt(at -> best[at]);
    order.sort(byBest.thenComparingInt(at -> worst[at]));
    return order;
  }

  /** The number of its best place. */
  int best(int at) {
    return best[at];
  }

  /** That of its worst. */
  int worst(int at) {
    return worst[at];
  }

  /** How many places there are. */
  int places() {
    return least.length;
  }

  /** Whether two can take the same best place. */
  boolean asGood(int one, int other) {
    return best[one] == best[other];
  }

  /** The first criterion by which two differ at their best; -1: none. */
  int partedBy(int one, int other) {
    List<Level> own = candidates.get(one).best();
    List<Level> there = candidates.get(other).best();
    int at = 0;
    while (at < own.size() && own.get(at).equals(there.get(at))) {
      at++;
    }
    return at == own.size() ? -1 : at;
  }

  /** Whether a candidate's own best place is before its worst. */
  private boolean isOpen(int at) {
    return best[at] < worst[at];
  }

  /** Whether it is not counted at the worst place of the group that it is in at best. */
  private boolean isLeftOut(int at) {
    return !candidates.get(at).surelyBelongs() || isOpen(at);
  }

  /** How many stand ahead of a candidate. */
  Ahead ahead(int at) {
    int most = possible.before[worst[at]] - (isOpen(at) ? 1 : 0);
    int level = sure.before[best[at] + 1] + (isLeftOut(at) ? 1 : 0);
    return new Ahead(
        new Count(sure.before[best[at]], most),
        new Count(level, possible.before[worst[at] + 1]));
  }

  /** What those ahead of a candidate add up to. */
  AheadSum aheadSum(int at) {
    Sum adds = candidates.get(at).adds();
    Exact before = possible.sums[worst[at]];
    Exact together = sure.sums[best[at] + 1];
    if (isOpen(at)) {
      before = Sum.minus(before, adds.most());
    }
    if (isLeftOut(at)) {
      together = Sum.plus(together, adds.least());
    }
    Sum first = leastOf(at);
    return new AheadSum(
        new Sum(Sum.plus(sure.sums[best[at]], first.least()), Sum.plus(before, first.most())),
        new Sum(together, possible.sums[worst[at] + 1]));
  }

  /** The least that one of a group of equals adds. */
  Sum leastOf(int at) {
    Sum adds = candidates.get(at).adds();
    Exact level = least[best[at]];
    if (loose == null) {
      Exact only = level == null ? adds.least() : level;
      return new Sum(only, only);
    }
    // One whose own place is open may stand level with anybody.
    Exact others = isOpen(at) ? leastOfAll : level;
    return new Sum(smaller(others, Sum.smaller(adds.least(), loose)), adds.most());
  }

  /** What stands at the places of one ranking. */
  private static final class Side {
    /** How many stand before each place, and before the end. */
    final int[] before;

    /** What they add up to. */
    final Exact[] sums;

    Side(int count) {
      before = new int[count + 1];
      sums = new Exact[count + 1];
      Arrays.fill(sums, Exact.ZERO);
    }

    void add(int place, Exact adds) {
      before[place + 1]++;
      sums[place + 1] = Sum.plus(sums[place + 1], adds);
    }

    /** All have been added: from each place alone to all up to it. */
    void close() {
      for (int place = 1; place < before.length; place++) {
        before[place] += before[place - 1];
        sums[place] = Sum.plus(sums[place], sums[place - 1]);
      }
    }
  }
}
