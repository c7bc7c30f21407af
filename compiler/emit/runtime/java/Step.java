package programme.runtime;

/** Something of a track for which findings are made. */
sealed interface Step {
  /** An input, by its position in the track. */
  record OfInput(int slot) implements Step {}

  /** A rule, by its position in the track. */
  record OfRule(int index) implements Step {}

  /** A material. */
  record OfMaterial(Material material) implements Step {}

  /** A stage, by its position in the route. */
  record OfStage(int at) implements Step {}
}
