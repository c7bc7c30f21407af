package programme.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A choice of interpretation. */
public final class Reading extends Named {
  /** The built-in reading that it is. */
  String builtin;

  /** The keys of its words. */
  final List<String> values = new ArrayList<>();

  /** The names of its words, where they are others. */
  final List<String> names = new ArrayList<>();

  /** The position of the programme's own choice. */
  Integer chosen;

  /** The band, as a fraction of one. */
  Exact band;

  /** What it ends with. */
  Expr ends;

  /** Nothing is said of it yet. */
  public Reading() {}

  /**
   * Says its key.
   *
   * @param key its key
   * @return this
   */
  public Reading key(String key) {
    this.key = key;
    return this;
  }

  /**
   * Says its name, where that is another.
   *
   * @param name its name, where that is another
   * @return this
   */
  public Reading name(String name) {
    this.name = name;
    return this;
  }

  /**
   * Says its label.
   *
   * @param zh the words, for all languages
   * @return this
   */
  public Reading label(String zh) {
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
  public Reading label(String zh, String en) {
    label = new Words(zh, en);
    return this;
  }

  /**
   * Says the built-in reading that it is.
   *
   * @param builtin the built-in reading that it is
   * @return this
   */
  public Reading builtin(String builtin) {
    this.builtin = builtin;
    return this;
  }

  /**
   * Says the keys of its words.
   *
   * @param more the keys of its words
   * @return this
   */
  public Reading values(String... more) {
    Collections.addAll(values, more);
    return this;
  }

  /**
   * Says the names of its words, where they are others.
   *
   * @param more the names of its words, where they are others
   * @return this
   */
  public Reading names(String... more) {
    Collections.addAll(names, more);
    return this;
  }

  /**
   * Says the position of the programme's own choice.
   *
   * @param chosen the position of the programme's own choice
   * @return this
   */
  public Reading chosen(int chosen) {
    this.chosen = chosen;
    return this;
  }

  /**
   * Says the band, as a fraction of one.
   *
   * @param band the band, as a fraction of one
   * @return this
   */
  public Reading band(Exact band) {
    this.band = band;
    return this;
  }

  /**
   * Says what it ends with.
   *
   * @param ends what it ends with
   * @return this
   */
  public Reading ends(Expr ends) {
    this.ends = ends;
    return this;
  }
}
