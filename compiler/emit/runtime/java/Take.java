package programme.runtime;

import java.util.HashMap;
import java.util.Map;

/** How many are taken. */
public final class Take {
  /** How: {@code all}, {@code number}, {@code while}, {@code passing} or {@code nearest}. */
  String kind;

  /** By track, what is added up. */
  final Map<String, Expr> of = new HashMap<>();

  /** The number, the limit of the sum, or the sum wished for. */
  Expr limit;

  /** How that is shown. */
  ValueType type;

  /** The sum that there must be. */
  Expr least;

  /** Nothing is said of it yet. */
  public Take() {}

  /**
   * Says how: {@code all}, {@code number}, {@code while}, {@code passing} or
   * {@code nearest}.
   *
   * @param kind how: {@code all}, {@code number}, {@code while}, {@code passing} or
   * {@code nearest}
   * @return this
   */
  public Take kind(String kind) {
    this.kind = kind;
    return this;
  }

  /**
   * Says by track, what is added up.
   *
   * @param track the track's key
   * @param of by track, what is added up
   * @return this
   */
  public Take of(String track, Expr of) {
    this.of.put(track, of);
    return this;
  }

  /**
   * Says the number, the limit of the sum, or the sum wished for.
   *
   * @param limit the number, the limit of the sum, or the sum wished for
   * @return this
   */
  public Take limit(Expr limit) {
    this.limit = limit;
    return this;
  }

  /**
   * Says how that is shown.
   *
   * @param type how that is shown
   * @return this
   */
  public Take type(ValueType type) {
    this.type = type;
    return this;
  }

  /**
   * Says the sum that there must be.
   *
   * @param least the sum that there must be
   * @return this
   */
  public Take least(Expr least) {
    this.least = least;
    return this;
  }
}
