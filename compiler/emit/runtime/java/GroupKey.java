package programme.runtime;

import java.util.HashMap;
import java.util.Map;

/** A key by which cases stand in groups: of a quota, or of a selection. */
public final class GroupKey {
  /** Its name. */
  String name;

  /** The values it has. */
  KeyRange range;

  /** By track, its value. */
  final Map<String, KeyValue> of = new HashMap<>();

  /** Nothing is said of it yet. */
  public GroupKey() {}

  /**
   * Says its name.
   *
   * @param name its name
   * @return this
   */
  public GroupKey name(String name) {
    this.name = name;
    return this;
  }

  /**
   * Says the values it has.
   *
   * @param range the values it has
   * @return this
   */
  public GroupKey range(KeyRange range) {
    this.range = range;
    return this;
  }

  /**
   * Says by track, its value.
   *
   * @param track the track's key
   * @param of by track, its value
   * @return this
   */
  public GroupKey of(String track, KeyValue of) {
    this.of.put(track, of);
    return this;
  }
}
