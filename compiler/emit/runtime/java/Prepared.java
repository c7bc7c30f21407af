package programme.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A programme made ready once for many cases: its declarations by key, with where entries stand,
 * bounds of blank numbers and the settings of readings.
 *
 * <p>Always: nothing of a case; the same for every case.
 */
final class Prepared {
  final String programme;
  final String version;
  final Zone zone;

  /** Null where the programme counts no working days. */
  final WorkingDays workingDays;

  final List<Reading> readings;
  final List<Route> routes;
  final List<Summary> summaries;
  final List<Quota> quotas;
  final List<Selection> selections;
  final List<Targets> targets;
  final List<Setting> settings;
  final Map<String, Integer> readingIndex = new LinkedHashMap<>();
  final Map<String, Integer> builtins = new HashMap<>();
  final Map<String, Actor> actors;
  final Map<String, ClosedList> lists;
  final Map<String, RecordType> records;
  final Map<String, Table> tables;
  final Map<String, Constant> constants;
  final Map<String, Material> materials;
  final Map<String, Track> tracks;

  /** The stages' keys, in order. */
  final Set<String> stages = new LinkedHashSet<>();

  /** Keys of stages by key and by name. */
  final Map<String, String> stageNames = new HashMap<>();

  /** The first stage of any route by its key. */
  private final Map<String, Stage> anyStages = new HashMap<>();

  final Set<String> quotaKeys = new LinkedHashSet<>();
  final Set<String> packageMaterialKeys = new LinkedHashSet<>();

  /** Members of a summary's row; under a common head, the columns below it. */
  final Map<String, Set<String>> summaryHeads = new LinkedHashMap<>();

  Prepared(Definition definition) {
    programme = definition.programme;
    version = definition.version;
    zone = definition.zone;
    workingDays = definition.calendar == null ? null : new WorkingDays(definition.calendar);
    readings = definition.readings;
    routes = definition.routes;
    summaries = definition.summaries;
    quotas = definition.quotas;
    selections = definition.selections;
    targets = definition.targets;
    settings = readings.stream().map(Setting::of).toList();
    for (int i = 0; i < readings.size(); i++) {
      readingIndex.put(readings.get(i).key, i);
      if (readings.get(i).builtin != null) {
        builtins.put(readings.get(i).builtin, i);
      }
    }
    actors = byKey(definition.actors, actor -> actor.key);
    lists = byKey(definition.lists, list -> list.key);
    records = byKey(definition.records, record -> record.key);
    tables = byKey(definition.tables, table -> table.key);
    constants = byKey(definition.constants, constant -> constant.key);
    materials = byKey(definition.materials, material -> material.key);
    tracks = byKey(definition.tracks, track -> track.key);
    definition.lists.forEach(Prepared::index);
    definition.records.forEach(Prepared::index);
    prepareStages(definition);
    for (Quota quota : quotas) {
      quota.uses = uses(quota.readings);
      quotaKeys.add(quota.key);
    }
    for (Selection selection : selections) {
      selection.uses = uses(selection.readings);
      Arrays.sort(selection.uses);
    }
    for (Material material : definition.materials) {
      if (material.perPackage) {
        packageMaterialKeys.add(material.key);
      }
    }
    prepareHeads();
    targets.forEach(this::prepareTargets);
    definition.tracks.forEach(this::prepareTrack);
  }

  private static <T> Map<String, T> byKey(List<T> declared, Function<T, String> key) {
    Map<String, T> all = new LinkedHashMap<>();
    declared.forEach(one -> all.put(key.apply(one), one));
    return all;
  }

  private static void index(ClosedList list) {
    list.values.forEach(choice -> list.index.put(choice.key, list.index.size()));
  }

  private static void index(RecordType record) {
    for (RecordField field : record.fields) {
      record.index.put(field.key, record.index.size());
      field.least = Entries.toBase(field.type, Entries.lowest(field.type));
      field.most = Entries.toBase(field.type, Entries.highest(field.type));
    }
  }

  private int[] uses(List<String> keys) {
    return keys.stream().mapToInt(readingIndex::get).toArray();
  }

  private void prepareStages(Definition definition) {
    for (StageName stage : definition.stages) {
      stages.add(stage.key);
      stageNames.put(stage.name == null ? stage.key : stage.name, stage.key);
      stageNames.put(stage.key, stage.key);
    }
    for (Route route : routes) {
      route.stages.forEach(stage -> anyStages.putIfAbsent(stage.key, stage));
    }
  }

