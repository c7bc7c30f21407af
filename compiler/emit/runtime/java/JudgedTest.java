package programme.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A test by someone's judgement. */
public final class JudgedTest extends Test {
  /** Who judges. */
  String by;

  /** The materials it is judged on. */
  final List<String> on = new ArrayList<>();

  /** Nothing is said of it yet. */
  public JudgedTest() {}

  /**
   * Says who judges.
   *
   * @param by who judges
   * @return this
   */
  public JudgedTest by(String by) {
    this.by = by;
    return this;
  }

  /**
   * Says the materials it is judged on.
   *
   * @param more the materials it is judged on
   * @return this
   */
  public JudgedTest on(String... more) {
    Collections.addAll(on, more);
    return this;
  }
}
