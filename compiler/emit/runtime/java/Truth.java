package programme.runtime;

/** Three-valued truth (Kleene): true, false, or an unknown with what is awaited. */
public sealed interface Truth extends Value permits Known, Unknown {
  /** True. */
  Truth TRUE = Known.TRUE;

  /** False. */
  Truth FALSE = Known.FALSE;

  /**
   * The truth of a condition that is known.
   *
   * @param value the condition
   * @return true or false
   */
  static Truth of(boolean value) {
    return value ? TRUE : FALSE;
  }
}
