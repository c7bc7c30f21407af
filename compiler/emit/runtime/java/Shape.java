package programme.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where entries of a track may stand: a tree by name, down to inputs and rules. */
final class Shape {
  private static final Shape NOTHING = new Shape();
  private final Map<String, Shape> children = new LinkedHashMap<>();

  /** Of an input its position in the track, else -1. */
  int slot = -1;

  /** Of a rule or member its key, else null. */
  String key;

  /** The tree of a track. */
  static Shape of(Track track) {
    Shape root = new Shape();
    for (int slot = 0; slot < track.inputs.size(); slot++) {
      Shape leaf = root.put(Pointer.segments(track.inputs.get(slot).pointer));
      if (leaf != null) {
        leaf.slot = slot;
      }
    }
    for (Rule rule : track.rules) {
      root.sheets(rule.key, rule.test);
    }
    root.sort();
    return root;
  }

  private void sheets(String key, Test test) {
    if (test instanceof Threshold threshold) {
      for (TestMember member : threshold.members) {
        sheets(member.key, member.test);
      }
    } else if (test instanceof JudgedTest) {
      sheet("judgements", key);
    } else if (test instanceof AttestedTest) {
      sheet("attested", key);
    } else if (test instanceof ExternalTest) {
      sheet("external", key);
    }
  }

  private void sheet(String place, String key) {
    Shape leaf = put(List.of(place, key));
    if (leaf != null) {
      leaf.key = key;
    }
  }

  private boolean isLeaf() {
    return slot >= 0 || key != null;
  }

  /** A new leaf; null where something stands already. */
  private Shape put(List<String> path) {
    Shape at = this;
    for (String name : path.subList(0, path.size() - 1)) {
      at = at.children.computeIfAbsent(name, n -> new Shape());
      if (at.isLeaf()) {
        return null;
      }
    }
    Shape leaf = new Shape();
    return at.children.putIfAbsent(path.get(path.size() - 1), leaf) == null ? leaf : null;
  }

  /** Brings names in order. */
  private void sort() {
    List<String> names = new ArrayList<>(children.keySet());
    names.sort(Texts::compare);
    Map<String, Shape> found = Map.copyOf(children);
    children.clear();
    for (String name : names) {
      children.put(name, found.get(name));
      found.get(name).sort();
    }
  }

  /** The names known here. */
  Set<String> names() {
    return children.keySet();
  }

  /** What stands under a name. */
  Shape child(String name) {
    return children.getOrDefault(name, NOTHING);
  }
}
