package programme.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Reports as plain data, ready to be printed as canonical JSON.
 *
 * <p>Always: whole numbers are numbers, all other numbers strings in their unit.
 */
final class Reports {
  private static final Exact LARGEST = Exact.of(Reads.LARGEST);

  private Reports() {}

  static List<Object> keys(List<Need> needs) {
    List<Object> keys = new ArrayList<>(needs.size());
    needs.forEach(need -> keys.add(need.key()));
    return keys;
  }

  /** A number in its unit; a ratio without a finite decimal is {@code n/d}. */
  static Object number(Exact value, ValueType type) {
    Exact shown = type.size == null ? value : value.dividedBy(type.size);
    return number(shown, type.whole, type.digits);
  }

  /** A number: a whole one as such where it may, else as text. */
  static Object number(Exact shown, boolean whole, Integer digits) {
    if (whole && shown.isWhole() && isSafe(shown)) {
      return shown.over().longValue();
    }
    String decimal = digits == null ? null : shown.toDecimal(digits);
    return decimal == null ? shown.toString() : decimal;
  }

  private static boolean isSafe(Exact number) {
    return number.compareTo(LARGEST) <= 0 && number.negate().compareTo(LARGEST) <= 0;
  }

  private static Object end(Exact end, ValueType type) {
    return end == null ? null : number(end, type);
  }

  /** A value as plain data; null where it has none, or none that is shown. */
  static Object value(Value value, ValueType type, Zone zone) {
    if (value instanceof Exact number) {
      return type.kind.equals("number") ? number(number, type) : null;
    }
    if (value instanceof Day day) {
      return day.show();
    }
    if (value instanceof Moment moment) {
      return moment.show(zone);
    }
    if (value instanceof Known known) {
      return known == Known.TRUE;
    }
    if (value instanceof Items items && type.kind.equals("any_of")) {
      List<Object> keys = new ArrayList<>();
      items.list().forEach(item -> keys.add(((Text) item).text()));
      return keys;
    }
    return value instanceof Text text ? text.text() : null;
  }

  private static Json.Members valueEntry(CaseLet named, Value value, Zone zone) {
    ValueType type = named.type;
    Json.Members entry =
        new Json.Members().with("clauses", named.clauses).with("unit", type.unit);
    if (!(value instanceof Unknown open)) {
      return entry.with("value", value(value, type, zone));
    }
    if (type.kind.equals("number")) {
      entry.with("high", end(open.high(), type)).with("low", end(open.low(), type));
    }
    return entry.with("needs", keys(open.needs())).with("value", null);
  }

  private static List<Object> members(List<Judged.Member> members, String lang) {
    if (members == null) {
      return null;
    }
    List<Object> entries = new ArrayList<>(members.size());
    for (Judged.Member member : members) {
      entries.add(
          new Json.Members()
              .with("clauses", member.of().clauses)
              .withSome("members", members(member.members(), lang))
              .with("message", member.of().words().in(lang))
              .with("needs", keys(member.came().needs()))
              .with("path", member.of().path)
              .with("result", member.came().result())
              .with("rule", member.of().key));
    }
    return entries;
  }

  private static List<Object> items(List<Judged.Item> items) {
    if (items == null) {
      return null;
    }
    List<Object> entries = new ArrayList<>(items.size());
    for (Judged.Item item : items) {
      entries.add(
          new Json.Members()
              .with("needs", keys(item.came().needs()))
              .with("path", item.path())
              .with("result", item.came().result()));
    }
    return entries;
  }

  /** A finding on a case or a package. */
  private static Json.Members entry(Finding found, String lang) {
    return new Json.Members()
        .withSome("addressed", found.addressed)
        .with("clauses", found.clauses())
        .withSome("exception", found.reason == null ? null : true)
        .withSome("items", items(found.items))
        .with("kind", found.kind)
        .withSome("members", found.members == null ? found.cases : members(found.members, lang))
        .with("message", found.message.in(lang))
        .with("needs", keys(found.needs))
        .withSome("outcome", found.outcome)
        .with("path", found.path)
        .withSome("problem", found.problem)
        .withSome("reason", found.reason)
        .with("result", found.result)
        .with("rule", found.of.key)
        .with("strength", found.strength)
        .with("under", found.under);
  }

  /** An entry that stands in many reports, and so cannot be changed. */
  private static Map<String, Object> settledEntry(Finding found, String lang) {
    Json.Members entry = entry(found, lang).with("needs", List.of()).with("under", List.of());
    return Collections.unmodifiableMap(entry);
  }

  private static List<Object> entries(List<Finding> findings, String lang) {
    List<Object> entries = new ArrayList<>(findings.size());
    for (Finding found : findings) {
      entries.add(
          found.settled == null
              ? entry(found, lang)
              : found.settled.computeIfAbsent(lang, words -> settledEntry(found, words)));
    }
    return entries;
  }

  /** Notes. */
  static List<Object> notes(List<Note> notes, String lang) {
    List<Object> entries = new ArrayList<>(notes.size());
    for (Note note : notes) {
      entries.add(
          new Json.Members()
              .with("clauses", note.clauses())
              .with("message", note.message().in(lang))
              .with("rule", note.rule()));
    }
    return entries;
  }

