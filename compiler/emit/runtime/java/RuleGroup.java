package programme.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Rules with a common name. */
public final class RuleGroup {
  /** Its key. */
  String key;

  /** Their keys. */
  final List<String> rules = new ArrayList<>();

  /** Nothing is said of it yet. */
  public RuleGroup() {}

  /**
   * Says its key.
   *
   * @param key its key
   * @return this
   */
  public RuleGroup key(String key) {
    this.key = key;
    return this;
  }

  /**
   * Says their keys.
   *
   * @param more their keys
   * @return this
   */
  public RuleGroup rules(String... more) {
    Collections.addAll(rules, more);
    return this;
  }
}
