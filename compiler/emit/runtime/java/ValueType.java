package programme.runtime;

/** How a value is shown. */
public final class ValueType {
  /** Its kind. */
  String kind;

  /** Digits after the point. */
  Integer digits;

  /** Its unit. */
  String unit;

  /** How many base units one of its unit is. */
  Exact size;

  /** Whether it is written as a JSON number. */
  boolean whole;

  /** The closed list. */
  String list;

  /** The group of fields. */
  String record;

  /** What each item of a list is. */
  ValueType item;

  /** Nothing is said of it yet. */
  public ValueType() {}

  /**
   * Says its kind.
   *
   * @param kind its kind
   * @return this
   */
  public ValueType kind(String kind) {
    this.kind = kind;
    return this;
  }

  /**
   * Says digits after the point.
   *
   * @param digits digits after the point
   * @return this
   */
  public ValueType digits(int digits) {
    this.digits = digits;
    return this;
  }

  /**
   * Says its unit.
   *
   * @param unit its unit
   * @return this
   */
  public ValueType unit(String unit) {
    this.unit = unit;
    return this;
  }

  /**
   * Says how many base units one of its unit is.
   *
   * @param size how many base units one of its unit is
   * @return this
   */
  public ValueType size(Exact size) {
    this.size = size;
    return this;
  }

  /**
   * Says that it is written as a JSON number.
   *
   * @return this
   */
  public ValueType whole() {
    whole = true;
    return this;
  }

  /**
   * Says the closed list.
   *
   * @param list the closed list
   * @return this
   */
  public ValueType list(String list) {
    this.list = list;
    return this;
  }

  /**
   * Says the group of fields.
   *
   * @param record the group of fields
   * @return this
   */
  public ValueType record(String record) {
    this.record = record;
    return this;
  }

  /**
   * Says what each item of a list is.
   *
   * @param item what each item of a list is
   * @return this
   */
  public ValueType item(ValueType item) {
    this.item = item;
    return this;
  }
}
