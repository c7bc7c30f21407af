package programme.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * A whole report: the pass under the settings asked for, open readings in all their words, other
 * readings one at a time, verdict, outcome, tags, notes.
 */
final class Evaluation {
  final Case one;
  final String verdict;
  final List<Value> values;
  final List<Finding> findings = new ArrayList<>();
  final List<Finding> later = new ArrayList<>();
  final List<String> tags = new ArrayList<>();
  final List<Note> notes = new ArrayList<>();

  /** Where the case stands after its events, or null. */
  final List<Walk.Standing> standing;

  /** The best and worst outcome, or null. */
  Verdicts.Outcome outcome;

  /** Evaluates one case; the report is not yet printed. */
  static Evaluation of(Prepared prepared, Case one, Settled options, boolean inBatch) {
    int[] uses = usesOf(prepared, one, options);
    Pass pass = settled(prepared, one, options, options.settings(), uses, inBatch);
    if (options.alternatives()) {
      // Where nothing depended on a reading, its other words change nothing.
      int[] asked = Arrays.stream(uses).filter(pass.consulted::contains).toArray();
      for (Worlds.Other other : Worlds.others(prepared, options.settings(), asked)) {
        compare(pass, settled(prepared, one, options, other.settings(), uses, inBatch), other);
      }
    }
    return new Evaluation(one, pass);
  }

  private static Pass settled(
      Prepared prepared,
      Case one,
      Settled options,
      List<Setting> settings,
      int[] uses,
      boolean inBatch) {
    Pass first = null;
    for (List<Setting> world : Worlds.of(prepared, settings, uses)) {
      Pass pass =
          new Pass(new Scene(prepared, one, world, options.on(), inBatch), options.at());
      if (first == null) {
        first = pass;
      } else {
        agree(first, pass);
      }
    }
    return first;
  }

  /** The readings that can matter for this case, ascending. */
  private static int[] usesOf(Prepared prepared, Case one, Settled options) {
    if (one.events.isEmpty() && options.on() == null) {
      return one.track.uses;
    }
    TreeSet<Integer> uses = new TreeSet<>();
    for (int use : one.track.uses) {
      uses.add(use);
    }
    boolean late =
        one.track.stages.stream()
            .anyMatch(stage -> stage.due != null && Deadlines.lateIsRead(stage));
    for (String name : late ? List.of("deadline", "late") : List.of("deadline")) {
      if (prepared.builtins.containsKey(name)) {
        uses.add(prepared.builtins.get(name));
      }
    }
    return uses.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The finding of a pass that is about the same thing; nearly always at the same position. */
  private static Finding same(Pass pass, int position, Finding found) {
    if (position < pass.findings.size()) {
      Finding there = pass.findings.get(position).found();
      if (there.isSameThing(found)) {
        return there;
      }
    }
    return same(pass, found);
  }

  /** The first finding of a pass that is about the same thing; null if there is none. */
  private static Finding same(Pass pass, Finding found) {
    for (Pass.Entry entry : pass.findings) {
      if (entry.found().isSameThing(found)) {
        return entry.found();
      }
    }
    return null;
  }

  /** Notes under each finding what another word of one reading would give. */
  private static void compare(Pass pass, Pass there, Worlds.Other other) {
    for (int position = 0; position < pass.findings.size(); position++) {
      Finding found = pass.findings.get(position).found();
      Finding same = same(there, position, found);
      if (same == null) {
        if (found.result.equals("unmet")) {
          found.note(other.gives("met"));
        }
        continue;
      }
      // What lateness does matters only to what is late.
      boolean weighs =
          other.reading().equals("late")
              && same.result.equals("unmet")
              && !same.strength.equals(found.strength);
      if (weighs || !same.result.equals(found.result)) {
        found.note(other.gives(same.result));
      }
    }
  }

  /** Where two words of an open reading disagree, the notice leaves it open. */
  private static void agree(Pass first, Pass other) {
    first.consulted.addAll(other.consulted);
    for (Pass.Entry entry : other.findings) {
      Finding found = entry.found();
      Finding mine = same(first, found);
      if (mine == null) {
        if (!found.result.equals("met") && !found.result.equals("not applicable")) {
          first.findings.add(new Pass.Entry(entry.due(), found.open()));
        }
      } else if (!mine.result.equals(found.result)) {
        mine.open();
      }
    }
    for (int i = 0; i < first.values.size(); i++) {
      Value mine = first.values.get(i);
      Value there = other.values.get(i);
      if (!isSameKnown(mine, there)) {
        first.values.set(i, hull(mine, there));
      }
    }
    if (first.standing != null) {
      for (Walk.Standing there : other.standing) {
        if (!first.standing.contains(there)) {
          first.standing.add(there);
        }
      }
    }
    List<Note> news = new ArrayList<>();
    for (Note note : other.notes) {
      if (first.notes.stream().noneMatch(mine -> mine.rule().equals(note.rule()))) {
        news.add(note);
      }
    }
    first.notes.addAll(news);
  }

  /** Whether two values are the same, unknown ones with the same needs and bounds. */
  private static boolean isSameKnown(Value a, Value b) {
    return a instanceof Unknown && b instanceof Unknown ? a.equals(b) : Values.same(a, b);
  }

  /** Unknown, between the bounds that both have. */
  private static Value hull(Value a, Value b) {
    List<Need> needs = Unknown.merge(Unknown.SILENT.needs(), Unknown.bothNeeds(a, b));
    Exact low = end(Values.low(a), Values.low(b), -1);
    return new Unknown(needs, low, end(Values.high(a), Values.high(b), 1));
  }

  private static Exact end(Exact x, Exact y, int sign) {
    if (x == null || y == null) {
      return null;
    }
    return x.compareTo(y) * sign > 0 ? x : y;
  }

  private Evaluation(Case one, Pass pass) {
    this.one = one;
    values = pass.values;
    standing = pass.standing;
    for (Pass.Entry entry : pass.findings) {
      (entry.due() ? findings : later).add(entry.found());
    }
    verdict = Verdicts.verdict(findings);
    outcome = Verdicts.outcome(one.track, findings);
    for (Finding found : findings) {
      if (isTag(found)) {
        tags.add(found.of.key);
      }
      Words words = noteOf(found);
      if (words != null) {
        notes.add(new Note(found.of.key, found.clauses(), words));
      }
    }
    notes.addAll(pass.notes);
  }

  /** The note that a finding leaves: an unmet note, an exception granted. */
  private static Words noteOf(Finding found) {
    if (found.reason != null) {
      return Messages.EXCEPTION.about(found.of.words());
    }
    return found.strength.equals("note") && found.result.equals("unmet") ? found.message : null;
  }

  private static boolean isTag(Finding found) {
    return found.kind.equals("rule")
        && (found.strength.equals("prefer") || found.strength.equals("encourage"))
        && found.result.equals("met");
  }
}
