package programme.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A calendar of working days: some years, and the days on which they depart from their weeks. */
public final class Calendar {
  /** What is awaited beyond its years. */
  String key;

  /** Its first year. */
  int first;

  /** Its last year. */
  int last;

  /** Days off, of Monday to Friday. */
  final List<String> off = new ArrayList<>();

  /** Worked days of a weekend. */
  final List<String> worked = new ArrayList<>();

  /** Nothing is said of it yet. */
  public Calendar() {}

  /**
   * Says its key.
   *
   * @param key its key
   * @return this
   */
  public Calendar key(String key) {
    this.key = key;
    return this;
  }

  /**
   * Says its first year.
   *
   * @param first its first year
   * @return this
   */
  public Calendar first(int first) {
    this.first = first;
    return this;
  }

  /**
   * Says its last year.
   *
   * @param last its last year
   * @return this
   */
  public Calendar last(int last) {
    this.last = last;
    return this;
  }

  /**
   * Says days off.
   *
   * @param days days off
   * @return this
   */
  public Calendar off(String... days) {
    Collections.addAll(off, days);
    return this;
  }

  /**
   * Says worked days of a weekend.
   *
   * @param days worked days of a weekend
   * @return this
   */
  public Calendar worked(String... days) {
    Collections.addAll(worked, days);
    return this;
  }
}
