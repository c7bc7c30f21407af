package programme.runtime;

import java.util.List;

/**
 * How a candidate fares.
 *
 * @param result what becomes of it
 * @param position its place among those who wait; null: it does not
 * @param by who parts equals
 * @param needs what an open place awaits; null: it is not open
 */
record Fares(String result, Long position, String by, List<Need> needs) {
  static final Fares SELECTED = new Fares("selected", null, null, null);
  static final Fares NOT_SELECTED = new Fares("not selected", null, null, null);

  /** Next in line. */
  static Fares waiting(long position) {
    return new Fares("waiting", position, null, null);
  }

  /** In a group of equals that somebody parts. */
  static Fares tied(String by) {
    return new Fares("tied", null, by, null);
  }

  /** Open. */
  static Fares unknown(List<Need> needs) {
    return new Fares("unknown", null, null, needs);
  }

  boolean isSelected() {
    return result.equals("selected");
  }

  boolean isTied() {
    return result.equals("tied");
  }

  boolean isUnknown() {
    return needs != null;
  }

  boolean isWaiting() {
    return position != null;
  }
}
