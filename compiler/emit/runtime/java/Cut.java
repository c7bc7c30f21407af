package programme.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who is taken of one group: the order, how many, what becomes of equals at the cut.
 *
 * <p>Always: one is in or out only if it is so whatever the unknown turns out to be; whole groups
 * of equals are taken while they fit; nobody is picked.
 */
final class Cut {
  /**
   * How many are taken, worked out for one group.
   *
   * @param kind as of a {@link Take}
   * @param bounds between which the number lies
   * @param least of the nearest sum, the sum that there must be; null: none is asked for
   * @param needs what it awaits
   */
  record Cap(String kind, Sum bounds, Sum least, List<Need> needs) {
    boolean isNumber() {
      return kind.equals("number");
    }

    boolean isWhile() {
      return kind.equals("while");
    }

    boolean isPassing() {
      return kind.equals("passing");
    }

    boolean isNearest() {
      return kind.equals("nearest");
    }
  }

  /** Where one stands towards a cut. */
  enum Side {
    IN,
    OUT,

    /** In a group of equals that the cut parts. */
    PARTED,

    OPEN
  }

  /** An end of a group of equals: what is added up to there, and how many. */
  private record End(Exact sum, int count) {}

  /** The rank of a candidate, and how many stand level with it, itself included, at least. */
  record Rank(long rank, long level) {}

  /** Who moved up, and how many places stay vacant; null: that is not known. */
  record Refilled(Set<Integer> moved, Long vacant) {}

  final List<Candidate> candidates;
  final Ranking ranking;

  /** How each fares, in the order of the candidates. */
  final List<Fares> fares = new ArrayList<>();

  private final Cap cap;
  private final Tie tied;
  private List<Need> awaited;

  Cut(List<Candidate> candidates, Cap cap, Tie tied) {
    this.candidates = candidates;
    this.tied = tied;
    ranking = new Ranking(candidates);
    // Along such a list a sum goes up and down.
    boolean isLost =
        (cap.isWhile() || cap.isPassing())
            && candidates.stream().anyMatch(one -> one.adds().least().signum() < 0);
    this.cap = isLost ? new Cap(cap.kind, new Sum(null, null), null, cap.needs) : cap;
    if (cap.isNearest()) {
      nearest();
    } else {
      Side[] sides = cap.isPassing() ? Passing.sides(this, this.cap.bounds) : null;
      for (int at = 0; at < candidates.size(); at++) {
        fares.add(one(candidates.get(at), sides == null ? side(at) : sides[at]));
      }
    }
  }

  private Fares one(Candidate candidate, Side side) {
    if (!candidate.mayBelong() || side == Side.OUT) {
      return Fares.NOT_SELECTED;
    }
    if (candidate.surelyBelongs() && side == Side.IN) {
      return Fares.SELECTED;
    }
    return candidate.surelyBelongs() && side == Side.PARTED
        ? parted()
        : Fares.unknown(awaited());
  }

  /** Whether equals at the cut are treated so. */
  private boolean isTied(String kind) {
    return tied != null && tied.kind.equals(kind);
  }

  /** A group of equals that somebody has to part, or on which the notice is silent. */
  private Fares parted() {
    return isTied("judged") ? Fares.tied(tied.by) : Fares.unknown(Unknown.SILENT.needs());
  }

  /** What an open place awaits: everything that is unknown of the candidates, and of the cap. */
  private List<Need> awaited() {
    if (awaited == null) {
      awaited = cap.needs;
      for (Candidate one : candidates) {
        awaited = Unknown.merge(awaited, one.needs());
        if (one.belongs() instanceof Unknown open) {
          awaited = Unknown.merge(awaited, open.needs());
        }
      }
    }
    return awaited;
  }

  private Side side(int at) {
    if (cap.isNumber()) {
      Ranking.Ahead ahead = ranking.ahead(at);
      return side(ahead.before().plus(1), ahead.level().plus(0), cap.bounds);
    }
    if (cap.isWhile()) {
      Ranking.AheadSum ahead = ranking.aheadSum(at);
      return side(ahead.first(), ahead.level(), cap.bounds);
    }
    return Side.IN;
  }

  /** Where equals stand: {@code first} with the first of them, {@code whole} with all of them. */
  Side side(Sum first, Sum whole, Sum limit) {
    if (isTied("admit all")) {
      return side(fits(first, limit), breaks(first, limit));
    }
    if (isTied("admit none")) {
      return side(fits(whole, limit), breaks(whole, limit));
    }
    if (fits(whole, limit) || breaks(first, limit)) {
      return fits(whole, limit) ? Side.IN : Side.OUT;
    }
    return fits(first, limit) && breaks(whole, limit) ? Side.PARTED : Side.OPEN;
  }

