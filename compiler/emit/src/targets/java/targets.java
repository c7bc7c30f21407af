
  /**
   * Holds reports on targets, given as lines of JSON, against all milestones.
   *
   * @param reports a report a line
   * @param date the day on which they are looked at; null: at none
   * @param options what is asked
   * @return the report
   */
  public static Report checkTargets(String reports, String date, Options options) {
    return JUDGE.checkTargets(reports, date, options);
  }

  /**
   * Holds reports on targets, given as plain values, against all milestones.
   *
   * @param reports the reports
   * @param date the day on which they are looked at; null: at none
   * @param options what is asked
   * @return the report
   */
  public static Report checkTargets(List<?> reports, String date, Options options) {
    return JUDGE.checkTargets(reports, date, options);
  }
