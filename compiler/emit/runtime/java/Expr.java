package programme.runtime;

/** An expression of the programme. */
@FunctionalInterface
public interface Expr {
  /**
   * Works the expression out.
   *
   * @param c the case or batch in hand
   * @return its value
   */
  Value of(Scope c);
}
