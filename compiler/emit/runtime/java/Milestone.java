package programme.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What an indicator must have reached when. */
public final class Milestone {
  /** The day by which. */
  Day by;

  /** Whether it is held every year. */
  boolean eachYear;

  /** The year of the block in which. */
  Integer year;

  /** Whether the sum over years is meant. */
  boolean total;

  /** Clause addresses. */
  final List<String> clauses = new ArrayList<>();

  /** What the value is held against. */
  Bound bound;

  /** Whether a miss is only noted. */
  boolean soft;

  /** The notice's words. */
  Words words;

  /** Nothing is said of it yet. */
  public Milestone() {}

  /**
   * Says the day by which.
   *
   * @param by the day by which
   * @return this
   */
  public Milestone by(Day by) {
    this.by = by;
    return this;
  }

  /**
   * Says that it is held every year.
   *
   * @return this
   */
  public Milestone eachYear() {
    eachYear = true;
    return this;
  }

  /**
   * Says the year of the block in which.
   *
   * @param year the year of the block in which
   * @return this
   */
  public Milestone year(int year) {
    this.year = year;
    return this;
  }

  /**
   * Says that the sum over years is meant.
   *
   * @return this
   */
  public Milestone total() {
    total = true;
    return this;
  }

  /**
   * Says clause addresses.
   *
   * @param more clause addresses
   * @return this
   */
  public Milestone clauses(String... more) {
    Collections.addAll(clauses, more);
    return this;
  }

  /**
   * Says what the value is held against.
   *
   * @param bound what the value is held against
   * @return this
   */
  public Milestone bound(Bound bound) {
    this.bound = bound;
    return this;
  }

  /**
   * Says that a miss is only noted.
   *
   * @return this
   */
  public Milestone soft() {
    soft = true;
    return this;
  }

  /**
   * Says the notice's words.
   *
   * @param zh the words, for all languages
   * @return this
   */
  public Milestone words(String zh) {
    words = new Words(zh, zh);
    return this;
  }

  /**
   * Says the notice's words.
   *
   * @param zh the words in Chinese
   * @param en the words in English
   * @return this
   */
  public Milestone words(String zh, String en) {
    words = new Words(zh, en);
    return this;
  }
}
