package programme.runtime;

import java.util.ArrayList;
import java.util.List;

/** Materials: each implies a `complete` rule with its citation. */
final class Materials {
  private Materials() {}

  /** Whether the copies given are what is asked for, and what is wrong if not. */
  record Checked(Truth truth, String problem) {
    /** The finding on a material that applies so far, saying what is wrong. */
    Finding finding(Material material, Truth applies) {
      Result came = Result.of(applies, truth);
      Finding found = new Finding("material", material, "complete", came.result());
      found.needs = came.needs();
      found.path = Pointer.below("/materials", material.key);
      return came.result().equals("unmet") && problem != null
          ? found.blame(problem, Messages.ofStage(problem), found.path)
          : found;
    }
  }

  private static Checked wrong(String problem) {
    return new Checked(Truth.FALSE, problem);
  }

  /** Judges the copies given. */
  static Checked judge(Material material, List<Case.Copy> copies, String channel) {
    if (copies.isEmpty()) {
      return wrong("missing");
    }
    for (Refused refused : material.refuse) {
      if (copies.stream().anyMatch(copy -> refused.name.equals(copy.format()))) {
        return wrong("refused");
      }
    }
    if (material.channel != null && channel != null && !channel.equals(material.channel)) {
      return wrong("channel");
    }
    String problem = null;
    List<Truth> truths = new ArrayList<>();
    for (Format format : material.formats) {
      Truth there = Truth.FALSE;
      Truth whole = Truth.FALSE;
      for (Case.Copy copy : copies) {
        Truth named =
            copy.format() == null
                ? Unknown.awaited(material.key, "other")
                : Truth.of(copy.format().equals(format.name));
        there = Truths.or(there, named);
        whole = Truths.or(whole, Truths.and(named, sealed(material, format, copy)));
      }
      if (whole == Truth.FALSE && problem == null) {
        problem = there == Truth.FALSE ? "format" : "seal";
      }
      truths.add(whole);
    }
    return new Checked(Truths.allOf(truths), problem);
  }

  private static Truth sealed(Material material, Format format, Case.Copy copy) {
    if (!format.sealed) {
      return Truth.TRUE;
    }
    return copy.sealed() == null ? Unknown.awaited(material.key, "other") : copy.sealed();
  }

  /** The finding of one material of the case. */
  static Finding finding(Scene scene, Material material) {
    List<Case.Copy> copies = scene.one.materials.getOrDefault(material.key, List.of());
    Truth applies = appliesTo(scene, material, copies.isEmpty());
    return judge(material, copies, channelOf(scene, material)).finding(material, applies);
  }

  /** The guard of a material in a case. */
  static Truth guard(Scene scene, Material material) {
    Expr guard = material.when.get(scene.track.key);
    return guard == null ? Truth.TRUE : Truths.truthOf(guard.of(scene));
  }

  /** {@code when ∧ ¬waived ∧ (not only needed, or needed)}; an optional one only when there. */
  private static Truth appliesTo(Scene scene, Material material, boolean absent) {
    if (material.optional && absent) {
      return Truth.FALSE;
    }
    Truth when = guard(scene, material);
    Truth waived = Truth.FALSE;
    Truth needed = Truth.FALSE;
    List<Rule> rules = scene.track.rules;
    for (int index = 0; index < rules.size(); index++) {
      Rule rule = rules.get(index);
      boolean waives = false;
      for (Waived lifted : rule.waives) {
        waives |= material.key.equals(lifted.material);
      }
      boolean needs = rule.needs.contains(material.key);
      if (!waives && !needs) {
        continue;
      }
      Truth met = Rules.waiver(scene, index);
      // An unknown waiver leaves it in force.
      waived = waives && met == Truth.TRUE ? Truth.TRUE : waived;
      needed = needs ? Truths.or(needed, met) : needed;
    }
    Truth asked = Truths.and(when, Truths.not(waived));
    return material.onlyNeeded ? Truths.and(asked, needed) : asked;
  }

  /** Through which channel the material came: that of the case's event at its stage. */
  private static String channelOf(Scene scene, Material material) {
    Event event = material.at == null ? null : scene.one.lastAt(material.at);
    return event == null ? null : event.channel;
  }
}
