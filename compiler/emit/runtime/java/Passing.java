package programme.runtime;

import java.util.ArrayList;
import java.util.List;

/**
 * A budget that passes over: whoever does not fit in what is left is left out, and the next who
 * fits is taken.
 *
 * <p>Always: one is in if even the most that all can take who may stand ahead leaves room, out if
 * the least that those surely ahead take leaves none. Of a group that is parted at least one is
 * taken, and at most all that was left.
 */
final class Passing {
  /** Who stands at one place. */
  private static final class Place {
    /** At best. */
    final List<Integer> best = new ArrayList<>();

    /** At worst. */
    final List<Integer> worst = new ArrayList<>();

    /** How many there are of whom nothing is unknown. */
    int sure;

    /** The least that one of those adds. */
    Exact least;

    /** The least that all add who are surely here. */
    Exact all = Exact.ZERO;
  }

  private final Cut cut;
  private final Sum limit;
  private final Exact tooMuch;
  private final List<Place> places = new ArrayList<>();

  /** The most that those add whose best place is before each. */
  private final Exact[] possible;

  /** How many they are. */
  private final int[] counts;

  /** Where each candidate stands. */
  private final Cut.Side[] sides;

  /** What those take at least who surely stand ahead of a place. */
  private Exact least = Exact.ZERO;

  /** What they take at most. */
  private Exact most = Exact.ZERO;

  /** The most that they add, taken or not. */
  private Exact asked = Exact.ZERO;

  /** How many they are. */
  private int count;

  private Passing(Cut cut, Sum limit) {
    this.cut = cut;
    this.limit = limit;
    tooMuch = (limit.least() == null ? Exact.ZERO : room(limit.least())).plus(Exact.ONE);
    sides = new Cut.Side[cut.candidates.size()];
    for (int at = 0; at < cut.ranking.places(); at++) {
      places.add(new Place());
    }
    for (int of = 0; of < sides.length; of++) {
      enter(of);
    }
    possible = new Exact[places.size() + 1];
    counts = new int[places.size() + 1];
    possible[0] = Exact.ZERO;
    for (int at = 0; at < places.size(); at++) {
      List<Integer> best = places.get(at).best;
      counts[at + 1] = counts[at] + best.size();
      possible[at + 1] = possible[at];
      for (int of : best) {
        possible[at + 1] = possible[at + 1].plus(mostOf(of));
      }
    }
  }

  /** Where each candidate stands. */
  static Cut.Side[] sides(Cut cut, Sum limit) {
    Passing walk = new Passing(cut, limit);
    for (int at = 0; at < walk.places.size(); at++) {
      for (int of : walk.places.get(at).best) {
        walk.sides[of] = walk.side(at, of);
      }
      walk.pass(at);
    }
    return walk.sides;
  }

  private void enter(int of) {
    Candidate one = cut.candidates.get(of);
    int best = cut.ranking.best(of);
    int worst = cut.ranking.worst(of);
    Place place = places.get(best);
    place.best.add(of);
    places.get(worst).worst.add(of);
    if (best < worst || !one.surelyBelongs()) {
      return;
    }
    Exact adds = one.adds().least();
    place.all = place.all.plus(adds);
    if (one.isSure()) {
      place.sure++;
      place.least = place.least == null ? adds : Sum.smaller(place.least, adds);
    }
  }

  /** What a limit leaves at first: nothing, where it is below nothing. */
  private static Exact room(Exact limit) {
    return limit.signum() < 0 ? Exact.ZERO : limit;
  }

  /** Never less than nothing is left, even where equals together took more than there was. */
  private static Exact capped(Exact sum, Exact limit) {
    return limit == null ? sum : Sum.smaller(sum, room(limit));
  }

  /** The most that one adds; more than the limit is as much as without end. */
  private Exact mostOf(int of) {
    Exact adds = cut.candidates.get(of).adds().most();
    return adds == null ? tooMuch : Sum.smaller(adds, tooMuch);
  }

  /** The least that one at a place adds, if all who may be there are sure; else null. */
  private Exact firm(int at) {
    Place place = places.get(at);
    return counts[at + 1] - count == place.sure ? place.least : null;
  }

  /** One whose best place this is. */
  private Cut.Side side(int at, int of) {
    Candidate one = cut.candidates.get(of);
    int last = cut.ranking.worst(of);
    boolean isOpen = last > at;
    Exact before = possible[last].minus(asked);
    Exact ahead =
        capped(most.plus(isOpen ? before.minus(mostOf(of)) : before), limit.least());
    Exact firm = firm(at);
    Exact first = firm == null ? cut.ranking.leastOf(of).least() : firm;
    Exact together = isOpen ? Exact.ZERO : places.get(at).all;
    if (isOpen || !one.surelyBelongs()) {
      together = together.plus(one.adds().least());
    }
    return cut.side(
        new Sum(least.plus(first), ahead.plus(firm == null ? mostOf(of) : firm)),
        new Sum(least.plus(together), most.plus(possible[last + 1].minus(asked))),
        limit);
  }

  /** Goes on below a place. */
  private void pass(int at) {
    Exact firm = firm(at);
    Exact parted = null;
    for (int of : places.get(at).worst) {
      Candidate one = cut.candidates.get(of);
      asked = asked.plus(mostOf(of));
      count++;
      if (sides[of] == Cut.Side.OUT) {
        continue;
      }
      most = most.plus(mostOf(of));
      if (sides[of] == Cut.Side.IN && one.surelyBelongs()) {
        least = least.plus(one.adds().least());
      }
      if (sides[of] == Cut.Side.PARTED) {
        Exact first = firm == null ? cut.ranking.leastOf(of).least() : firm;
        parted = parted == null ? first : Sum.smaller(parted, first);
      }
    }
    least = capped(parted == null ? least : least.plus(parted), limit.most());
    most = capped(most, limit.least());
  }
}
