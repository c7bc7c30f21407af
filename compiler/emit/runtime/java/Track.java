package programme.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A track. */
public final class Track extends Named {
  /** Its forms. */
  final List<String> forms = new ArrayList<>();

  /** Its outcomes, best first. */
  final List<String> outcomes = new ArrayList<>();

  /** The position of its route. */
  Integer route;

  /** Its facts and fields. */
  final List<Input> inputs = new ArrayList<>();

  /** Its named values. */
  final List<CaseLet> lets = new ArrayList<>();

  /** The named values it gives on. */
  final List<String> outputs = new ArrayList<>();

  /** Its rules. */
  final List<Rule> rules = new ArrayList<>();

  /** The keys of its rules in the order in which they are judged. */
  final List<String> order = new ArrayList<>();

  /** Its groups of rules. */
  final List<RuleGroup> groups = new ArrayList<>();

  /** What findings are made for, in source order. */
  final List<Declared> declared = new ArrayList<>();

  /** The readings it depends on. */
  final List<String> readings = new ArrayList<>();

  /** The keys of its materials. */
  final List<String> materials = new ArrayList<>();

  /** The place of each input, by its pointer. */
  final Map<String, Integer> slots = new LinkedHashMap<>();

  /** The place of each rule, by its key. */
  final Map<String, Integer> ruleIndex = new LinkedHashMap<>();

  /** The place of each named value, by its key. */
  final Map<String, Integer> letIndex = new LinkedHashMap<>();

  /** The place of each stage of its route, by its key. */
  final Map<String, Integer> stageIndex = new LinkedHashMap<>();

  /** The keys of its materials, to look up. */
  final Set<String> materialKeys = new LinkedHashSet<>();

  /** The stages of its route. */
  List<Stage> stages;

  /** Positions of the readings it depends on. */
  int[] uses;

  /** Positions of its rules in the order in which they are judged. */
  int[] ordered;

  /** Where entries may stand. */
  Shape shape;

  /** What findings are made for, in source order. */
  List<Step> steps;

  /** Nothing is said of it yet. */
  public Track() {}

  /**
   * Says its key.
   *
   * @param key its key
   * @return this
   */
  public Track key(String key) {
    this.key = key;
    return this;
  }

  /**
   * Says its name, where that is another.
   *
   * @param name its name, where that is another
   * @return this
   */
  public Track name(String name) {
    this.name = name;
    return this;
  }

  /**
   * Says its label.
   *
   * @param zh the words, for all languages
   * @return this
   */
  public Track label(String zh) {
    label = new Words(zh, zh);
    return this;
  }

  /**
   * Says its label.
   *
   * @param zh the words in Chinese
   * @param en the words in English
   * @return this
   */
  public Track label(String zh, String en) {
    label = new Words(zh, en);
    return this;
  }

  /**
   * Says its forms.
   *
   * @param more its forms
   * @return this
   */
  public Track forms(String... more) {
    Collections.addAll(forms, more);
    return this;
  }

  /**
   * Says its outcomes, best first.
   *
   * @param more its outcomes, best first
   * @return this
   */
  public Track outcomes(String... more) {
    Collections.addAll(outcomes, more);
    return this;
  }

  /**
   * Says the position of its route.
   *
   * @param route the position of its route
   * @return this
   */
  public Track route(int route) {
    this.route = route;
    return this;
  }

  /**
   * Says its facts and fields.
   *
   * @param more its facts and fields
   * @return this
   */
  public Track inputs(Input... more) {
    Collections.addAll(inputs, more);
    return this;
  }

  /**
   * Says its facts and fields.
   *
   * @param more its facts and fields
   * @return this
   */
  public Track inputs(List<Input> more) {
    inputs.addAll(more);
    return this;
  }

  /**
   * Says its named values.
   *
   * @param more its named values
   * @return this
   */
  public Track lets(CaseLet... more) {
    Collections.addAll(lets, more);
    return this;
  }

  /**
   * Says its named values.
   *
   * @param more its named values
   * @return this
   */
  public Track lets(List<CaseLet> more) {
    lets.addAll(more);
    return this;
  }

  /**
   * Says the named values it gives on.
   *
   * @param more the named values it gives on
   * @return this
   */
  public Track outputs(String... more) {
    Collections.addAll(outputs, more);
    return this;
  }

  /**
   * Says the named values it gives on.
   *
   * @param more the named values it gives on
   * @return this
   */
  public Track outputs(List<String> more) {
    outputs.addAll(more);
    return this;
  }

  /**
   * Says its rules.
   *
   * @param more its rules
   * @return this
   */
  public Track rules(Rule... more) {
    Collections.addAll(rules, more);
    return this;
  }

  /**
   * Says its rules.
   *
   * @param more its rules
   * @return this
   */
  public Track rules(List<Rule> more) {
    rules.addAll(more);
    return this;
  }

  /**
   * Says the keys of its rules in the order in which they are judged.
   *
   * @param more the keys of its rules in the order in which they are judged
   * @return this
   */
  public Track order(String... more) {
    Collections.addAll(order, more);
    return this;
  }

  /**
   * Says the keys of its rules in the order in which they are judged.
   *
   * @param more the keys of its rules in the order in which they are judged
   * @return this
   */
  public Track order(List<String> more) {
    order.addAll(more);
    return this;
  }

  /**
   * Says its groups of rules.
   *
   * @param more its groups of rules
   * @return this
   */
  public Track groups(RuleGroup... more) {
    Collections.addAll(groups, more);
    return this;
  }

  /**
   * Says its groups of rules.
   *
   * @param more its groups of rules
   * @return this
   */
  public Track groups(List<RuleGroup> more) {
    groups.addAll(more);
    return this;
  }

  /**
   * Says what findings are made for, in source order.
   *
   * @param more what findings are made for, in source order
   * @return this
   */
  public Track declared(Declared... more) {
    Collections.addAll(declared, more);
    return this;
  }

  /**
   * Says what findings are made for, in source order.
   *
   * @param more what findings are made for, in source order
   * @return this
   */
  public Track declared(List<Declared> more) {
    declared.addAll(more);
    return this;
  }

  /**
   * Says the readings it depends on.
   *
   * @param more the readings it depends on
   * @return this
   */
  public Track readings(String... more) {
    Collections.addAll(readings, more);
    return this;
  }

  /**
   * Says the keys of its materials.
   *
   * @param more the keys of its materials
   * @return this
   */
  public Track materials(String... more) {
    Collections.addAll(materials, more);
    return this;
  }

  /**
   * Says the keys of its materials.
   *
   * @param more the keys of its materials
   * @return this
   */
  public Track materials(List<String> more) {
    materials.addAll(more);
    return this;
  }
}
