package programme.runtime;

/** What a reading is set to: the position of a word, open, a band, or fixed. */
record Setting(int word, Exact band) {
  /** Left open by the notice. */
  static final Setting OPEN = new Setting(-1, null);

  /** Not to be changed but in the source. */
  static final Setting FIXED = new Setting(-2, null);

  /** One of the words. */
  static Setting ofWord(int word) {
    return new Setting(word, null);
  }

  /** A band, as a fraction of one. */
  static Setting ofBand(Exact band) {
    return new Setting(-3, band);
  }

  /** The programme's own choice. */
  static Setting of(Reading reading) {
    if (!reading.values.isEmpty()) {
      return reading.chosen == null ? OPEN : ofWord(reading.chosen);
    }
    return reading.band == null ? FIXED : ofBand(reading.band);
  }

  /** Whether a word is chosen. */
  boolean isWord() {
    return word >= 0;
  }
}
