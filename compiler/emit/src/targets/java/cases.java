
  /**
   * Judges a case given as plain values.
   *
   * @param value maps, lists, texts, exact numbers, truth values and null
   * @param options what is asked
   * @return the report
   */
  public static Report validate(Map<String, ?> value, Options options) {
    return JUDGE.validate(value, options);
  }

  /**
   * Judges a case given as JSON.
   *
   * @param text the JSON
   * @param options what is asked
   * @return the report
   */
  public static Report validateText(String text, Options options) {
    return JUDGE.validateText(text, options);
  }

  /**
   * Judges a batch given as lines of JSON.
   *
   * @param lines a case, package or decision a line
   * @param stage the stage's key or name; null: every stage in turn
   * @param options what is asked
   * @return the reports
   */
  public static Judgement judgeBatch(String lines, String stage, Options options) {
    return JUDGE.judgeBatch(lines, stage, options);
  }

  /**
   * Judges a batch given as plain values.
   *
   * @param lines a case, package or decision each
   * @param stage the stage's key or name; null: every stage in turn
   * @param options what is asked
   * @return the reports
   */
  public static Judgement judgeBatch(List<?> lines, String stage, Options options) {
    return JUDGE.judgeBatch(lines, stage, options);
  }

  /**
   * Judges packages and quotas of a batch given as lines of JSON.
   *
   * @param lines a case, package or decision a line
   * @param stage the stage's key or name; null: every stage in turn
   * @param options what is asked
   * @return the report
   */
  public static Report checkBatch(String lines, String stage, Options options) {
    return JUDGE.judgeBatch(lines, stage, options).batch();
  }

  /**
   * Judges packages and quotas of a batch given as plain values.
   *
   * @param lines a case, package or decision each
   * @param stage the stage's key or name; null: every stage in turn
   * @param options what is asked
   * @return the report
   */
  public static Report checkBatch(List<?> lines, String stage, Options options) {
    return JUDGE.judgeBatch(lines, stage, options).batch();
  }

  /**
   * The window and deadline of every stage of every track's route.
   *
   * @return one a stage that has either
   */
  public static List<StageDates> deadlines() {
    return JUDGE.deadlines();
  }
