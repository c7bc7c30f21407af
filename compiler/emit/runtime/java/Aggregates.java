package programme.runtime;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Aggregates over members that are surely in, surely out, or maybe in: intervals.
 *
 * <p>Always: a known value only when nothing is open.
 */
final class Aggregates {
  private Aggregates() {}

  /** A member: whether it counts, and its value where the aggregate asks for one. */
  record Member(Truth counts, boolean asked, Value value) {
    Truth holds() {
      return asked ? Truths.truthOf(value) : Truth.TRUE;
    }

    boolean sure() {
      return counts == Truth.TRUE;
    }
  }

  /** A member's part in a share: whether it is in the base, and in the part. */
  record Portion(Truth base, Truth part) {}

  /** A share; its part and base where both are known, else null. */
  record Share(Value value, List<Exact> counted) {}

  /** The aggregate of all members; those surely out are passed over. */
  static Value aggregate(Aggregation op, List<Member> members) {
    return switch (op) {
      case COUNT -> count(members);
      case COUNT_DISTINCT -> countDistinct(members);
      case SUM -> sum(members);
      case MIN -> extreme(-1, members);
      case MAX -> extreme(1, members);
      case ANY -> exists(members);
      case NONE -> Truths.not(exists(members));
      case ALL -> {
        List<Truth> all = new ArrayList<>();
        for (Member member : members) {
          all.add(Truths.or(Truths.not(member.counts), member.holds()));
        }
        yield Truths.allOf(all);
      }
    };
  }

  private static Truth exists(List<Member> members) {
    List<Truth> all = new ArrayList<>();
    for (Member member : members) {
      all.add(Truths.and(member.counts, member.holds()));
    }
    return Truths.anyOf(all);
  }

  /** What members await: whether they count, then what they are. */
  private static List<Need> needsOf(List<Member> members) {
    List<Need> needs = List.of();
    for (Member member : members) {
      if (member.counts != Truth.FALSE) {
        needs = Unknown.merge(needs, Unknown.bothNeeds(member.counts, member.value));
      }
    }
    return needs;
  }

  /** A number between two counts; known when nothing is open. */
  private static Value between(int low, int high, boolean open, List<Member> members) {
    return open ? new Unknown(needsOf(members), Exact.of(low), Exact.of(high)) : Exact.of(low);
  }

  private static Value count(List<Member> members) {
    int sure = 0;
    int maybe = 0;
    for (Member member : members) {
      if (member.sure()) {
        sure++;
      } else if (member.counts != Truth.FALSE) {
        maybe++;
      }
    }
    return between(sure, sure + maybe, maybe > 0, members);
  }

  private static Value countDistinct(List<Member> members) {
    List<Value> sure = new ArrayList<>();
    List<Value> possible = new ArrayList<>();
    boolean namelessSure = false;
    boolean open = false;
    int nameless = 0;
    for (Member member : members) {
      if (member.counts == Truth.FALSE || !member.asked) {
        continue;
      }
      open |= !member.sure();
      if (member.value == null || member.value instanceof Unknown) {
        open = true;
        nameless++;
        namelessSure |= member.sure();
        continue;
      }
      addNew(possible, member.value);
      if (member.sure()) {
        addNew(sure, member.value);
      }
    }
    int least = Math.max(sure.size(), namelessSure ? 1 : 0);
    return between(least, possible.size() + nameless, open, members);
  }

  private static void addNew(List<Value> values, Value value) {
    for (Value other : values) {
      if (Values.same(other, value)) {
        return;
      }
    }
    values.add(value);
  }

  private static Value sum(List<Member> members) {
    Exact low = Exact.ZERO;
    Exact high = Exact.ZERO;
    boolean open = false;
    for (Member member : members) {
      if (member.counts == Truth.FALSE || !member.asked) {
        continue;
      }
      Exact least = Values.low(member.value);
      Exact most = Values.high(member.value);
      open |= !(member.value instanceof Exact);
      if (!member.sure()) {
        open = true;
        // One that may not count adds between nothing and its value.
        least = least == null || least.signum() < 0 ? least : Exact.ZERO;
        most = most == null || most.signum() > 0 ? most : Exact.ZERO;
      }
      low = low == null || least == null ? null : low.plus(least);
      high = high == null || most == null ? null : high.plus(most);
    }
    return low != null && !open ? low : new Unknown(needsOf(members), low, high);
  }

