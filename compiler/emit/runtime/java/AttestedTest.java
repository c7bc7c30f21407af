package programme.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A test by the applicant's attestation. */
public final class AttestedTest extends Test {
  /** The materials that show it. */
  final List<String> with = new ArrayList<>();

  /** Nothing is said of it yet. */
  public AttestedTest() {}

  /**
   * Says the materials that show it.
   *
   * @param more the materials that show it
   * @return this
   */
  public AttestedTest with(String... more) {
    Collections.addAll(with, more);
    return this;
  }
}
