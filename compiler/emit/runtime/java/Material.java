package programme.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A document. */
public final class Material extends Named {
  /** Whether there is one a package. */
  boolean perPackage;

  /** The tracks that ask for it. */
  final List<String> tracks = new ArrayList<>();

  /** Who gives it. */
  String by;

  /** The forms in which it is taken. */
  final List<Format> formats = new ArrayList<>();

  /** The channel through which it comes. */
  String channel;

  /** The stage at which it is given. */
  String at;

  /** By track, when it is asked for. */
  final Map<String, Expr> when = new HashMap<>();

  /** Whether it may be left out. */
  boolean optional;

  /** Whether it is asked for only where a rule needs it. */
  boolean onlyNeeded;

  /** The forms in which it is turned away. */
  final List<Refused> refuse = new ArrayList<>();

  /** Nothing is said of it yet. */
  public Material() {}

  /**
   * Says its key.
   *
   * @param key its key
   * @return this
   */
  public Material key(String key) {
    this.key = key;
    return this;
  }

  /**
   * Says its name, where that is another.
   *
   * @param name its name, where that is another
   * @return this
   */
  public Material name(String name) {
    this.name = name;
    return this;
  }

  /**
   * Says its label.
   *
   * @param zh the words, for all languages
   * @return this
   */
  public Material label(String zh) {
    label = new Words(zh, zh);
    return this;
  }

  /**
   * Says its label.
   *
   * @param zh the words in Chinese
   * @param en the words in English
   * @return this
   */
  public Material label(String zh, String en) {
    label = new Words(zh, en);
    return this;
  }

  /**
   * Says clause addresses.
   *
   * @param more clause addresses
   * @return this
   */
  public Material clauses(String... more) {
    Collections.addAll(clauses, more);
    return this;
  }

  /**
   * Says that there is one a package.
   *
   * @return this
   */
  public Material perPackage() {
    perPackage = true;
    return this;
  }

  /**
   * Says the tracks that ask for it.
   *
   * @param more the tracks that ask for it
   * @return this
   */
  public Material tracks(String... more) {
    Collections.addAll(tracks, more);
    return this;
  }

  /**
   * Says who gives it.
   *
   * @param by who gives it
   * @return this
   */
  public Material by(String by) {
    this.by = by;
    return this;
  }

  /**
   * Says the forms in which it is taken.
   *
   * @param more the forms in which it is taken
   * @return this
   */
  public Material formats(Format... more) {
    Collections.addAll(formats, more);
    return this;
  }

  /**
   * Says the channel through which it comes.
   *
   * @param channel the channel through which it comes
   * @return this
   */
  public Material channel(String channel) {
    this.channel = channel;
    return this;
  }

  /**
   * Says the stage at which it is given.
   *
   * @param at the stage at which it is given
   * @return this
   */
  public Material at(String at) {
    this.at = at;
    return this;
  }

  /**
   * Says by track, when it is asked for.
   *
   * @param track the track's key
   * @param when by track, when it is asked for
   * @return this
   */
  public Material when(String track, Expr when) {
    this.when.put(track, when);
    return this;
  }

  /**
   * Says that it may be left out.
   *
   * @return this
   */
  public Material optional() {
    optional = true;
    return this;
  }

  /**
   * Says that it is asked for only where a rule needs it.
   *
   * @return this
   */
  public Material onlyNeeded() {
    onlyNeeded = true;
    return this;
  }

  /**
   * Says the forms in which it is turned away.
   *
   * @param more the forms in which it is turned away
   * @return this
   */
  public Material refuse(Refused... more) {
    Collections.addAll(refuse, more);
    return this;
  }
}