  /** Where a case stands. */
  private static List<Object> standing(List<Walk.Standing> places) {
    List<Object> entries = new ArrayList<>(places.size());
    for (Walk.Standing place : places) {
      entries.add(
          new Json.Members()
              .with("ended", place.ended())
              .with("result", place.result())
              .with("stage", place.stage()));
    }
    return entries;
  }

  /** The report of a case. */
  static Report ofCase(Prepared prepared, Evaluation of, String lang) {
    Case one = of.one;
    boolean older = one.version != null && !one.version.equals(prepared.version);
    Json.Members values = new Json.Members();
    int at = 0;
    for (CaseLet named : one.track.lets) {
      if (named.listed) {
        values.put(named.key, valueEntry(named, of.values.get(at++), prepared.zone));
      }
    }
    return new Report(
        new Json.Members()
            .withSome("case_version", older ? one.version : null)
            .with("findings", entries(of.findings, lang))
            .withSome("id", one.id)
            .with("later", entries(of.later, lang))
            .with("notes", notes(of.notes, lang))
            .with("outcome", of.outcome == null ? null : of.outcome.entry())
            .with("programme", prepared.programme)
            .withSome("status", of.standing == null ? null : standing(of.standing))
            .with("tags", of.tags)
            .with("track", one.track.key)
            .with("values", values)
            .with("verdict", of.verdict)
            .with("version", prepared.version));
  }

  /** A quota's finding for one group. */
  private static Json.Members entry(QuotaFinding found, String lang) {
    Quota quota = found.of;
    Json.Members key = new Json.Members();
    for (int i = 0; i < quota.keys.size(); i++) {
      key.put(quota.keys.get(i).name, found.group.get(i));
    }
    Binding binding = quota.binding;
    Json.Members entry =
        new Json.Members()
            .withSome("addressed", binding.sender == null ? binding.decider : binding.sender)
            .with("clauses", quota.clauses)
            .withSome("exception", found.reason == null ? null : true)
            .with("final", found.last)
            .with("key", key)
            .with("kind", "quota")
            .withSome("limit", limit(found.counted))
            .with("members", found.members)
            .with("message", quota.words().in(lang))
            .with("needs", keys(found.needs))
            .withSome("override", override(found.override))
            .withSome("reason", found.reason)
            .with("result", found.result)
            .withSome("returned", found.returned.isEmpty() ? null : found.returned)
            .with("rule", quota.key)
            .with("strength", found.strength)
            .with("under", found.under);
    measure(found.counted, entry);
    return entry;
  }

  private static Json.Members override(Batch.Decision decision) {
    return decision == null
        ? null
        : new Json.Members()
            .withSome("at", decision.at)
            .withSome("by", decision.by)
            .withSome("why", decision.why);
  }

  /** What is printed of the value, and how far it is from its limit. */
  private static void measure(QuotaCount counted, Json.Members entry) {
    ValueType type = counted.quota().type;
    if (counted.portions() != null) {
      entry.with("numerator", number(counted.portions().get(0), true, null));
      entry.with("denominator", number(counted.portions().get(1), true, null));
      return;
    }
    if (type == null || !type.kind.equals("number")) {
      return;
    }
    if (counted.value() instanceof Unknown open) {
      entry.with("high", end(open.high(), type)).with("low", end(open.low(), type));
    } else if (counted.value() instanceof Exact number) {
      entry.with("value", number(number, type));
      QuotaCount.Distance distance = counted.distance();
      if (distance != null) {
        entry.with("free", number(distance.free(), type));
        entry.with("over", number(distance.over(), type));
      }
    }
  }

  /** What is printed of the limit: a number, two, or nothing. */
  private static Object limit(QuotaCount counted) {
    Bound bound = counted.quota().bound;
    boolean isNumber = bound != null && bound.type.kind.equals("number");
    if (!isNumber || !(counted.limit() instanceof Exact limit)) {
      return null;
    }
    if (!bound.kind.equals("between")) {
      return number(limit, bound.type);
    }
    return counted.upper() instanceof Exact upper
        ? new Json.Members()
            .with("high", number(upper, bound.type))
            .with("low", number(limit, bound.type))
        : null;
  }

  private static Json.Members entry(Packages.Report report, String lang) {
    List<Object> findings = entries(report.own(), lang);
    report.quotas().forEach(found -> findings.add(entry(found, lang)));
    Json.Members key = new Json.Members();
    for (Map.Entry<String, String> part : report.key().entrySet()) {
      key.put(part.getKey(), part.getValue());
    }
    return new Json.Members()
        .with("cases", report.one().cases)
        .with("findings", findings)
        .with("id", report.one().id)
        .with("key", key)
        .with("state", report.state());
  }

  /** The report of a batch. */
  static Report ofBatch(BatchRun run, String lang) {
    List<Object> findings = new ArrayList<>();
    run.findings.forEach(one -> findings.add(entry(one.found(), lang)));
    List<Object> packages = new ArrayList<>();
    run.packages.forEach(report -> packages.add(entry(report, lang)));
    return new Report(
        new Json.Members()
            .with("closed", run.closed)
            .with("findings", findings)
            .withSome("notes", run.notes.isEmpty() ? null : notes(run.notes, lang))
            .with("packages", packages)
            .with("programme", run.prepared.programme)
            .with("stage", run.stage)
            .with("version", run.prepared.version));
  }
}
