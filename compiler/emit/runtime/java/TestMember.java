package programme.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A member of a threshold. */
public final class TestMember extends Named {
  /** Where its answer stands. */
  String path;

  /** Its guard. */
  ItemExpr when;

  /** Its test. */
  Test test;

  /** Nothing is said of it yet. */
  public TestMember() {}

  /**
   * Says its key.
   *
   * @param key its key
   * @return this
   */
  public TestMember key(String key) {
    this.key = key;
    return this;
  }

  /**
   * Says clause addresses.
   *
   * @param more clause addresses
   * @return this
   */
  public TestMember clauses(String... more) {
    Collections.addAll(clauses, more);
    return this;
  }

  /**
   * Says its words.
   *
   * @param zh the words, for all languages
   * @return this
   */
  public TestMember message(String zh) {
    label = new Words(zh, zh);
    return this;
  }

  /**
   * Says its words.
   *
   * @param zh the words in Chinese
   * @param en the words in English
   * @return this
   */
  public TestMember message(String zh, String en) {
    label = new Words(zh, en);
    return this;
  }

  /**
   * Says where its answer stands.
   *
   * @param path where its answer stands
   * @return this
   */
  public TestMember path(String path) {
    this.path = path;
    return this;
  }

  /**
   * Says its guard.
   *
   * @param when its guard
   * @return this
   */
  public TestMember when(Expr when) {
    this.when = (c, item) -> when.of(c);
    return this;
  }

  /**
   * Says its guard.
   *
   * @param when its guard, item by item
   * @return this
   */
  public TestMember when(ItemExpr when) {
    this.when = when;
    return this;
  }

  /**
   * Says its test.
   *
   * @param test its test
   * @return this
   */
  public TestMember test(Test test) {
    this.test = test;
    return this;
  }

  /**
   * Says its test.
   *
   * @param condition its test
   * @return this
   */
  public TestMember test(Expr condition) {
    this.test = new Condition().value(condition);
    return this;
  }

  /**
   * Says its test.
   *
   * @param condition its test, item by item
   * @return this
   */
  public TestMember test(ItemExpr condition) {
    this.test = new Condition().value(condition);
    return this;
  }
}
