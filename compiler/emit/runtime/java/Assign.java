package programme.runtime;

import java.util.HashMap;
import java.util.Map;

/** What is given by wish. */
public final class Assign {
  /** By track, what is wished for. */
  final Map<String, KeyValue> wishes = new HashMap<>();

  /** How many places there are of a wish. */
  Expr places;

  /** Nothing is said of it yet. */
  public Assign() {}

  /**
   * Says by track, what is wished for.
   *
   * @param track the track's key
   * @param wishes by track, what is wished for
   * @return this
   */
  public Assign wishes(String track, KeyValue wishes) {
    this.wishes.put(track, wishes);
    return this;
  }

  /**
   * Says how many places there are of a wish.
   *
   * @param places how many places there are of a wish
   * @return this
   */
  public Assign places(Expr places) {
    this.places = places;
    return this;
  }
}
