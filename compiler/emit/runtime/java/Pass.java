package programme.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One pass over a case under one setting of all readings: every finding in source order, every listed
 * value.
 *
 * <p>Always: the same declarations in the same order, so that passes can be laid side by side.
 */
final class Pass {
  /** A finding, and whether it is due at the stage asked for. */
  record Entry(boolean due, Finding found) {}

  final List<Entry> findings = new ArrayList<>();
  final List<Value> values = new ArrayList<>();
  final List<Note> notes;

  /** Where the case stands after its events, or null. */
  final List<Walk.Standing> standing;

  /** Positions of the readings that were asked for. */
  final Set<Integer> consulted;

  private final Scene scene;
  private final int until;

  /** Finds everything; with a stage, what falls due later is marked so. */
  Pass(Scene scene, String at) {
    this.scene = scene;
    Track track = scene.track;
    until = scene.position(at);
    for (int i = 0; i < track.lets.size(); i++) {
      scene.letValue(i);
    }
    for (int index : track.ordered) {
      scene.judged(index);
    }
    track.steps.forEach(this::step);
    for (int i = 0; i < track.lets.size(); i++) {
      if (track.lets.get(i).listed) {
        values.add(scene.letValue(i));
      }
    }
    standing = scene.one.events.isEmpty() ? null : scene.walk().standing;
    notes = scene.notes;
    consulted = scene.consulted;
  }

  private boolean isDue(String stage) {
    return until < 0 || scene.position(stage) <= until;
  }

  private void add(boolean due, Finding found) {
    if (found != null) {
      findings.add(new Entry(due, found));
    }
  }

  private void step(Step step) {
    if (step instanceof Step.OfInput of) {
      input(scene.track.inputs.get(of.slot()), of.slot());
    } else if (step instanceof Step.OfRule of) {
      rule(scene.track.rules.get(of.index()), scene.judged(of.index()));
    } else if (step instanceof Step.OfMaterial of) {
      add(isDue(of.material().at), Materials.finding(scene, of.material()));
    } else if (step instanceof Step.OfStage of) {
      for (Walk.Noted noted : scene.walk().findings) {
        if (noted.at() == of.at()) {
          add(until < 0 || noted.due() <= until, noted.found());
        }
      }
    }
  }

  private void input(Input input, int slot) {
    boolean due = isDue(input.stage);
    for (Finding found : Inputs.findings(scene, slot)) {
      add(due, found);
    }
    Stage stage = "judged".equals(input.origin) ? judgingStage(input.by, input.stage) : null;
    if (stage != null) {
      Value at = scene.one.entries[slot].at;
      add(due, Deadlines.judgedLate(scene, stage, input, at, input.pointer));
    }
  }

  private void rule(Rule rule, Judged judged) {
    boolean due = isDue(rule.due);
    add(due, finding(rule, judged));
    String result = judged.of().result();
    if ((result.equals("unknown") || result.equals("pending"))
        && Finding.entersVerdict(rule.strength)) {
      blankAttestations(due, rule.test, rule, rule, rule.path);
    }
    lateJudgements(due, rule.test, rule, rule, rule.path);
  }

  private Finding finding(Rule rule, Judged judged) {
    String strength = rule.soft ? "note" : rule.strength;
    Finding found = new Finding("rule", rule, strength, judged.of().result());
    found.needs = judged.of().needs();
    found.path = rule.path;
    found.members = judged.members();
    found.items = judged.items();
    found.reason = judged.reason();
    found.outcome = rule.outcome == null ? null : scene.track.outcomes.get(rule.outcome);
    found.settled = judged.isPlainlyMet() ? rule.met : null;
    return found;
  }

  /** A blank attestation that a rule awaits is asked for, like a blank required field. */
  private void blankAttestations(boolean due, Test test, Named of, Rule rule, String path) {
    if (test instanceof AttestedTest) {
      Case.Sheet sheet = scene.one.sheets.get(of.key);
      if (sheet == null || sheet.attested == null) {
        Finding found = Finding.aboutField(of, "blank", path);
        found.clauses = rule.clauses;
        add(due, found);
      }
    } else if (test instanceof Threshold threshold) {
      for (TestMember member : threshold.members) {
        blankAttestations(due, member.test, member, rule, member.path);
      }
    }
  }

  private void lateJudgements(boolean due, Test test, Named of, Rule rule, String path) {
    if (test instanceof JudgedTest judged) {
      Stage stage = judgingStage(judged.by, rule.due);
      Case.Sheet sheet = scene.one.sheets.get(of.key);
      if (stage != null && sheet != null) {
        add(due, Deadlines.judgedLate(scene, stage, of, sheet.at, path));
      }
    } else if (test instanceof Threshold threshold) {
      for (TestMember member : threshold.members) {
        lateJudgements(due, member.test, member, rule, member.path);
      }
    }
  }

  /** The stage at which an actor judges: where it is due if that is its own, else its first. */
  private Stage judgingStage(String by, String due) {
    Stage first = null;
    for (Stage stage : scene.stages()) {
      if (!by.equals(stage.by)) {
        continue;
      }
      if (stage.key.equals(due)) {
        return stage;
      }
      first = first == null ? stage : first;
    }
    return first;
  }
}
