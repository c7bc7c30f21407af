package programme.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A public notice. */
public final class Notice {
  /** How long it stands at least. */
  Duration atLeast;

  /** Clause addresses. */
  final List<String> clauses = new ArrayList<>();

  /** Nothing is said of it yet. */
  public Notice() {}

  /**
   * Says how long it stands at least.
   *
   * @param atLeast how long it stands at least
   * @return this
   */
  public Notice atLeast(Duration atLeast) {
    this.atLeast = atLeast;
    return this;
  }

  /**
   * Says clause addresses.
   *
   * @param more clause addresses
   * @return this
   */
  public Notice clauses(String... more) {
    Collections.addAll(clauses, more);
    return this;
  }
}