  private static Side side(boolean fits, boolean breaks) {
    if (fits) {
      return Side.IN;
    }
    return breaks ? Side.OUT : Side.OPEN;
  }

  /** Whether a sum is surely not more than a limit. */
  private static boolean fits(Sum sum, Sum limit) {
    return limit.least() != null && isWithin(sum.most(), limit.least());
  }

  /** Whether it surely is. */
  private static boolean breaks(Sum sum, Sum limit) {
    return limit.most() != null && !isWithin(sum.least(), limit.most());
  }

  private static boolean isWithin(Exact sum, Exact limit) {
    return sum != null && sum.compareTo(limit) <= 0;
  }

  /**
   * The beginning, at an end of a group of equals, whose sum is nearest; two as near, or something
   * unknown: open.
   */
  private void nearest() {
    Exact target = cap.bounds.exactly();
    Exact least = cap.least == null ? null : cap.least.exactly();
    boolean isKnown = target != null && (cap.least == null || least != null);
    if (!isKnown || !candidates.stream().allMatch(one -> one.isSure() || !one.mayBelong())) {
      candidates.forEach(one -> fares.add(one(one, Side.OPEN)));
      return;
    }
    List<Integer> order =
        ranking.order().stream().filter(at -> candidates.get(at).surelyBelongs()).toList();
    End end = nearest(ends(order), target, least);
    Set<Integer> taken = new HashSet<>(end == null ? List.of() : order.subList(0, end.count));
    for (int at = 0; at < candidates.size(); at++) {
      boolean isOpen = end == null && candidates.get(at).surelyBelongs();
      Fares out = isOpen ? Fares.unknown(Unknown.SILENT.needs()) : Fares.NOT_SELECTED;
      fares.add(taken.contains(at) ? Fares.SELECTED : out);
    }
  }

  /** The end whose sum is nearest; null where two are as near, or there is none. */
  private static End nearest(List<End> ends, Exact target, Exact least) {
    End nearest = null;
    Exact shortest = null;
    for (End end : ends) {
      if (least != null && end.sum.compareTo(least) < 0) {
        continue;
      }
      Exact beyond = end.sum.minus(target);
      Exact distance = beyond.signum() < 0 ? beyond.negate() : beyond;
      int order = shortest == null ? -1 : distance.compareTo(shortest);
      if (order <= 0) {
        nearest = order < 0 ? end : null;
        shortest = distance;
      }
    }
    return nearest;
  }

  /** The ends of groups of equals; what adds nothing is taken with what stands before it. */
  private List<End> ends(List<Integer> order) {
    List<End> ends = new ArrayList<>(List.of(new End(Exact.ZERO, 0)));
    Exact sum = Exact.ZERO;
    for (int count = 1; count <= order.size(); count++) {
      int at = order.get(count - 1);
      sum = sum.plus(candidates.get(at).adds().least());
      if (count < order.size() && ranking.asGood(order.get(count), at)) {
        continue;
      }
      int last = ends.size() - 1;
      if (ends.get(last).sum.equals(sum)) {
        ends.remove(last);
      }
      ends.add(new End(sum, count));
    }
    return ends;
  }

  /** The rank of a candidate, where it is sure; else null. */
  Rank rank(int at) {
    Ranking.Ahead ahead = ranking.ahead(at);
    long most = ahead.before().most();
    boolean isSure = ahead.before().least() == most && candidates.get(at).surelyBelongs();
    return isSure ? new Rank(most + 1, ahead.level().least() - most) : null;
  }

  /** How many are selected. */
  private Ranking.Count selected() {
    int least = (int) fares.stream().filter(Fares::isSelected).count();
    int parted = (int) fares.stream().filter(Fares::isTied).count();
    int open = (int) fares.stream().filter(Fares::isUnknown).count();
    Long places = places();
    // Of a group that somebody parts as many are taken as there are places.
    return places != null && parted > 0 && open == 0
        ? new Ranking.Count(places, places)
        : new Ranking.Count(least, least + parted + open);
  }

  /** How many places there are, where a number limits and is known; else null. */
  private Long places() {
    Exact exact = cap.isNumber() ? cap.bounds.exactly() : null;
    Exact places = exact == null ? null : exact.round(Rounding.DOWN, 0);
    boolean isCount =
        places != null && places.signum() >= 0 && places.over().bitLength() < Long.SIZE;
    return isCount ? places.over().longValue() : null;
  }

