package programme.runtime;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who sent what, in which order: packages, and cases that came without one, by time.
 *
 * <p>Always: equal times of one sender are one sending; what has no time comes last if it is a
 * package, first if it is a loose case.
 *
 * @param turn its turn
 * @param packages positions of its packages
 * @param cases positions of its cases
 */
record Sending(Turn turn, List<Integer> packages, List<Integer> cases) {
  private static final int FIRST = 0;
  private static final int AT = 1;
  private static final int LAST = 2;

  /** The turn of a sending. */
  record Turn(int rank, long time, String sender) {}

  /** The sendings at a stage in turn. */
  static List<Sending> all(StageRun run, List<Quota> senderQuotas) {
    Map<Turn, Sending> turns = new LinkedHashMap<>();
    Set<Integer> packed = new HashSet<>();
    for (int index : run.packages) {
      Batch.Package one = run.batch.packages.get(index);
      List<Integer> cases = run.casesOf(one);
      packed.addAll(cases);
      String sender = String.join("\u001f", one.key.values());
      if (one.key.isEmpty()) {
        sender = cases.isEmpty() ? "" : senderOf(run, senderQuotas, cases.get(0));
      }
      Moment time = run.prepared.startOf(one.at);
      Turn turn =
          time == null
              ? new Turn(LAST, index, sender)
              : new Turn(AT, time.seconds(), sender);
      Sending sending = at(turns, turn);
      sending.packages.add(index);
      sending.cases.addAll(cases);
    }
    for (Keys.Counted counted : run.counted) {
      if (packed.contains(counted.at())) {
        continue;
      }
      Moment time = run.prepared.startOf(run.sentAt(counted.at()));
      String sender = senderOf(run, senderQuotas, counted.at());
      Turn turn =
          time == null ? new Turn(FIRST, 0, sender) : new Turn(AT, time.seconds(), sender);
      at(turns, turn).cases.add(counted.at());
    }
    List<Sending> sendings = new ArrayList<>(turns.values());
    sendings.sort(
        Comparator.comparing(
            Sending::turn,
            Comparator.comparingInt(Turn::rank)
                .thenComparingLong(Turn::time)
                .thenComparing(Turn::sender, Texts::compare)));
    return sendings;
  }

  private static Sending at(Map<Turn, Sending> turns, Turn turn) {
    return turns.computeIfAbsent(
        turn, t -> new Sending(t, new ArrayList<>(), new ArrayList<>()));
  }

  /** The sender's key of a case; empty if it is not known. */
  private static String senderOf(StageRun run, List<Quota> quotas, int position) {
    for (Quota quota : quotas) {
      Actor actor = run.prepared.actors.get(quota.binding.sender);
      boolean keyed = actor != null && actor.per != null;
      String text = keyed ? Keys.named(quota, actor.per, run.scenes.get(position)) : null;
      if (text != null) {
        return text;
      }
    }
    return "";
  }

  /**
   * Cases taken so far, by the group of one quota in which they stand: a sending is laid only beside
   * those that it can meet.
   */
  static final class Taken {
    private final StageRun run;
    private final Quota quota;
    private final Map<List<String>, List<Integer>> byGroup = new HashMap<>();
    private final List<Integer> anywhere = new ArrayList<>();

    Taken(StageRun run, Quota quota) {
      this.run = run;
      this.quota = quota;
    }

    private Keys.Place place(int at) {
      return Keys.placeOf(quota, run.scenes.get(at));
    }

    /** The sending's cases and those taken that may be in a group with one; null: all may be. */
    TreeSet<Integer> beside(Set<Integer> cases) {
      TreeSet<Integer> near = new TreeSet<>(cases);
      near.addAll(anywhere);
      for (int at : cases) {
        Keys.Place place = place(at);
        if (place.anywhere()) {
          return null;
        }
        if (!place.isNone()) {
          near.addAll(byGroup.getOrDefault(place.group(), List.of()));
        }
      }
      return near;
    }

    /** Takes the cases of a sending that fitted. */
    void take(Set<Integer> cases) {
      for (int at : cases) {
        Keys.Place place = place(at);
        if (place.anywhere()) {
          anywhere.add(at);
        } else if (!place.isNone()) {
          byGroup.computeIfAbsent(place.group(), group -> new ArrayList<>()).add(at);
        }
      }
    }
  }
}
