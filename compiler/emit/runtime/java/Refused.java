package programme.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A form in which a document is turned away. */
public final class Refused {
  /** Its name. */
  String name;

  /** Clause addresses. */
  final List<String> clauses = new ArrayList<>();

  /** Nothing is said of it yet. */
  public Refused() {}

  /**
   * Says its name.
   *
   * @param name its name
   * @return this
   */
  public Refused name(String name) {
    this.name = name;
    return this;
  }

  /**
   * Says clause addresses.
   *
   * @param more clause addresses
   * @return this
   */
  public Refused clauses(String... more) {
    Collections.addAll(clauses, more);
    return this;
  }
}
