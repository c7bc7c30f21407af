package programme.runtime;

import java.util.List;

/**
 * What came out of a rule: its result, the written reason that made it met, and the results of its
 * members and failing items, each null where it has none.
 */
record Judged(Result of, String reason, List<Member> members, List<Item> items) {
  /** What came of a member. */
  record Member(TestMember of, Result came, List<Member> members) {}

  /** What came of an item that fails. */
  record Item(String path, Result came) {}

  /** Whether the rule is met and there is no more to say. */
  boolean isPlainlyMet() {
    return of.result().equals("met") && reason == null && members == null && items == null;
  }

  /** The rule as operand: met is true, unmet is false, not applicable has no value. */
  Truth asOperand() {
    return switch (of.result()) {
      case "met" -> Truth.TRUE;
      case "unmet" -> Truth.FALSE;
      case "not applicable" -> null;
      default -> new Unknown(of.needs());
    };
  }
}
