package programme.runtime;

import java.util.List;

/**
 * A list or a set.
 *
 * @param list its items; one that was left out is null
 */
public record Items(List<Value> list) implements Value {
  /** Whether a chosen value is among the items. */
  boolean holds(Value value) {
    return list.contains(value);
  }
}
