package programme.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** So many of several tests. */
public final class Threshold extends Test {
  /** How many. */
  Integer need;

  /** The tests. */
  final List<TestMember> members = new ArrayList<>();

  /** Nothing is said of it yet. */
  public Threshold() {}

  /**
   * Says how many.
   *
   * @param need how many
   * @return this
   */
  public Threshold need(int need) {
    this.need = need;
    return this;
  }

  /**
   * Says the tests.
   *
   * @param more the tests
   * @return this
   */
  public Threshold members(TestMember... more) {
    Collections.addAll(members, more);
    return this;
  }

  /**
   * Says the tests.
   *
   * @param more the tests
   * @return this
   */
  public Threshold members(List<TestMember> more) {
    members.addAll(more);
    return this;
  }
}
