package programme.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The cases, packages and decisions of a batch, in the order given. */
final class Batch {
  /** What a sender handed in together. */
  static final class Package {
    String id;
    String stage;
    String by;
    Value at;
    String channel;

    /** Values by key name; a bare one stands under the empty name. */
    Map<String, String> key = new LinkedHashMap<>();

    List<String> cases = List.of();

    /** Rows of a summary, their cells by pointer; null if there is none. */
    List<Map<String, Value>> summary;

    Map<String, List<Case.Copy>> materials = Map.of();
    Map<String, String> reasons = Map.of();
  }

  /** A decision on a group of a quota. */
  static final class Decision {
    String quota;
    Map<String, String> key = new LinkedHashMap<>();
    String by;
    String why;
    String at;

    /** Whether it is on the group of this name. */
    boolean isOn(Quota of, List<String> group) {
      for (Map.Entry<String, String> part : key.entrySet()) {
        boolean fits = false;
        for (int i = 0; i < of.keys.size(); i++) {
          boolean named =
              part.getKey().isEmpty() || of.keys.get(i).name.equals(part.getKey());
          fits |= named && part.getValue().equals(group.get(i));
        }
        if (!fits) {
          return false;
        }
      }
      return true;
    }
  }

  final List<Case> cases = new ArrayList<>();
  final List<Package> packages = new ArrayList<>();
  final List<Decision> decisions = new ArrayList<>();

  /** Ids of the cases; one without is called by its place among the cases. */
  List<String> ids() {
    List<String> ids = new ArrayList<>(cases.size());
    for (Case one : cases) {
      ids.add(one.id == null ? "#" + (ids.size() + 1) : one.id);
    }
    return ids;
  }

  /** The scenes of all cases, under one setting of readings. */
  List<Scene> scenes(Prepared prepared, List<Setting> settings, Value on) {
    List<Scene> scenes = new ArrayList<>(cases.size());
    for (Case one : cases) {
      scenes.add(new Scene(prepared, one, settings, on, true));
    }
    return scenes;
  }
}
