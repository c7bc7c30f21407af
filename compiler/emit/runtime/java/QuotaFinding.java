package programme.runtime;

import java.util.ArrayList;
import java.util.List;

/** What came of a quota for one group. */
final class QuotaFinding {
  final Quota of;
  final QuotaCount counted;
  final List<String> group;
  final String strength;
  String result;
  boolean last;
  List<Need> needs;

  /** The written reason that makes it an exception, or null. */
  String reason;

  /** The decision on the group, or null. */
  Batch.Decision override;

  /** Ids of the cases counted. */
  final List<String> members;

  /** What other words of one reading would give. */
  final List<Object> under = new ArrayList<>();

  /** Ids of packages sent back. */
  List<String> returned = new ArrayList<>();

  QuotaFinding(
      QuotaCount counted, List<String> group, List<String> members, QuotaCount.Outcome outcome) {
    this.of = counted.quota();
    this.counted = counted;
    this.group = group;
    this.members = members;
    strength = of.soft ? "note" : of.strength == null ? "require" : of.strength;
    result = outcome.came().result();
    needs = outcome.came().needs();
    last = outcome.last();
  }

  /** The same, for the report of a package: later changes to one leave the other. */
  QuotaFinding copy() {
    Result came = new Result(result, needs);
    QuotaFinding copy =
        new QuotaFinding(counted, group, members, new QuotaCount.Outcome(came, last));
    copy.reason = reason;
    copy.override = override;
    copy.returned = new ArrayList<>(returned);
    return copy;
  }
}