  /** Whoever got none of the places by wish is not selected; where that is open, so is this. */
  void place(Map<Integer, Wishes.Given> given) {
    for (Map.Entry<Integer, Wishes.Given> one : given.entrySet()) {
      String place = one.getValue().place();
      if (place == null) {
        boolean isSilent = awaited().isEmpty();
        fares.set(
            one.getKey(), Fares.unknown(isSilent ? Unknown.SILENT.needs() : awaited()));
      } else if (place.isEmpty()) {
        fares.set(one.getKey(), Fares.NOT_SELECTED);
      }
    }
  }

  /** Puts those in line who come next. */
  void wait(Sum limit) {
    boolean passes = cap.isPassing();
    Map<Integer, Ranking.Ahead> passed = passes ? passedOver() : Map.of();
    Ranking.Count selected = passes ? new Ranking.Count(0, 0) : selected();
    for (int at = 0; at < candidates.size(); at++) {
      if (fares.get(at).equals(Fares.NOT_SELECTED) && candidates.get(at).mayBelong()) {
        Ranking.Ahead ahead = passes ? passed.get(at) : ranking.ahead(at);
        fares.set(at, next(at, ahead, selected, limit));
      }
    }
  }

  /** How many who are not selected stand ahead of each: those selected may stand behind. */
  private Map<Integer, Ranking.Ahead> passedOver() {
    List<Integer> rest = new ArrayList<>();
    List<Candidate> left = new ArrayList<>();
    for (int at = 0; at < candidates.size(); at++) {
      if (!fares.get(at).isSelected()) {
        Candidate one = candidates.get(at);
        rest.add(at);
        left.add(fares.get(at).equals(Fares.NOT_SELECTED) ? one : one.doubted());
      }
    }
    Ranking others = new Ranking(left);
    Map<Integer, Ranking.Ahead> ahead = new HashMap<>();
    for (int position = 0; position < rest.size(); position++) {
      ahead.put(rest.get(position), others.ahead(position));
    }
    return ahead;
  }

  /** How one fares who is not among the selected. */
  private Fares next(int at, Ranking.Ahead ahead, Ranking.Count selected, Sum limit) {
    Ranking.Count before = ahead.before().without(selected, 0);
    // Whoever is selected stands ahead, so that the candidate itself is at least one more.
    Ranking.Count last = ahead.level().without(selected, 1);
    Side side = side(before.plus(1), last.plus(0), limit);
    boolean isSure = candidates.get(at).surelyBelongs();
    if (side == Side.OUT) {
      return Fares.NOT_SELECTED;
    }
    if (side == Side.IN && isSure && before.least() == before.most()) {
      return Fares.waiting(before.least() + 1);
    }
    return side == Side.PARTED && isSure ? parted() : Fares.unknown(awaited());
  }

  /** Fills the places of those who left, if they are still filled. */
  Refilled refill(boolean refills) {
    Ranking.Count selected = selected();
    boolean isExact = selected.least() == selected.most();
    Long places = isExact ? places() : null;
    int freed = 0;
    for (int at = 0; at < candidates.size(); at++) {
      freed += candidates.get(at).left() && fares.get(at).isSelected() ? 1 : 0;
    }
    Set<Integer> moved = refills && isExact ? movedUp(freed) : Set.of();
    for (int at = 0; at < candidates.size(); at++) {
      if (candidates.get(at).left() && fares.get(at).isWaiting()) {
        fares.set(at, Fares.NOT_SELECTED);
      }
    }
    if (places == null) {
      return new Refilled(moved, null);
    }
    return new Refilled(moved, Math.max(places - selected.least(), 0) + freed - moved.size());
  }

  /** Moves those up who wait, if places are free; gives who is now selected. */
  private Set<Integer> movedUp(int freed) {
    Set<Integer> moved = new HashSet<>();
    List<Integer> line = new ArrayList<>();
    for (int at = 0; at < candidates.size() && freed > 0; at++) {
      if (fares.get(at).isWaiting() && !candidates.get(at).left()) {
        line.add(at);
      }
    }
    long[] positions = line.stream().mapToLong(at -> fares.get(at).position()).sorted().toArray();
    for (int at : line) {
      long position = fares.get(at).position();
      int ahead = countBelow(positions, position);
      boolean fits = ahead < freed;
      if (countBelow(positions, position + 1) <= freed || (fits && isTied("admit all"))) {
        moved.add(at);
        fares.set(at, Fares.SELECTED);
      } else if (!fits) {
        fares.set(at, Fares.waiting(ahead - freed + 1));
      } else {
        fares.set(at, isTied("admit none") ? Fares.waiting(1) : parted());
      }
    }
    return moved;
  }

  /** How many of these, ascending, are below a number. */
  private static int countBelow(long[] ascending, long number) {
    int low = 0;
    int high = ascending.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ascending[middle] < number) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
