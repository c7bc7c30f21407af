package programme.runtime;

/** How a number is rounded. */
public enum Rounding {
  /** To the nearest, a half away from zero. */
  HALF_UP,
  /** To the nearest, a half to the even neighbour. */
  HALF_EVEN,
  /** Away from zero. */
  UP,
  /** Towards zero. */
  DOWN
}
