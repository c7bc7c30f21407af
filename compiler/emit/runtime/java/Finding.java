package programme.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What came of one rule, material, field, stage, summary or package.
 *
 * <p>Two findings of two passes are about the same thing if they stand for the same declaration.
 */
final class Finding {
  final String kind;
  final Named of;
  String strength;
  String result;
  List<Need> needs = List.of();
  Words message;
  String path = "";

  /** What other words of one reading would give. */
  final List<Object> under = new ArrayList<>();

  /** What is wrong, or null. */
  String problem;

  /** Clauses of its own, or null: those of the declaration. */
  List<String> clauses;

  /** To whom it is addressed, or null. */
  String addressed;

  /** The written reason that makes it an exception, or null. */
  String reason;

  /** The outcome it leads to, or null. */
  String outcome;

  /** Results of members, or null. */
  List<Judged.Member> members;

  /** Failing items, or null. */
  List<Judged.Item> items;

  /** The cases it names, or null. */
  List<String> cases;

  /** Where its entry by language is kept, if nothing of this case is in it; else null. */
  Map<String, Map<String, Object>> settled;

  /** A plain finding in the author's words. */
  Finding(String kind, Named of, String strength, String result) {
    this.kind = kind;
    this.of = of;
    this.strength = strength;
    this.result = result;
    this.message = of.words();
  }

  /** An entry that is not as asked. */
  static Finding aboutField(Named of, String problem, String path) {
    Finding found = new Finding("field", of, "complete", "unmet");
    return found.blame(problem, Messages.ofField(problem), path);
  }

  /** A step that was not as the route asks: returned. */
  static Finding aboutStage(Named stage, String problem, String path) {
    Finding found = new Finding("stage", stage, "complete", "unmet");
    return found.blame(problem, Messages.ofStage(problem), path);
  }

  /** A finding that names cases. */
  static Finding aboutCases(
      String kind, Named of, String problem, List<String> ids, String path) {
    Finding found = new Finding(kind, of, "complete", "unmet");
    found.problem = problem;
    found.path = path;
    found.cases = ids;
    found.message = Messages.ofPackage(problem).about(String.join("、", ids));
    return found;
  }

  /** Says what is wrong, about the declaration's words. */
  Finding blame(String what, Words words, String where) {
    problem = what;
    path = where;
    message = words.about(of.words());
    return this;
  }

  /** In other words. */
  Finding saying(Words words) {
    message = words;
    return this;
  }

  /** Addressed to a stage's actor, outside the verdict. */
  Finding addressedTo(Stage stage) {
    strength = "finding";
    addressed = stage.by;
    return this;
  }

  /** Deadlines are one thing whether kept or not; other problems are things of their own. */
  private String kindOfProblem() {
    return kind.equals("material") || "late".equals(problem) ? null : problem;
  }

  /** Whether two findings of two passes are about the same thing. */
  boolean isSameThing(Finding other) {
    return of == other.of
        && kind.equals(other.kind)
        && path.equals(other.path)
        && Objects.equals(kindOfProblem(), other.kindOfProblem());
  }

  /** Notes what another word of a reading would give. */
  void note(Object other) {
    settled = null;
    under.add(other);
  }

  /** Leaves it open, since the notice does. */
  Finding open() {
    settled = null;
    result = "unknown";
    needs = Unknown.SILENT.needs();
    reason = null;
    return this;
  }

  /** The clauses it is about. */
  List<String> clauses() {
    return clauses == null ? of.clauses : clauses;
  }

  /** Whether a rule of this strength bears on the verdict. */
  static boolean entersVerdict(String strength) {
    return strength.equals("require")
        || strength.equals("complete")
        || strength.equals("in principle");
  }
}
