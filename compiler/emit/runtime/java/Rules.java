package programme.runtime;

import java.util.ArrayList;
import java.util.List;

/** Rules: whether they apply, what they test, what comes out. */
final class Rules {
  /** The truth of a test, and the results of its members if it is a threshold. */
  private record Tested(Truth truth, List<Judged.Member> members) {}

  private Rules() {}

  /** What came out of a rule. */
  static Judged workOut(Scene scene, Rule rule) {
    return scene.naming(
        rule,
        () -> {
          Truth waived = waivedBy(scene, rule);
          Judged judged =
              rule.each == null ? plain(scene, rule, waived) : eachItem(scene, rule, waived);
          return excused(scene, rule, judged);
        });
  }

  private static Judged plain(Scene scene, Rule rule, Truth waived) {
    Truth applies = Truths.and(guarded(scene, rule, null), Truths.not(waived));
    Tested tested = test(scene, rule.test, rule.key, null);
    return new Judged(Result.of(applies, tested.truth), null, tested.members, null);
  }

  /** With a written reason an unmet `in principle` is met. */
  private static Judged excused(Scene scene, Rule rule, Judged judged) {
    boolean may =
        "in principle".equals(rule.strength) && judged.of().result().equals("unmet");
    String reason = may ? scene.one.reasons.get(rule.key) : null;
    return reason == null
        ? judged
        : new Judged(judged.of().as("met"), reason, judged.members(), judged.items());
  }

  /** {@code when ∧ ¬unless} */
  private static Truth guarded(Scene scene, Rule rule, Item item) {
    Value when = rule.when == null ? Truth.TRUE : rule.when.of(scene, item);
    Value unless = rule.unless == null ? Truth.FALSE : rule.unless.of(scene, item);
    return Truths.and(when, Truths.not(unless));
  }

  /** Whether a waiver lifts the rule; an unknown one leaves `complete` rules in force. */
  private static Truth waivedBy(Scene scene, Rule rule) {
    Truth truth = Truth.FALSE;
    for (int index : rule.waivedByRules) {
      truth = Truths.or(truth, waiver(scene, index));
    }
    return truth instanceof Unknown && rule.strength.equals("complete") ? Truth.FALSE : truth;
  }

  /** Whether a waiver, by its position in the track, is met. */
  static Truth waiver(Scene scene, int index) {
    Truth value = scene.judged(index).asOperand();
    return value == null ? Truth.FALSE : value;
  }

  /** Kleene-and over items; an empty list: not applicable. */
  private static Judged eachItem(Scene scene, Rule rule, Truth waived) {
    Value list = rule.each.of(scene);
    if (list instanceof Unknown open) {
      Result result = Result.of(Truths.not(waived), new Unknown(open.needs()));
      return new Judged(result, null, null, List.of());
    }
    Truth applies = Truth.FALSE;
    Truth tests = Truth.TRUE;
    List<Judged.Item> failing = new ArrayList<>();
    List<Value> items = list instanceof Items there ? there.list() : List.of();
    for (int index = 0; index < items.size(); index++) {
      Item item = new Item(items.get(index));
      Truth guard = guarded(scene, rule, item);
      Truth truth = test(scene, rule.test, rule.key, item).truth;
      Result result = Result.of(guard, truth);
      if (!result.result().equals("met") && !result.result().equals("not applicable")) {
        failing.add(new Judged.Item(rule.list + "/" + index, result));
      }
      tests = Truths.and(tests, Truths.or(Truths.not(guard), truth));
      applies = Truths.or(applies, guard);
    }
    Result result = Result.of(Truths.and(applies, Truths.not(waived)), tests);
    boolean none = result.result().equals("not applicable");
    return new Judged(result, null, null, none ? List.of() : failing);
  }

  private static Truth stated(Truth entry, String key, String source) {
    return entry == null ? Unknown.awaited(key, source) : entry;
  }

  private static Tested test(Scene scene, Test test, String key, Item item) {
    if (test instanceof Condition condition) {
      return new Tested(Truths.truthOf(condition.value.of(scene, item)), null);
    }
    if (test instanceof Threshold threshold) {
      return threshold(scene, threshold, item);
    }
    Case.Sheet sheet = scene.one.sheets.get(key);
    if (test instanceof JudgedTest) {
      return new Tested(stated(sheet == null ? null : sheet.judgements, key, "judgement"), null);
    }
    if (test instanceof AttestedTest) {
      return new Tested(stated(sheet == null ? null : sheet.attested, key, "other"), null);
    }
    return new Tested(external(scene, (ExternalTest) test, sheet, key, item), null);
  }

  /** A register's entry, if it is for the day asked for. */
  private static Truth external(
      Scene scene, ExternalTest test, Case.Sheet sheet, String key, Item item) {
    Truth entry = sheet == null ? null : sheet.external;
    if (test.asOf == null) {
      return stated(entry, key, "other");
    }
    Value day = test.asOf.of(scene, item);
    if (day instanceof Unknown open && entry != null) {
      return new Unknown(open.needs());
    }
    boolean same = Values.same(day, sheet == null ? null : sheet.asOf);
    return stated(same ? entry : null, key, "other");
  }

  /**
   * A Kleene threshold. A member that does not apply counts for neither side: where all are asked
   * for it is passed over, else it is not met.
   */
  private static Tested threshold(Scene scene, Threshold test, Item item) {
    boolean all = test.need == test.members.size();
    List<Truth> truths = new ArrayList<>();
    List<Judged.Member> listed = new ArrayList<>();
    for (TestMember member : test.members) {
      Truth applies =
          member.when == null ? Truth.TRUE : Truths.truthOf(member.when.of(scene, item));
      Tested inner = test(scene, member.test, member.key, item);
      truths.add(
          all
              ? Truths.or(Truths.not(applies), inner.truth)
              : Truths.and(applies, inner.truth));
      listed.add(new Judged.Member(member, Result.of(applies, inner.truth), inner.members));
    }
    return new Tested(Truths.atLeastOf(test.need, truths), listed);
  }
}
