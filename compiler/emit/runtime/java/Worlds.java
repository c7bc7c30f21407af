package programme.runtime;

import java.util.ArrayList;
import java.util.List;

/** Readings: the worlds that follow from open ones and from other words. */
final class Worlds {
  /** How many worlds are evaluated at most; beyond, the rest stays open where it is used. */
  private static final int MOST = 256;

  private Worlds() {}

  /** Another word of one reading. */
  record Other(String reading, String word, List<Setting> settings) {
    /** What it would give. */
    Json.Members gives(String result) {
      return new Json.Members()
          .with("reading", reading)
          .with("result", result)
          .with("value", word);
    }
  }

  private static List<Setting> replaced(List<Setting> settings, int index, int word) {
    List<Setting> world = new ArrayList<>(settings);
    world.set(index, Setting.ofWord(word));
    return world;
  }

  /** One setting of all readings for every combination of the words of open readings in use. */
  static List<List<Setting>> of(Prepared prepared, List<Setting> settings, int[] uses) {
    List<List<Setting>> all = List.of(settings);
    for (int index : uses) {
      int words = prepared.readings.get(index).values.size();
      if (!settings.get(index).equals(Setting.OPEN) || words == 0 || all.size() * words > MOST) {
        continue;
      }
      List<List<Setting>> next = new ArrayList<>();
      for (List<Setting> world : all) {
        for (int word = 0; word < words; word++) {
          next.add(replaced(world, index, word));
        }
      }
      all = next;
    }
    return all;
  }

  /** Every other word of every reading in use, one reading at a time. */
  static List<Other> others(Prepared prepared, List<Setting> settings, int[] uses) {
    List<Other> others = new ArrayList<>();
    for (int index : uses) {
      Reading reading = prepared.readings.get(index);
      for (int word = 0; word < reading.values.size(); word++) {
        if (settings.get(index).word() != word) {
          List<Setting> there = replaced(settings, index, word);
          others.add(new Other(reading.key, reading.values.get(word), there));
        }
      }
    }
    return others;
  }
}
