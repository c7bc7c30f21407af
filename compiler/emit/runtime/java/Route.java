package programme.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The stages of some tracks. */
public final class Route {
  /** The tracks. */
  final List<String> tracks = new ArrayList<>();

  /** The stages. */
  final List<Stage> stages = new ArrayList<>();

  /** Nothing is said of it yet. */
  public Route() {}

  /**
   * Says the tracks.
   *
   * @param more the tracks
   * @return this
   */
  public Route tracks(String... more) {
    Collections.addAll(tracks, more);
    return this;
  }

  /**
   * Says the stages.
   *
   * @param more the stages
   * @return this
   */
  public Route stages(Stage... more) {
    Collections.addAll(stages, more);
    return this;
  }

  /**
   * Says the stages.
   *
   * @param more the stages
   * @return this
   */
  public Route stages(List<Stage> more) {
    stages.addAll(more);
    return this;
  }
}
