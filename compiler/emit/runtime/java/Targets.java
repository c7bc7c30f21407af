package programme.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A block of targets. */
public final class Targets extends Named {
  /** Who reports. */
  String reporter;

  /** The key of which there is one report per value. */
  String per;

  /** From when it counts its years. */
  ReportedFrom from;

  /** What is reported. */
  final List<TargetInput> inputs = new ArrayList<>();

  /** Its indicators. */
  final List<Indicator> indicators = new ArrayList<>();

  /** Nothing is said of it yet. */
  public Targets() {}

  /**
   * Says its key.
   *
   * @param key its key
   * @return this
   */
  public Targets key(String key) {
    this.key = key;
    return this;
  }

  /**
   * Says its name, where that is another.
   *
   * @param name its name, where that is another
   * @return this
   */
  public Targets name(String name) {
    this.name = name;
    return this;
  }

  /**
   * Says its label.
   *
   * @param zh the words, for all languages
   * @return this
   */
  public Targets label(String zh) {
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
  public Targets label(String zh, String en) {
    label = new Words(zh, en);
    return this;
  }

  /**
   * Says who reports.
   *
   * @param reporter who reports
   * @return this
   */
  public Targets reporter(String reporter) {
    this.reporter = reporter;
    return this;
  }

  /**
   * Says the key of which there is one report per value.
   *
   * @param per the key of which there is one report per value
   * @return this
   */
  public Targets per(String per) {
    this.per = per;
    return this;
  }

  /**
   * Says from when it counts its years.
   *
   * @param from from when it counts its years
   * @return this
   */
  public Targets from(ReportedFrom from) {
    this.from = from;
    return this;
  }

  /**
   * Says what is reported.
   *
   * @param more what is reported
   * @return this
   */
  public Targets inputs(TargetInput... more) {
    Collections.addAll(inputs, more);
    return this;
  }

  /**
   * Says what is reported.
   *
   * @param more what is reported
   * @return this
   */
  public Targets inputs(List<TargetInput> more) {
    inputs.addAll(more);
    return this;
  }

  /**
   * Says its indicators.
   *
   * @param more its indicators
   * @return this
   */
  public Targets indicators(Indicator... more) {
    Collections.addAll(indicators, more);
    return this;
  }

  /**
   * Says its indicators.
   *
   * @param more its indicators
   * @return this
   */
  public Targets indicators(List<Indicator> more) {
    indicators.addAll(more);
    return this;
  }
}
