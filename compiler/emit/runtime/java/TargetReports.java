package programme.runtime;

import java.util.ArrayList;
import java.util.List;

/** The report on targets as plain data, ready to be printed as canonical JSON. */
final class TargetReports {
  private TargetReports() {}

  /** Whether a number may stand in JSON: a quotient without end may not. */
  private static boolean ends(Object shown) {
    return !(shown instanceof String text) || text.indexOf('/') < 0;
  }

  private static Object number(Exact value, ValueType type) {
    if (value == null || type == null) {
      return null;
    }
    Object shown = Reports.number(value, type);
    return ends(shown) ? shown : null;
  }

  /** A number without unit: a whole one as such, else as text. */
  private static Object plainNumber(Exact value) {
    return value == null ? null : Reports.number(value, true, null);
  }

  private static Object plain(Value value, ValueType type) {
    if (value instanceof Exact number) {
      return number(number, type);
    }
    if (value instanceof Day day) {
      return day.show();
    }
    if (value instanceof Known known) {
      return known == Known.TRUE;
    }
    return value instanceof Text text ? text.text() : null;
  }

  /** The ends of a number that is not known, if it has ends. */
  private static void ends(TargetFinding found, Json.Members entry) {
    ValueType type = found.type;
    if (type == null
        || !(found.value instanceof Unknown open)
        || (open.low() == null && open.high() == null)) {
      return;
    }
    Object low = open.low() == null ? null : Reports.number(open.low(), type);
    Object high = open.high() == null ? null : Reports.number(open.high(), type);
    if (ends(low) && ends(high)) {
      entry.with("low", low).with("high", high);
    }
  }

  private static Object limit(TargetFinding found) {
    if (!found.bounded || found.type == null || !(found.low instanceof Exact low)) {
      return null;
    }
    if (found.high == null) {
      return number(low, found.type);
    }
    return found.high instanceof Exact high
        ? new Json.Members()
            .withSome("high", number(high, found.type))
            .withSome("low", number(low, found.type))
        : null;
  }

  private static String strength(TargetFinding found) {
    if (found.problem != null) {
      return "complete";
    }
    return found.soft ? "note" : "finding";
  }

  private static List<Object> items(TargetFinding found) {
    if (found.items == null) {
      return null;
    }
    List<Object> entries = new ArrayList<>();
    for (TargetFinding.Item item : found.items) {
      if (!item.came().result().equals("met")) {
        entries.add(
            new Json.Members()
                .withSome("gap", number(item.gap(), found.type))
                .with("key", item.key())
                .with("needs", Reports.keys(item.came().needs()))
                .with("result", item.came().result())
                .withSome("value", plain(item.value(), found.type)));
      }
    }
    return entries;
  }

  private static Json.Members entry(TargetFinding found, String lang) {
    String per = found.block.per == null ? "key" : found.block.per;
    List<Object> reports = new ArrayList<>();
    for (TargetLines.Filed report : found.reports) {
      if (report.id != null) {
        reports.add(report.id);
      }
    }
    Json.Members entry =
        new Json.Members()
            .withSome("addressed", found.block.reporter)
            .with("clauses", found.clauses)
            .withSome("denominator", plainNumber(found.denominator))
            .withSome("due", found.due == null ? null : found.due.show())
            .withSome("gap", number(found.gap, found.type))
            .withSome("items", items(found))
            .withSome("key", found.key == null ? null : new Json.Members().with(per, found.key))
            .with("kind", found.problem == null ? "target" : "field")
            .withSome("limit", limit(found))
            .with("message", found.message.in(lang))
            .withSome("milestone", found.label)
            .with("needs", Reports.keys(found.needs))
            .withSome("numerator", plainNumber(found.numerator))
            .withSome("path", found.path)
            .withSome("problem", found.problem)
            .with("reports", reports)
            .with("result", found.result)
            .with("rule", found.rule)
            .with("strength", strength(found))
            .with("targets", found.block.key)
            .with("under", found.under)
            .withSome("unit", found.type == null ? null : found.type.unit)
            .withSome("value", plain(found.value, found.type))
            .withSome("words", found.words == null ? null : found.words.in(lang));
    ends(found, entry);
    return entry;
  }

  /** The report on targets. */
  static Report of(TargetRun run, String lang) {
    List<Object> findings = new ArrayList<>();
    run.findings.forEach(found -> findings.add(entry(found, lang)));
    return new Report(
        new Json.Members()
            .with("findings", findings)
            .with("notes", Reports.notes(run.notes, lang))
            .with("on", run.on == null ? null : run.on.show())
            .with("programme", run.prepared.programme)
            .with("version", run.prepared.version));
  }
}
