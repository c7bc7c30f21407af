package programme.runtime;

/** Whom a quota binds. */
public final class Binding {
  /** The sender. */
  String sender;

  /** Who decides. */
  String decider;

  /** Nothing is said of it yet. */
  public Binding() {}

  /**
   * Says the sender.
   *
   * @param sender the sender
   * @return this
   */
  public Binding sender(String sender) {
    this.sender = sender;
    return this;
  }

  /**
   * Says who decides.
   *
   * @param decider who decides
   * @return this
   */
  public Binding decider(String decider) {
    this.decider = decider;
    return this;
  }
}