  /** The smallest or largest; nothing to choose from has no value that is known. */
  private static Value extreme(int sign, List<Member> members) {
    Exact inner = null;
    Exact outer = null;
    boolean outerOpen = false;
    boolean open = false;
    boolean any = false;
    for (Member member : members) {
      if (member.counts == Truth.FALSE || !member.asked) {
        continue;
      }
      any |= member.sure();
      open |= !member.sure() || !(member.value instanceof Exact);
      Exact near = sign > 0 ? Values.low(member.value) : Values.high(member.value);
      Exact far = sign > 0 ? Values.high(member.value) : Values.low(member.value);
      if (member.sure() && near != null) {
        inner = better(sign, inner, near);
      }
      outerOpen |= far == null;
      outer = far == null ? outer : better(sign, outer, far);
    }
    if (any && !open) {
      return inner;
    }
    List<Need> needs = needsOf(members);
    if (!any) {
      return new Unknown(needs);
    }
    outer = outerOpen ? null : outer;
    return sign > 0 ? new Unknown(needs, inner, outer) : new Unknown(needs, outer, inner);
  }

  private static Exact better(int sign, Exact old, Exact end) {
    return old != null && old.compareTo(end) * sign >= 0 ? old : end;
  }

  /**
   * Whether so many whole numbers, one after another, are each the value of a member that counts. A
   * member of which the value is not known can stand for any one number; one that has no value
   * stands for none.
   */
  static Value hasRun(int length, List<Member> members) {
    List<Member> there = new ArrayList<>();
    TreeSet<Exact> sure = new TreeSet<>();
    TreeSet<Exact> possible = new TreeSet<>();
    int free = 0;
    for (Member member : members) {
      if (member.counts == Truth.FALSE || member.value == null) {
        continue;
      }
      there.add(member);
      if (!(member.value instanceof Exact number)) {
        free++;
        continue;
      }
      possible.add(number);
      if (member.sure()) {
        sure.add(number);
      }
    }
    if (makesRun(length, 0, sure)) {
      return Truth.TRUE;
    }
    return makesRun(length, free, possible) ? new Unknown(needsOf(there)) : Truth.FALSE;
  }

  /**
   * Whether these numbers and so many free ones can make up a run of that length: all but the free
   * ones are there.
   */
  private static boolean makesRun(int length, int free, TreeSet<Exact> numbers) {
    int before = length - free - 1;
    if (before < 0) {
      return true;
    }
    List<Exact> sorted = List.copyOf(numbers);
    Exact reach = Exact.of(length);
    for (int last = before; last < sorted.size(); last++) {
      if (sorted.get(last).minus(sorted.get(last - before)).compareTo(reach) < 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * The share of a part in a base: lo = t/(t+b), hi = p/(p+m) with t surely in the part, b maybe in
   * the base outside the part, p maybe or surely in the part, m surely in the base outside the part.
   * A bound of 0/0 makes it unknown.
   */
  static Share shareOf(List<Portion> portions) {
    int t = 0;
    int b = 0;
    int p = 0;
    int m = 0;
    List<Need> needs = List.of();
    for (Portion portion : portions) {
      Truth inside = Truths.and(portion.base, portion.part);
      Truth outside = Truths.and(portion.base, Truths.not(portion.part));
      t += inside == Truth.TRUE ? 1 : 0;
      p += inside != Truth.FALSE ? 1 : 0;
      m += outside == Truth.TRUE ? 1 : 0;
      b += outside != Truth.FALSE ? 1 : 0;
      needs = Unknown.merge(needs, Unknown.bothNeeds(inside, outside));
    }
    Exact low = quotient(t, t + b);
    Exact high = quotient(p, p + m);
    List<Exact> counted = t == p && b == m ? List.of(Exact.of(t), Exact.of(t + b)) : null;
    if (low == null || high == null) {
      return new Share(new Unknown(needs), counted);
    }
    return new Share(counted != null ? low : new Unknown(needs, low, high), counted);
  }

  private static Exact quotient(int part, int base) {
    return base == 0 ? null : Exact.ratio(BigInteger.valueOf(part), BigInteger.valueOf(base));
  }
}
