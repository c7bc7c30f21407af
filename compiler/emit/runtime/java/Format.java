package programme.runtime;

/** A form in which a document is taken. */
public final class Format {
  /** Its name. */
  String name;

  /** Whether it bears a seal. */
  boolean sealed;

  /** Nothing is said of it yet. */
  public Format() {}

  /**
   * Says its name.
   *
   * @param name its name
   * @return this
   */
  public Format name(String name) {
    this.name = name;
    return this;
  }

  /**
   * Says that it bears a seal.
   *
   * @return this
   */
  public Format sealed() {
    sealed = true;
    return this;
  }
}
