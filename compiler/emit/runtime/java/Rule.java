package programme.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A rule. */
public final class Rule extends Named {
  /** Its strength. */
  String strength;

  /** Where its answer stands. */
  String path;

  /** The stage at which it is due. */
  String due;

  /** The list to each item of which it applies. */
  Expr each;

  /** Where that list stands. */
  String list;

  /** When it applies. */
  ItemExpr when;

  /** When it does not. */
  ItemExpr unless;

  /** Its test. */
  Test test;

  /** The position of the outcome it leads to. */
  Integer outcome;

  /** Whether it is only noted. */
  boolean soft;

  /** What it lifts. */
  final List<Waived> waives = new ArrayList<>();

  /** The materials it needs. */
  final List<String> needs = new ArrayList<>();

  /** The rules that lift it. */
  final List<String> waivedBy = new ArrayList<>();

  /** Positions of the rules that lift it. */
  int[] waivedByRules;

  /** What is said by language where it is met and there is no more to say: made once. */
  final Map<String, Map<String, Object>> met = new ConcurrentHashMap<>();

  /** Nothing is said of it yet. */
  public Rule() {}

  /**
   * Says its key.
   *
   * @param key its key
   * @return this
   */
  public Rule key(String key) {
    this.key = key;
    return this;
  }

  /**
   * Says its strength.
   *
   * @param strength its strength
   * @return this
   */
  public Rule strength(String strength) {
    this.strength = strength;
    return this;
  }

  /**
   * Says clause addresses.
   *
   * @param more clause addresses
   * @return this
   */
  public Rule clauses(String... more) {
    Collections.addAll(clauses, more);
    return this;
  }

  /**
   * Says its words.
   *
   * @param zh the words, for all languages
   * @return this
   */
  public Rule message(String zh) {
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
  public Rule message(String zh, String en) {
    label = new Words(zh, en);
    return this;
  }

  /**
   * Says where its answer stands.
   *
   * @param path where its answer stands
   * @return this
   */
  public Rule path(String path) {
    this.path = path;
    return this;
  }

  /**
   * Says the stage at which it is due.
   *
   * @param due the stage at which it is due
   * @return this
   */
  public Rule due(String due) {
    this.due = due;
    return this;
  }

  /**
   * Says the list to each item of which it applies.
   *
   * @param each the list to each item of which it applies
   * @return this
   */
  public Rule each(Expr each) {
    this.each = each;
    return this;
  }

  /**
   * Says where that list stands.
   *
   * @param list where that list stands
   * @return this
   */
  public Rule list(String list) {
    this.list = list;
    return this;
  }

  /**
   * Says when it applies.
   *
   * @param when when it applies
   * @return this
   */
  public Rule when(Expr when) {
    this.when = (c, item) -> when.of(c);
    return this;
  }

  /**
   * Says when it applies.
   *
   * @param when when it applies, item by item
   * @return this
   */
  public Rule when(ItemExpr when) {
    this.when = when;
    return this;
  }

  /**
   * Says when it does not.
   *
   * @param unless when it does not
   * @return this
   */
  public Rule unless(Expr unless) {
    this.unless = (c, item) -> unless.of(c);
    return this;
  }

  /**
   * Says when it does not.
   *
   * @param unless when it does not, item by item
   * @return this
   */
  public Rule unless(ItemExpr unless) {
    this.unless = unless;
    return this;
  }

  /**
   * Says its test.
   *
   * @param test its test
   * @return this
   */
  public Rule test(Test test) {
    this.test = test;
    return this;
  }

  /**
   * Says its test.
   *
   * @param condition its test
   * @return this
   */
  public Rule test(Expr condition) {
    this.test = new Condition().value(condition);
    return this;
  }

  /**
   * Says its test.
   *
   * @param condition its test, item by item
   * @return this
   */
  public Rule test(ItemExpr condition) {
    this.test = new Condition().value(condition);
    return this;
  }

  /**
   * Says the position of the outcome it leads to.
   *
   * @param outcome the position of the outcome it leads to
   * @return this
   */
  public Rule outcome(int outcome) {
    this.outcome = outcome;
    return this;
  }

  /**
   * Says that it is only noted.
   *
   * @return this
   */
  public Rule soft() {
    soft = true;
    return this;
  }

  /**
   * Says what it lifts.
   *
   * @param more what it lifts
   * @return this
   */
  public Rule waives(Waived... more) {
    Collections.addAll(waives, more);
    return this;
  }

  /**
   * Says the materials it needs.
   *
   * @param more the materials it needs
   * @return this
   */
  public Rule needs(String... more) {
    Collections.addAll(needs, more);
    return this;
  }

  /**
   * Says the rules that lift it.
   *
   * @param more the rules that lift it
   * @return this
   */
  public Rule waivedBy(String... more) {
    Collections.addAll(waivedBy, more);
    return this;
  }
}
