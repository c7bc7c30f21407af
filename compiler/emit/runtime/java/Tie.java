package programme.runtime;

/** What becomes of equals at the cut. */
public final class Tie {
  /** What: {@code admit all}, {@code admit none} or {@code judged}. */
  String kind;

  /** Who parts them. */
  String by;

  /** Nothing is said of it yet. */
  public Tie() {}

  /**
   * Says what: {@code admit all}, {@code admit none} or {@code judged}.
   *
   * @param kind what: {@code admit all}, {@code admit none} or {@code judged}
   * @return this
   */
  public Tie kind(String kind) {
    this.kind = kind;
    return this;
  }

  /**
   * Says who parts them.
   *
   * @param by who parts them
   * @return this
   */
  public Tie by(String by) {
    this.by = by;
    return this;
  }
}
