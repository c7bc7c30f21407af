
  /**
   * Ranks the candidates of a batch given as lines of JSON: who is proposed.
   *
   * @param lines a case, package or decision a line
   * @param stage the stage's key or name; null: every selection in turn
   * @param options what is asked
   * @return the report
   */
  public static Report select(String lines, String stage, Options options) {
    return JUDGE.select(lines, stage, options);
  }

  /**
   * Ranks the candidates of a batch given as plain values: who is proposed.
   *
   * @param lines a case, package or decision each
   * @param stage the stage's key or name; null: every selection in turn
   * @param options what is asked
   * @return the report
   */
  public static Report select(List<?> lines, String stage, Options options) {
    return JUDGE.select(lines, stage, options);
  }
