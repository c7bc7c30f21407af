package programme.runtime;

import java.util.HashMap;
import java.util.Map;

/** What an order compares. */
public final class Criterion {
  /** How it is written. */
  String name;

  /** Whether the highest stands first. */
  boolean highest;

  /** By track, what is compared. */
  final Map<String, KeyValue> of = new HashMap<>();

  /** Nothing is said of it yet. */
  public Criterion() {}

  /**
   * Says how it is written.
   *
   * @param name how it is written
   * @return this
   */
  public Criterion name(String name) {
    this.name = name;
    return this;
  }

  /**
   * Says that the highest stands first.
   *
   * @return this
   */
  public Criterion highest() {
    highest = true;
    return this;
  }

  /**
   * Says by track, what is compared.
   *
   * @param track the track's key
   * @param of by track, what is compared
   * @return this
   */
  public Criterion of(String track, KeyValue of) {
    this.of.put(track, of);
    return this;
  }
}
