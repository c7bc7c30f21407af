package programme.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Facts and fields: their values, and what is wrong with their entries. */
final class Inputs {
  /** Kinds of entry that are texts. */
  private static final Set<String> TEXTS =
      Set.of("text", "prose", "email", "phone", "mobile", "postcode", "url");

  private Inputs() {}

  /** The value of an input. */
  static Value workOut(Scene scene, int slot) {
    Input input = scene.track.inputs.get(slot);
    Truth relevant = scene.relevance(slot);
    if (relevant == Truth.FALSE) {
      return null;
    }
    if ("computed".equals(input.origin)) {
      Value computed = input.value.of(scene);
      return contradicts(scene, slot, computed)
          ? Unknown.awaited(input.key, "other")
          : computed;
    }
    String source = "judged".equals(input.origin) ? "judgement" : "other";
    Case.Entry entry = scene.one.entries[slot];
    Value data = hasWrongLength(scene, slot, true) ? Bad.BAD : entry.data;
    if (isOfOtherDay(scene, input, entry, data)) {
      return Expressions.valueOf(Bad.BAD, input.key, source, false, input.least, input.most);
    }
    Value value =
        Expressions.valueOf(data, input.key, source, input.optional, input.least, input.most);
    // Whether it is asked for is open: first that must be known.
    if (value instanceof Unknown open && relevant instanceof Unknown asked) {
      List<Need> needs = Unknown.merge(asked.needs(), open.needs());
      return new Unknown(needs, open.low(), open.high());
    }
    return value;
  }

  /** Whether a register's entry holds for another day than the one asked for. */
  private static boolean isOfOtherDay(Scene scene, Input input, Case.Entry entry, Value data) {
    return "external".equals(input.origin)
        && input.asOf != null
        && data != null
        && !Values.same(input.asOf.of(scene), entry.asOf);
  }

  /** Whether a text breaks a limit on its length: a hard one, or the band of a soft one. */
  private static boolean hasWrongLength(Scene scene, int slot, boolean hard) {
    FieldType type = scene.track.inputs.get(slot).type;
    if (type.limits.isEmpty()
        || !TEXTS.contains(type.kind)
        || !(scene.one.entries[slot].data instanceof Text text)) {
      return false;
    }
    int count =
        type.characters
            ? Texts.characterCount(text.text())
            : Texts.charCount(text.text(), scene.countsPunctuation());
    for (Limit limit : type.limits) {
      boolean broken =
          switch (limit.kind) {
            case "about" -> !hard && isOutsideBand(scene.band(), count, limit.value);
            case "at most" -> hard && count > limit.value;
            default -> hard && count < limit.value;
          };
      if (broken) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOutsideBand(Exact band, long count, long target) {
    if (band == null) {
      return false;
    }
    Exact low = Exact.of(target).times(Exact.ONE.minus(band));
    Exact high = Exact.of(target).times(Exact.ONE.plus(band));
    return Exact.of(count).compareTo(low) < 0 || Exact.of(count).compareTo(high) > 0;
  }

  /** What is wrong with the entry of one input. */
  static List<Finding> findings(Scene scene, int slot) {
    Input input = scene.track.inputs.get(slot);
    Truth relevant = scene.relevance(slot);
    Value data = scene.one.entries[slot].data;
    List<Finding> findings = new ArrayList<>(0);
    if (relevant == Truth.FALSE) {
      if (data != null) {
        findings.add(Finding.aboutField(input, "irrelevant", input.pointer));
      }
      return findings;
    }
    if (relevant == Truth.TRUE && mustBeFilled(input)) {
      if (data == null) {
        findings.add(Finding.aboutField(input, "blank", input.pointer));
      } else if (input.seal && data == Truth.FALSE) {
        findings.add(Finding.aboutField(input, "seal", input.pointer));
      }
    }
    for (Case.Fault fault : scene.one.faults) {
      if (fault.slot() == slot) {
        findings.add(Finding.aboutField(input, fault.problem(), fault.path()));
      }
    }
    boolean hard = hasWrongLength(scene, slot, true);
    if (hard || hasWrongLength(scene, slot, false)) {
      Finding found = Finding.aboutField(input, "length", input.pointer);
      found.strength = hard ? found.strength : "note";
      findings.add(found);
    }
    // A computed field that was filled in with another value.
    if (data != null
        && "computed".equals(input.origin)
        && contradicts(scene, slot, input.value.of(scene))) {
      findings.add(Finding.aboutField(input, "total", input.pointer));
    }
    return findings;
  }

  /** Only what the applicant enters or attests is asked for; the rest is awaited from others. */
  private static boolean mustBeFilled(Input input) {
    return !input.optional && (input.origin == null || input.origin.equals("attested"));
  }

  /** Whether what was entered is another value than the computed one. */
  private static boolean contradicts(Scene scene, int slot, Value computed) {
    Value entered = scene.one.entries[slot].data;
    boolean both =
        entered != null
            && entered != Bad.BAD
            && computed != null
            && !(computed instanceof Unknown);
    return both && !Values.same(entered, computed);
  }
}
