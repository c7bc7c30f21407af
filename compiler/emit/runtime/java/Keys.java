package programme.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keys by which cases stand in groups: which groups there are, and which cases belong to each.
 *
 * <p>Always: a case whose key is blank may be in any group; groups are ordered by the ranges of their
 * keys, present keys by their text.
 */
final class Keys {
  private Keys() {}

  /** The key of one case: known, open with needs, or none (both null): then it is in no group. */
  private record CaseKey(String text, Value value, List<Need> needs) {
    boolean isNone() {
      return text == null && needs == null;
    }
  }

  /** A value that a key has. */
  record KeyText(String text, Value value) {}

  /** A case and whether it counts. */
  record Counted(int at, Truth counts) {}

  /** A group: its keys as text and value, and its members. */
  record KeyGroup(List<String> name, List<Value> values, List<Group.Member> members) {}

  /** What groups cases: the keys, and the tracks whose cases count. */
  record Grouping(List<GroupKey> keys, List<String> tracks) {}

  /** A case whose track counts, with its keys. */
  private record Keyed(int at, Truth counts, List<CaseKey> keys) {
    List<String> name() {
      return keys.stream().map(CaseKey::text).toList();
    }

    boolean isKnown() {
      return keys.stream().allMatch(key -> key.text != null);
    }

    /** Whether the case is in the group of this name. */
    Truth belongs(List<String> name) {
      List<Truth> same = new ArrayList<>();
      for (int i = 0; i < keys.size(); i++) {
        CaseKey key = keys.get(i);
        boolean fits = key.text != null && key.text.equals(name.get(i));
        same.add(key.needs == null ? Truth.of(fits) : new Unknown(key.needs));
      }
      return Truths.allOf(same);
    }
  }

  /** Where a case stands among a quota's groups: in one, in any as far as known, or in none. */
  record Place(boolean anywhere, List<String> group) {
    boolean isNone() {
      return !anywhere && group == null;
    }
  }

  /** A key's value as data shows it; null where it has none. */
  static String text(ValueType type, Value value) {
    if (value instanceof Text text) {
      return text.text();
    }
    if (value instanceof Known known) {
      return known == Known.TRUE ? "true" : "false";
    }
    if (value instanceof Exact number) {
      boolean typed = type != null && type.kind.equals("number");
      return typed ? String.valueOf(Reports.number(number, type)) : number.toString();
    }
    return value instanceof Day day ? day.show() : null;
  }

  private static CaseKey caseKey(GroupKey key, Scene scene) {
    KeyValue of = key.of.get(scene.track.key);
    Value value = of == null ? null : of.value.of(scene);
    String text = of == null ? null : text(of.type, value);
    if (text != null) {
      return new CaseKey(text, value, null);
    }
    return new CaseKey(null, null, value instanceof Unknown open ? open.needs() : null);
  }

  /** The text of a case's key of this name; null if it is not known. */
  static String named(Quota quota, String name, Scene scene) {
    for (GroupKey key : quota.keys) {
      if (key.name.equals(name)) {
        return caseKey(key, scene).text;
      }
    }
    return null;
  }

  /** Where a case stands among a quota's groups. */
  static Place placeOf(Quota quota, Scene scene) {
    List<CaseKey> keys = quota.keys.stream().map(key -> caseKey(key, scene)).toList();
    if (keys.stream().anyMatch(CaseKey::isNone)) {
      return new Place(false, null);
    }
    Keyed keyed = new Keyed(0, Truth.TRUE, keys);
    return keyed.isKnown() ? new Place(false, keyed.name()) : new Place(true, null);
  }

  /** All groups there are, with the cases given. */
  static List<KeyGroup> groups(
      Prepared prepared,
      Grouping by,
      List<Scene> scenes,
      List<Counted> cases,
      List<Setting> settings) {
    List<Keyed> keyed = new ArrayList<>();
    for (Counted one : cases) {
      Scene scene = scenes.get(one.at);
      if (by.tracks.contains(scene.track.key)) {
        List<CaseKey> keys = by.keys.stream().map(key -> caseKey(key, scene)).toList();
        keyed.add(new Keyed(one.at, one.counts, keys));
      }
    }
    List<List<KeyText>> ranges = new ArrayList<>();
    for (int i = 0; i < by.keys.size(); i++) {
      ranges.add(range(prepared, by.keys.get(i), i, keyed, settings));
    }
    List<KeyGroup> groups = product(ranges);
    Map<List<String>, KeyGroup> byName = new HashMap<>();
    groups.forEach(group -> byName.put(group.name, group));
    for (Keyed one : keyed) {
      place(one, groups, byName);
    }
    return groups;
  }

  private static void place(Keyed one, List<KeyGroup> groups, Map<List<String>, KeyGroup> byName) {
    // One that does not count still shows its keys.
    if (one.counts == Truth.FALSE) {
      return;
    }
    if (one.isKnown()) {
      KeyGroup group = byName.get(one.name());
      if (group != null) {
        group.members.add(new Group.Member(one.at, one.counts));
      }
      return;
    }
    for (KeyGroup group : groups) {
      Truth belongs = one.belongs(group.name);
      if (belongs != Truth.FALSE) {
        group.members.add(new Group.Member(one.at, Truths.and(one.counts, belongs)));
      }
    }
  }

  /** The values that a key has. */
  private static List<KeyText> range(
      Prepared prepared, GroupKey key, int index, List<Keyed> keyed, List<Setting> settings) {
    List<KeyText> values = new ArrayList<>();
    if (key.range.list != null) {
      for (String text : prepared.lists.get(key.range.list).index.keySet()) {
        values.add(new KeyText(text, new Text(text)));
      }
      return values;
    }
    constants(prepared, key.range, settings)
        .forEach((text, value) -> values.add(new KeyText(text, value)));
    Set<String> known = new HashSet<>();
    values.forEach(value -> known.add(value.text));
    List<KeyText> present = new ArrayList<>();
    for (Keyed one : keyed) {
      CaseKey own = one.keys.get(index);
      if (own.text != null && known.add(own.text)) {
        present.add(new KeyText(own.text, own.value));
      }
    }
    present.sort((a, b) -> a.text.compareTo(b.text));
    values.addAll(present);
    return values;
  }

  /** The constant keys of the table that the check indexes with this key. */
  private static Map<String, Value> constants(
      Prepared prepared, KeyRange range, List<Setting> settings) {
    Group scope = new Group(prepared, settings);
    Map<String, Value> values = new LinkedHashMap<>();
    for (Expr constant : range.constants) {
      Value value = constant.of(scope);
      String text = text(range.type, value);
      if (text != null) {
        values.putIfAbsent(text, value);
      }
    }
    return values;
  }

  /** Every combination of keys, the last key changing fastest. Without keys there is one group. */
  private static List<KeyGroup> product(List<List<KeyText>> ranges) {
    List<KeyGroup> groups = List.of(new KeyGroup(List.of(), List.of(), new ArrayList<>()));
    for (List<KeyText> range : ranges) {
      List<KeyGroup> next = new ArrayList<>();
      for (KeyGroup group : groups) {
        for (KeyText key : range) {
          List<String> name = new ArrayList<>(group.name);
          name.add(key.text);
          List<Value> values = new ArrayList<>(group.values);
          values.add(key.value);
          next.add(new KeyGroup(name, values, new ArrayList<>()));
        }
      }
      groups = next;
    }
    return groups;
  }
}
