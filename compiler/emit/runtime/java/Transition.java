package programme.runtime;

import java.util.HashMap;
import java.util.Map;

/** Where an outcome leads. */
public final class Transition {
  /** The outcome. */
  String outcome;

  /** By track, its guard. */
  final Map<String, Expr> when = new HashMap<>();

  /** Whether it is taken where no other is. */
  boolean otherwise;

  /** The stage it leads to. */
  String to;

  /** Whether it is the end. */
  boolean end;

  /** How it ends. */
  String status;

  /** Nothing is said of it yet. */
  public Transition() {}

  /**
   * Says the outcome.
   *
   * @param outcome the outcome
   * @return this
   */
  public Transition outcome(String outcome) {
    this.outcome = outcome;
    return this;
  }

  /**
   * Says by track, its guard.
   *
   * @param track the track's key
   * @param when by track, its guard
   * @return this
   */
  public Transition when(String track, Expr when) {
    this.when.put(track, when);
    return this;
  }

  /**
   * Says that it is taken where no other is.
   *
   * @return this
   */
  public Transition otherwise() {
    otherwise = true;
    return this;
  }

  /**
   * Says the stage it leads to.
   *
   * @param to the stage it leads to
   * @return this
   */
  public Transition to(String to) {
    this.to = to;
    return this;
  }

  /**
   * Says that it is the end.
   *
   * @return this
   */
  public Transition end() {
    end = true;
    return this;
  }

  /**
   * Says how it ends.
   *
   * @param status how it ends
   * @return this
   */
  public Transition status(String status) {
    this.status = status;
    return this;
  }
}
