package programme.runtime;

/** One track's part of an aggregate over cases. */
public final class OfCases {
  /** The track. */
  String track;

  /** Which cases count. */
  Expr where;

  /** What is taken of each. */
  Expr value;

  /** Which cases are the base of a share. */
  Expr base;

  /** Which cases are the part of a share. */
  Expr part;

  /** Nothing is said of it yet. */
  public OfCases() {}

  /**
   * Says the track.
   *
   * @param track the track
   * @return this
   */
  public OfCases track(String track) {
    this.track = track;
    return this;
  }

  /**
   * Says which cases count.
   *
   * @param where which cases count
   * @return this
   */
  public OfCases where(Expr where) {
    this.where = where;
    return this;
  }

  /**
   * Says what is taken of each.
   *
   * @param value what is taken of each
   * @return this
   */
  public OfCases value(Expr value) {
    this.value = value;
    return this;
  }

  /**
   * Says which cases are the base of a share.
   *
   * @param base which cases are the base of a share
   * @return this
   */
  public OfCases base(Expr base) {
    this.base = base;
    return this;
  }

  /**
   * Says which cases are the part of a share.
   *
   * @param part which cases are the part of a share
   * @return this
   */
  public OfCases part(Expr part) {
    this.part = part;
    return this;
  }
}
