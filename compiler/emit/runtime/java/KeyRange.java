package programme.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The values that a quota's key has. */
public final class KeyRange {
  /** Those of a closed list. */
  String list;

  /** These. */
  final List<Expr> constants = new ArrayList<>();

  /** How they are shown. */
  ValueType type;

  /** Nothing is said of it yet. */
  public KeyRange() {}

  /**
   * Says those of a closed list.
   *
   * @param list those of a closed list
   * @return this
   */
  public KeyRange list(String list) {
    this.list = list;
    return this;
  }

  /**
   * Says these.
   *
   * @param more these
   * @return this
   */
  public KeyRange constants(Expr... more) {
    Collections.addAll(constants, more);
    return this;
  }

  /**
   * Says these.
   *
   * @param more these
   * @return this
   */
  public KeyRange constants(List<Expr> more) {
    constants.addAll(more);
    return this;
  }

  /**
   * Says how they are shown.
   *
   * @param type how they are shown
   * @return this
   */
  public KeyRange type(ValueType type) {
    this.type = type;
    return this;
  }
}
