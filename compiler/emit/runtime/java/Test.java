package programme.runtime;

/** A test of a rule. */
public abstract sealed class Test
    permits Condition, JudgedTest, AttestedTest, ExternalTest, Threshold {
  /** Nothing is said of it yet. */
  Test() {}
}
