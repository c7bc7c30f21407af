package programme.runtime;

/** An item of a list, or a chosen value of a closed list. */
public final class Item {
  private final Value data;

  Item(Value data) {
    this.data = data;
  }

  /**
   * The item itself.
   *
   * @return its value
   */
  public Value value() {
    return Expressions.valueOf(data, "", "other", false, null, null);
  }

  /**
   * A field of the item.
   *
   * @param key the field's key
   * @return its value
   */
  public Value field(String key) {
    return data instanceof Fields
        ? Expressions.field(data, key)
        : Unknown.awaited(key, "other");
  }
}
