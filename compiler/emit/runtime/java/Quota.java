package programme.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A quota. */
public final class Quota extends Named {
  /** Its strength. */
  String strength;

  /** The stage at which it is judged. */
  String at;

  /** Its keys. */
  final List<GroupKey> keys = new ArrayList<>();

  /** Whether every group is meant. */
  boolean every;

  /** Its guard. */
  Expr when;

  /** The check. */
  Expr test;

  /** The value. */
  Expr value;

  /** How the value is shown. */
  ValueType type;

  /** Whether the value is a share. */
  boolean share;

  /** Whether the value only grows with more cases. */
  boolean grows;

  /** What the value is held against. */
  Bound bound;

  /** Whom it binds. */
  Binding binding;

  /** By track, what becomes of the cases of a breaching group. */
  final Map<String, String> outcome = new HashMap<>();

  /** Whether a breach is only noted. */
  boolean soft;

  /** The readings it depends on. */
  final List<String> readings = new ArrayList<>();

  /** The tracks whose cases count. */
  final List<String> tracks = new ArrayList<>();

  /** Positions of the readings it depends on. */
  int[] uses;

  /** Nothing is said of it yet. */
  public Quota() {}

  /**
   * Says its key.
   *
   * @param key its key
   * @return this
   */
  public Quota key(String key) {
    this.key = key;
    return this;
  }

  /**
   * Says clause addresses.
   *
   * @param more clause addresses
   * @return this
   */
  public Quota clauses(String... more) {
    Collections.addAll(clauses, more);
    return this;
  }

  /**
   * Says its words.
   *
   * @param zh the words, for all languages
   * @return this
   */
  public Quota message(String zh) {
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
  public Quota message(String zh, String en) {
    label = new Words(zh, en);
    return this;
  }

  /**
   * Says its strength.
   *
   * @param strength its strength
   * @return this
   */
  public Quota strength(String strength) {
    this.strength = strength;
    return this;
  }

  /**
   * Says the stage at which it is judged.
   *
   * @param at the stage at which it is judged
   * @return this
   */
  public Quota at(String at) {
    this.at = at;
    return this;
  }

  /**
   * Says its keys.
   *
   * @param more its keys
   * @return this
   */
  public Quota keys(GroupKey... more) {
    Collections.addAll(keys, more);
    return this;
  }

  /**
   * Says that every group is meant.
   *
   * @return this
   */
  public Quota every() {
    every = true;
    return this;
  }

  /**
   * Says its guard.
   *
   * @param when its guard
   * @return this
   */
  public Quota when(Expr when) {
    this.when = when;
    return this;
  }

  /**
   * Says the check.
   *
   * @param test the check
   * @return this
   */
  public Quota test(Expr test) {
    this.test = test;
    return this;
  }

  /**
   * Says the value.
   *
   * @param value the value
   * @return this
   */
  public Quota value(Expr value) {
    this.value = value;
    return this;
  }

  /**
   * Says how the value is shown.
   *
   * @param type how the value is shown
   * @return this
   */
  public Quota type(ValueType type) {
    this.type = type;
    return this;
  }

  /**
   * Says that the value is a share.
   *
   * @return this
   */
  public Quota share() {
    share = true;
    return this;
  }

  /**
   * Says that the value only grows with more cases.
   *
   * @return this
   */
  public Quota grows() {
    grows = true;
    return this;
  }

  /**
   * Says what the value is held against.
   *
   * @param bound what the value is held against
   * @return this
   */
  public Quota bound(Bound bound) {
    this.bound = bound;
    return this;
  }

  /**
   * Says whom it binds.
   *
   * @param binding whom it binds
   * @return this
   */
  public Quota binding(Binding binding) {
    this.binding = binding;
    return this;
  }

  /**
   * Says by track, what becomes of the cases of a breaching group.
   *
   * @param track the track's key
   * @param outcome by track, what becomes of the cases of a breaching group
   * @return this
   */
  public Quota outcome(String track, String outcome) {
    this.outcome.put(track, outcome);
    return this;
  }

  /**
   * Says that a breach is only noted.
   *
   * @return this
   */
  public Quota soft() {
    soft = true;
    return this;
  }

  /**
   * Says the readings it depends on.
   *
   * @param more the readings it depends on
   * @return this
   */
  public Quota readings(String... more) {
    Collections.addAll(readings, more);
    return this;
  }

  /**
   * Says the tracks whose cases count.
   *
   * @param more the tracks whose cases count
   * @return this
   */
  public Quota tracks(String... more) {
    Collections.addAll(tracks, more);
    return this;
  }
}
