package programme.runtime;

import java.util.List;
import java.util.Map;

/** Verdict and outcome. */
final class Verdicts {
  /** Verdicts, worst first. */
  private static final List<String> VERDICTS =
      List.of(
          "rejected", "returned", "reason needed", "unknown", "pending judgement", "accepted");

  /** What an unmet rule of a strength brings. */
  private static final Map<String, String> UNMET =
      Map.of(
          "require", "rejected", "complete", "returned", "in principle", "reason needed");

  private Verdicts() {}

  /** The best and worst outcome. */
  record Outcome(String best, String worst) {
    /** As it is printed: a key, or best and worst. */
    Object entry() {
      return best.equals(worst)
          ? best
          : new Json.Members().with("best", best).with("worst", worst);
    }
  }

  /** What one finding brings. */
  private static String bears(Finding found) {
    return switch (UNMET.containsKey(found.strength) ? found.result : "met") {
      case "met", "not applicable" -> "accepted";
      case "unmet" -> UNMET.get(found.strength);
      case "pending" -> "pending judgement";
      default -> "unknown";
    };
  }

  /** The verdict: the worst that any due finding brings. */
  static String verdict(List<Finding> findings) {
    int worst = VERDICTS.size() - 1;
    for (Finding found : findings) {
      worst = Math.min(worst, VERDICTS.indexOf(bears(found)));
    }
    return VERDICTS.get(worst);
  }

  /** How good an outcome is: a declared one by its place, a verdict's word below all of them. */
  private static int rank(Track track, String name) {
    int declared = track.outcomes.indexOf(name);
    return declared >= 0 ? -declared : VERDICTS.indexOf(name) - 1_000_000;
  }

  private static String worse(Track track, String a, String b) {
    return rank(track, b) < rank(track, a) ? b : a;
  }

  /** The best and worst outcome, if the track declares any; else null. */
  static Outcome outcome(Track track, List<Finding> findings) {
    if (track.outcomes.isEmpty()) {
      return null;
    }
    String best = track.outcomes.get(0);
    String worst = best;
    for (Finding found : findings) {
      // Its own outcome, else the word of its strength; null: nowhere.
      String name = found.outcome == null ? UNMET.get(found.strength) : found.outcome;
      if (name == null) {
        continue;
      }
      boolean unmet = found.result.equals("unmet");
      if (unmet) {
        best = worse(track, best, name);
      }
      if (unmet || found.result.equals("unknown") || found.result.equals("pending")) {
        worst = worse(track, worst, name);
      }
    }
    return new Outcome(best, worst);
  }

  /** The worse of an outcome and another declared one, for cases of a breaching group. */
  static Outcome worsened(Track track, Outcome range, String outcome) {
    return new Outcome(worse(track, range.best, outcome), worse(track, range.worst, outcome));
  }
}
