package programme.runtime;

/** From when a block of targets counts its years. */
public final class ReportedFrom {
  /** The stage that begins them. */
  String stage;

  /** The day that begins them. */
  Day day;

  /** Nothing is said of it yet. */
  public ReportedFrom() {}

  /**
   * Says the stage that begins them.
   *
   * @param stage the stage that begins them
   * @return this
   */
  public ReportedFrom stage(String stage) {
    this.stage = stage;
    return this;
  }

  /**
   * Says the day that begins them.
   *
   * @param day the day that begins them
   * @return this
   */
  public ReportedFrom day(Day day) {
    this.day = day;
    return this;
  }
}
