package programme.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A proposal of whom to take, of many cases. */
public final class Selection extends Named {
  /** The stage at which it is made. */
  String at;

  /** The keys by which candidates stand in groups. */
  final List<GroupKey> keys = new ArrayList<>();

  /** The tracks whose cases are candidates. */
  final List<String> tracks = new ArrayList<>();

  /** The tracks whose cases its numbers count, candidates or not. */
  final List<String> counted = new ArrayList<>();

  /** By track, which cases are candidates. */
  final Map<String, Expr> when = new HashMap<>();

  /** What the order compares, the weightiest first. */
  final List<Criterion> order = new ArrayList<>();

  /** How many are taken. */
  Take take;

  /** What becomes of equals at the cut. */
  Tie tied;

  /** How many wait. */
  Expr wait;

  /** The stage until which places that become free are filled again. */
  String refill;

  /** What is given by wish. */
  Assign assign;

  /** By track, the pointer under which is recorded what was decided. */
  final Map<String, String> recorded = new HashMap<>();

  /** The readings it depends on. */
  final List<String> readings = new ArrayList<>();

  /** Positions of the readings it depends on, ascending. */
  int[] uses;

  /** Nothing is said of it yet. */
  public Selection() {}

  /**
   * Says its key.
   *
   * @param key its key
   * @return this
   */
  public Selection key(String key) {
    this.key = key;
    return this;
  }

  /**
   * Says clause addresses.
   *
   * @param more clause addresses
   * @return this
   */
  public Selection clauses(String... more) {
    Collections.addAll(clauses, more);
    return this;
  }

  /**
   * Says its words.
   *
   * @param zh the words, for all languages
   * @return this
   */
  public Selection message(String zh) {
    label = new Words(zh, zh);
    return this;
  }

  /**
   * Says its words.
   *
   * @param zh the words in Chinese
   * @param en the words in English
   * @return this
   */
  public Selection message(String zh, String en) {
    label = new Words(zh, en);
    return this;
  }

  /**
   * Says the stage at which it is made.
   *
   * @param at the stage at which it is made
   * @return this
   */
  public Selection at(String at) {
    this.at = at;
    return this;
  }

  /**
   * Says the keys by which candidates stand in groups.
   *
   * @param more the keys by which candidates stand in groups
   * @return this
   */
  public Selection keys(GroupKey... more) {
    Collections.addAll(keys, more);
    return this;
  }

  /**
   * Says the tracks whose cases are candidates.
   *
   * @param more the tracks whose cases are candidates
   * @return this
   */
  public Selection tracks(String... more) {
    Collections.addAll(tracks, more);
    return this;
  }

  /**
   * Says the tracks whose cases its numbers count, candidates or not.
   *
   * @param more the tracks whose cases its numbers count
   * @return this
   */
  public Selection counted(String... more) {
    Collections.addAll(counted, more);
    return this;
  }

  /**
   * Says by track, which cases are candidates.
   *
   * @param track the track's key
   * @param when by track, which cases are candidates
   * @return this
   */
  public Selection when(String track, Expr when) {
    this.when.put(track, when);
    return this;
  }

  /**
   * Says what the order compares, the weightiest first.
   *
   * @param more what the order compares, the weightiest first
   * @return this
   */
  public Selection order(Criterion... more) {
    Collections.addAll(order, more);
    return this;
  }

  /**
   * Says how many are taken.
   *
   * @param take how many are taken
   * @return this
   */
  public Selection take(Take take) {
    this.take = take;
    return this;
  }

  /**
   * Says what becomes of equals at the cut.
   *
   * @param tied what becomes of equals at the cut
   * @return this
   */
  public Selection tied(Tie tied) {
    this.tied = tied;
    return this;
  }

  /**
   * Says how many wait.
   *
   * @param wait how many wait
   * @return this
   */
  public Selection wait(Expr wait) {
    this.wait = wait;
    return this;
  }

  /**
   * Says the stage until which places that become free are filled again.
   *
   * @param refill the stage until which places that become free are filled again
   * @return this
   */
  public Selection refill(String refill) {
    this.refill = refill;
    return this;
  }

  /**
   * Says what is given by wish.
   *
   * @param assign what is given by wish
   * @return this
   */
  public Selection assign(Assign assign) {
    this.assign = assign;
    return this;
  }

  /**
   * Says by track, the pointer under which is recorded what was decided.
   *
   * @param track the track's key
   * @param recorded by track, the pointer under which is recorded what was decided
   * @return this
   */
  public Selection recorded(String track, String recorded) {
    this.recorded.put(track, recorded);
    return this;
  }

  /**
   * Says the readings it depends on.
   *
   * @param more the readings it depends on
   * @return this
   */
  public Selection readings(String... more) {
    Collections.addAll(readings, more);
    return this;
  }
}
