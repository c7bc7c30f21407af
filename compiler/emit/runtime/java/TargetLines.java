package programme.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The lines of reports on targets: strict, like cases.
 *
 * <p>Always: blank lines are passed over.
 */
final class TargetLines {
  private static final Set<String> MEMBERS =
      Reads.names(
          "programme",
          "targets",
          "id",
          "key",
          "year",
          "at",
          "from",
          "values",
          "judgements",
          "attested",
          "external");

  private static final List<String> PLACES =
      List.of("values", "judgements", "attested", "external");

  /** An entry: one value, or one a value of a list (then the other is null). */
  record Entry(Value one, Value[] byKey) {}

  /** What is wrong with an entry. */
  record Fault(int slot, String path, String problem) {}

  /** A report on a block of targets. */
  static final class Filed {
    final Targets block;
    final Entry[] entries;
    final List<Fault> faults = new ArrayList<>();
    String id;
    String key;
    Period period;
    Day from;

    Filed(Targets block) {
      this.block = block;
      entries = new Entry[block.inputs.size()];
    }
  }

  private final Prepared prepared;

  private TargetLines(Prepared prepared) {
    this.prepared = prepared;
  }

  /** Reads all reports of a text. */
  static List<Filed> read(Prepared prepared, String lines) {
    TargetLines reader = new TargetLines(prepared);
    List<Filed> reports = new ArrayList<>();
    Lines.each(lines, spot -> reports.add(reader.report(spot)));
    return reports;
  }

  /** Reads reports given as values. */
  static List<Filed> read(Prepared prepared, List<?> lines) {
    TargetLines reader = new TargetLines(prepared);
    List<Filed> reports = new ArrayList<>();
    Lines.each(lines, spot -> reports.add(reader.report(spot)));
    return reports;
  }

  private Filed report(Spot spot) {
    CaseReader.ourProgramme(prepared, spot, "");
    Filed report = new Filed(block(spot));
    Period[] at = {null};
    Reads.eachMember(
        spot,
        "",
        MEMBERS,
        (member, place) -> {
          Spot value = member.value();
          switch (member.name()) {
            case "id" -> report.id = Reads.filled(value, place);
            case "key" -> report.key = Lines.keyText(value, place);
            case "year" -> report.period = year(value, place);
            case "at" -> at[0] = new Period(0, day(value, place));
            case "from" -> report.from = day(value, place);
            default -> {}
          }
        });
    report.period = at[0] == null ? report.period : at[0];
    if (report.period == null) {
      Words words = new Words("缺少“year”或“at”", "`year` or `at` is missing");
      throw new Refusal(Shared.MISSING_MEMBER, spot.at(), "", words);
    }
    Spot.Members members = Reads.object(spot, "");
    for (String place : PLACES) {
      Spot value = members.get(place);
      if (value != null) {
        entries(report, place, value);
      }
    }
    return report;
  }

  /** The block that a report is on; with one block it goes without saying. */
  private Targets block(Spot spot) {
    Spot value = Reads.object(spot, "").get("targets");
    List<Targets> blocks = prepared.targets;
    if (value == null) {
      if (blocks.size() == 1) {
        return blocks.get(0);
      }
      Words words = new Words("缺少“targets”", "`targets` is missing");
      throw new Refusal(Shared.MISSING_MEMBER, spot.at(), "", words);
    }
    String name = Reads.string(value, "/targets");
    for (Targets block : blocks) {
      if (block.key.equals(name)) {
        return block;
      }
    }
    Words words = new Words("没有名为“" + name + "”的目标", "there are no targets `" + name + "`");
    Words help = Refusal.meant(name, blocks.stream().map(block -> block.key).toList());
    throw new Refusal(Shared.UNKNOWN_MEMBER, value.at(), "/targets", words, help);
  }

  /** {@code 2020}, or the block's year {@code 1}. */
  private static Period year(Spot spot, String pointer) {
    long year = Reads.integer(spot, pointer);
    if (year < 1 || year > 9999) {
      Words words =
          new Words(
              "“" + pointer + "”应为 1 到 9999", "`" + pointer + "` should be from 1 to 9999");
      throw new Refusal(Shared.NUMBER_RANGE, spot.at(), pointer, words);
    }
    return new Period(year, null);
  }

  private Day day(Spot spot, String pointer) {
    Day day = prepared.localDay(Reads.when(spot, pointer));
    if (day == null) {
      Words words =
          new Words(
              "“" + pointer + "”应为日期，例如 2020-12-31",
              "`" + pointer + "` should be a day, such as 2020-12-31");
      throw new Refusal(Shared.WRONG_TYPE, spot.at(), pointer, words);
    }
    return day;
  }

  /** The members of {@code values}, {@code judgements}, {@code attested} or {@code external}. */
  private void entries(Filed report, String place, Spot spot) {
    List<TargetInput> inputs = report.block.inputs;
    Map<String, Integer> known = new LinkedHashMap<>();
    for (int slot = 0; slot < inputs.size(); slot++) {
      if (inputs.get(slot).place.equals(place)) {
        known.put(inputs.get(slot).key, slot);
      }
    }
    Reads.eachMember(
        spot,
        "/" + place,
        known.keySet(),
        (member, pointer) -> {
          int slot = known.get(member.name());
          report.entries[slot] = entry(report, slot, member.value(), pointer);
        });
  }

  /** One value, or one a value of the list of `for all`; a body of that list may state its own. */
  private Entry entry(Filed report, int slot, Spot spot, String pointer) {
    TargetInput input = report.block.inputs.get(slot);
    if (input.forAll == null) {
      return new Entry(stated(report, slot, spot, pointer), null);
    }
    Map<String, Integer> index = prepared.lists.get(input.forAll).index;
    Value[] byKey = new Value[index.size()];
    if (isByKey(spot, input.place)) {
      Reads.eachMember(
          spot,
          pointer,
          index.keySet(),
          (member, place) ->
              byKey[index.get(member.name())] = stated(report, slot, member.value(), place));
      return new Entry(null, byKey);
    }
    Integer own = report.key == null ? null : index.get(report.key);
    if (own == null) {
      throw Reads.wrongType(
          spot, pointer, "每个对象各一个值", "an object with a value for each");
    }
    byKey[own] = stated(report, slot, spot, pointer);
    return new Entry(null, byKey);
  }

  /** Whether a value is written per key: an object, but not that of a judgement or statement. */
  private static boolean isByKey(Spot spot, String place) {
    return spot.node() instanceof Spot.Members members
        && (place.equals("values")
            || members.list().stream().noneMatch(member -> member.name().equals("value")));
  }

  private Value stated(Filed report, int slot, Spot spot, String pointer) {
    Set<String> known = CaseReader.BESIDE.get(report.block.inputs.get(slot).place);
    if (known == null) {
      return value(report, slot, spot, pointer);
    }
    Value[] data = {null};
    Reads.eachMember(
        spot,
        pointer,
        known,
        (member, place) -> {
          if (member.name().equals("value")) {
            data[0] = value(report, slot, member.value(), place);
          } else {
            Reads.string(member.value(), place);
          }
        });
    return data[0];
  }

  private Value value(Filed report, int slot, Spot spot, String pointer) {
    Entries reader = new Entries(prepared);
    Value data = reader.read(spot, report.block.inputs.get(slot).type, pointer);
    for (Entries.Fault fault : reader.faults) {
      report.faults.add(new Fault(slot, fault.path(), fault.problem()));
    }
    return data;
  }
}
