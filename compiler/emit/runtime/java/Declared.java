package programme.runtime;

/** What findings are made for. */
public final class Declared {
  /** The pointer of an input. */
  String input;

  /** The key of a rule. */
  String rule;

  /** The key of a material. */
  String material;

  /** The key of a stage. */
  String stage;

  /** Nothing is said of it yet. */
  public Declared() {}

  /**
   * Says the pointer of an input.
   *
   * @param input the pointer of an input
   * @return this
   */
  public Declared input(String input) {
    this.input = input;
    return this;
  }

  /**
   * Says the key of a rule.
   *
   * @param rule the key of a rule
   * @return this
   */
  public Declared rule(String rule) {
    this.rule = rule;
    return this;
  }

  /**
   * Says the key of a material.
   *
   * @param material the key of a material
   * @return this
   */
  public Declared material(String material) {
    this.material = material;
    return this;
  }

  /**
   * Says the key of a stage.
   *
   * @param stage the key of a stage
   * @return this
   */
  public Declared stage(String stage) {
    this.stage = stage;
    return this;
  }
}
