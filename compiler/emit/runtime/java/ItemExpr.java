package programme.runtime;

/** An expression on each item of a list. */
@FunctionalInterface
public interface ItemExpr {
  /**
   * Works the expression out.
   *
   * @param c the case in hand
   * @param item the item
   * @return its value
   */
  Value of(Scope c, Item item);
}
