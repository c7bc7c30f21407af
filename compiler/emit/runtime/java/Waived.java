package programme.runtime;

/** What a rule lifts. */
public final class Waived {
  /** A rule. */
  String rule;

  /** A group of rules. */
  String group;

  /** A material. */
  String material;

  /** A stage. */
  String stage;

  /** The stage to which the case goes instead. */
  String to;

  /** Nothing is said of it yet. */
  public Waived() {}

  /**
   * Says a rule.
   *
   * @param rule a rule
   * @return this
   */
  public Waived rule(String rule) {
    this.rule = rule;
    return this;
  }

  /**
   * Says a group of rules.
   *
   * @param group a group of rules
   * @return this
   */
  public Waived group(String group) {
    this.group = group;
    return this;
  }

  /**
   * Says a material.
   *
   * @param material a material
   * @return this
   */
  public Waived material(String material) {
    this.material = material;
    return this;
  }

  /**
   * Says a stage.
   *
   * @param stage a stage
   * @return this
   */
  public Waived stage(String stage) {
    this.stage = stage;
    return this;
  }

  /**
   * Says the stage to which the case goes instead.
   *
   * @param to the stage to which the case goes instead
   * @return this
   */
  public Waived to(String to) {
    this.to = to;
    return this;
  }
}