  /** Under `case` and each column's first name, the columns below it. */
  private void prepareHeads() {
    summaryHeads.put("case", new LinkedHashSet<>());
    for (Summary summary : summaries) {
      for (Column column : summary.columns) {
        List<String> names = Pointer.segments(column.pointer);
        Set<String> inner =
            summaryHeads.computeIfAbsent(names.get(0), head -> new LinkedHashSet<>());
        inner.addAll(names.subList(1, names.size()));
      }
    }
  }

  private void prepareTargets(Targets block) {
    for (TargetInput input : block.inputs) {
      input.least = Entries.toBase(input.type, Entries.lowest(input.type));
      input.most = Entries.toBase(input.type, Entries.highest(input.type));
    }
    for (Indicator indicator : block.indicators) {
      indicator.uses = uses(indicator.readings);
    }
  }

  private void prepareTrack(Track track) {
    for (Input input : track.inputs) {
      track.slots.put(input.pointer, track.slots.size());
      input.least = Entries.toBase(input.type, Entries.lowest(input.type));
      input.most = Entries.toBase(input.type, Entries.highest(input.type));
    }
    track.rules.forEach(rule -> track.ruleIndex.put(rule.key, track.ruleIndex.size()));
    track.lets.forEach(named -> track.letIndex.put(named.key, track.letIndex.size()));
    track.materialKeys.addAll(track.materials);
    track.stages = track.route == null ? List.of() : routes.get(track.route).stages;
    for (int i = 0; i < track.stages.size(); i++) {
      track.stageIndex.putIfAbsent(track.stages.get(i).key, i);
    }
    track.uses = uses(track.readings);
    track.shape = Shape.of(track);
    track.steps = steps(track);
    for (Rule rule : track.rules) {
      rule.waivedByRules = positions(track, rule.waivedBy);
    }
    track.ordered = positions(track, track.order);
  }

  private static int[] positions(Track track, List<String> rules) {
    return rules.stream().mapToInt(track.ruleIndex::get).toArray();
  }

  /** What findings are made for, by position instead of key. */
  private List<Step> steps(Track track) {
    List<Step> steps = new ArrayList<>();
    for (Declared one : track.declared) {
      if (one.input != null) {
        steps.add(new Step.OfInput(track.slots.get(one.input)));
      } else if (one.rule != null) {
        steps.add(new Step.OfRule(track.ruleIndex.get(one.rule)));
      } else if (one.material != null) {
        steps.add(new Step.OfMaterial(materials.get(one.material)));
      } else {
        steps.add(new Step.OfStage(track.stageIndex.get(one.stage)));
      }
    }
    return steps;
  }

  /** A stage of any route; null if none has it. */
  Stage anyStage(String key) {
    return key == null ? null : anyStages.get(key);
  }

  /** A day, or a moment's local day; null for anything else. */
  Day localDay(Value time) {
    if (time instanceof Day day) {
      return day;
    }
    return time instanceof Moment moment && zone != null ? zone.dayOf(moment) : null;
  }

  /** A moment, or a day's first; null for anything else. */
  Moment startOf(Value time) {
    if (time instanceof Moment moment) {
      return moment;
    }
    return time instanceof Day day && zone != null ? zone.startOf(day) : null;
  }

  /** The day so much later, or earlier; null beyond the year 9999 and beyond the calendar. */
  Day later(Day day, Duration by) {
    return by.unit() == Duration.Unit.WORKING_DAYS
        ? workingDays.plus(day, by.count())
        : day.shifted(by.count(), by.unit());
  }

  /** The last day of what begins on a day and takes so long, both included. */
  Day lastDay(Day from, Duration length) {
    if (length.unit() == Duration.Unit.WORKING_DAYS) {
      return workingDays.plus(new Day(from.number() - 1), length.count());
    }
    Day free = later(from, length);
    return free == null ? null : new Day(free.number() - 1);
  }

  /** Unknown, since a day so much later can't be counted. */
  Unknown outOfReach(Duration by) {
    return by.unit() == Duration.Unit.WORKING_DAYS
        ? Unknown.awaited(workingDays.key, "other")
        : Unknown.BLANK;
  }

  /** A deadline's value as a day: midnight belongs to the day that ends then. */
  Value asDay(Value value) {
    if (!(value instanceof Moment moment)) {
      return value;
    }
    return zone == null ? Unknown.SILENT : zone.dayOf(new Moment(moment.seconds() - 1));
  }
}
