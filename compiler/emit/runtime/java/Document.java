package programme.runtime;

/** What a stage sends or reviews. */
public final class Document {
  /** A form. */
  String form;

  /** A material. */
  String material;

  /** A summary. */
  String summary;

  /** Nothing is said of it yet. */
  public Document() {}

  /**
   * Says a form.
   *
   * @param form a form
   * @return this
   */
  public Document form(String form) {
    this.form = form;
    return this;
  }

  /**
   * Says a material.
   *
   * @param material a material
   * @return this
   */
  public Document material(String material) {
    this.material = material;
    return this;
  }

  /**
   * Says a summary.
   *
   * @param summary a summary
   * @return this
   */
  public Document summary(String summary) {
    this.summary = summary;
    return this;
  }
}
