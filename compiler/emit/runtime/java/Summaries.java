package programme.runtime;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The summary of a package: every row has its case, every case its row, and what both hold agrees.
 */
final class Summaries {
  private Summaries() {}

  /** Findings on the summary of a package, if the stage sends one or the package brings one. */
  static List<Finding> findings(StageRun run, Batch.Package one, Stage stage) {
    List<Finding> findings = new ArrayList<>();
    Summary sent = sentAt(run, stage);
    if (one.summary == null) {
      if (sent != null) {
        Finding found = new Finding("summary", sent, "complete", "unmet");
        findings.add(found.blame("missing", Messages.ofPackage("missing"), ""));
      }
      return findings;
    }
    List<Summary> all = run.prepared.summaries;
    Summary summary = sent == null && !all.isEmpty() ? all.get(0) : sent;
    Named of = summary == null ? stage : summary;
    List<String> ids = new ArrayList<>();
    for (Map<String, Value> row : one.summary) {
      if (caseOf(row) != null) {
        ids.add(caseOf(row));
      }
    }
    List<String> missing = new ArrayList<>(one.cases);
    missing.removeAll(ids);
    List<String> extra = new ArrayList<>(ids);
    extra.removeAll(one.cases);
    about(findings, of, "missing", missing);
    about(findings, of, "extra", extra);
    about(findings, of, "twice", repeated(ids));
    for (int index = 0; index < one.summary.size(); index++) {
      Map<String, Value> row = one.summary.get(index);
      String path = "/summary/" + index;
      Integer position = caseOf(row) == null ? null : run.positionOf(caseOf(row));
      if (caseOf(row) == null) {
        Finding found =
            Finding.aboutCases("summary", of, "missing", List.of("case"), path);
        found.cases = List.of();
        findings.add(found);
      } else if (position != null && summary != null) {
        disagreements(run, summary, row, path, position, findings);
      }
    }
    return findings;
  }

  /** The summary that a stage sends; null if it sends none. */
  private static Summary sentAt(StageRun run, Stage stage) {
    for (Document document : stage.sends) {
      if (document.summary != null) {
        for (Summary summary : run.prepared.summaries) {
          if (summary.key.equals(document.summary)) {
            return summary;
          }
        }
        return null;
      }
    }
    return null;
  }

  private static String caseOf(Map<String, Value> row) {
    return row.get("/case") instanceof Text text ? text.text() : null;
  }

  private static List<String> repeated(List<String> ids) {
    Set<String> seen = new LinkedHashSet<>();
    Set<String> twice = new LinkedHashSet<>();
    for (String id : ids) {
      if (!seen.add(id)) {
        twice.add(id);
      }
    }
    return new ArrayList<>(twice);
  }

  private static void about(
      List<Finding> findings, Named of, String problem, List<String> cases) {
    if (!cases.isEmpty()) {
      findings.add(Finding.aboutCases("summary", of, problem, cases, "/summary"));
    }
  }

  /** Columns of a row that differ from its case, or are blank though they may not be. */
  private static void disagreements(
      StageRun run,
      Summary summary,
      Map<String, Value> row,
      String path,
      int position,
      List<Finding> findings) {
    for (Column column : summary.columns) {
      Value cell = row.get(column.pointer);
      boolean repeats = !column.value.isEmpty();
      boolean differs = repeats && differs(run, column, cell, position);
      boolean blank = !repeats && cell == null && !column.optional;
      if (!differs && !blank) {
        continue;
      }
      // A difference weighs what the column says; a blank cell always leaves it incomplete.
      String strength = differs && column.strength != null ? column.strength : "complete";
      Finding found = new Finding("summary", column, strength, "unmet");
      found =
          differs
              ? found.blame("differs", Messages.ofPackage("differs"), path + column.pointer)
              : found.blame("blank", Messages.ofField("blank"), path + column.pointer);
      found.cases = List.of(run.idOf(position));
      findings.add(found);
    }
  }

  /** Whether a cell shows another value than its case; a blank cell is filled from the case. */
  private static boolean differs(StageRun run, Column column, Value cell, int position) {
    Scene scene = run.scenes.get(position);
    Value known = column.value.get(scene.track.key).of(scene);
    if (cell == null || known == null || known instanceof Unknown) {
      return false;
    }
    String shown = Keys.text(column.shown, known);
    return shown != null && !shown.equals(Keys.text(null, cell));
  }
}
