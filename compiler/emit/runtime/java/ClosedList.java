package programme.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A closed list. */
public final class ClosedList {
  /** Its key. */
  String key;

  /** {@code lowest first} or {@code best first}. */
  String order;

  /** Its values. */
  final List<Choice> values = new ArrayList<>();

  /** The place of each key. */
  final Map<String, Integer> index = new LinkedHashMap<>();

  /** The rank of a value: of a {@code best first} list the first ranks highest. */
  int level(String value) {
    int place = index.get(value);
    return "best first".equals(order) ? -place : place;
  }

  /** Nothing is said of it yet. */
  public ClosedList() {}

  /**
   * Says its key.
   *
   * @param key its key
   * @return this
   */
  public ClosedList key(String key) {
    this.key = key;
    return this;
  }

  /**
   * Says {@code lowest first} or {@code best first}.
   *
   * @param order {@code lowest first} or {@code best first}
   * @return this
   */
  public ClosedList order(String order) {
    this.order = order;
    return this;
  }

  /**
   * Says its values.
   *
   * @param more its values
   * @return this
   */
  public ClosedList values(Choice... more) {
    Collections.addAll(values, more);
    return this;
  }

  /**
   * Says its values.
   *
   * @param more its values
   * @return this
   */
  public ClosedList values(List<Choice> more) {
    values.addAll(more);
    return this;
  }
}
