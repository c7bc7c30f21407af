package programme.runtime;

/** A value of the cases of one track: a key, what is compared, what is wished for. */
public final class KeyValue {
  /** Its value. */
  Expr value;

  /** How it is shown. */
  ValueType type;

  /** Nothing is said of it yet. */
  public KeyValue() {}

  /**
   * Says its value.
   *
   * @param value its value
   * @return this
   */
  public KeyValue value(Expr value) {
    this.value = value;
    return this;
  }

  /**
   * Says how it is shown.
   *
   * @param type how it is shown
   * @return this
   */
  public KeyValue type(ValueType type) {
    this.type = type;
    return this;
  }
}
