package programme.runtime;

/** A key of a table's row: which values it stands for. */
public abstract sealed class KeyCell permits KeyCell.Any, OneOf, Band {
  /** Nothing is said of it yet. */
  KeyCell() {}

  /**
   * A key of any value.
   *
   * @return the cell
   */
  public static KeyCell any() {
    return new Any();
  }

  /** Whether a known key fits. */
  abstract boolean fits(Scope c, Value key);

  /** The first value it names; null if it names none. */
  Value first(Scope c) {
    return null;
  }

  /** A key of any value. */
  static final class Any extends KeyCell {
    @Override
    boolean fits(Scope c, Value key) {
      return true;
    }
  }
}
