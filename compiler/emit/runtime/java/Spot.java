package programme.runtime;

import java.util.List;

/**
 * A JSON node with the position of its first character (-1 where no text was read).
 *
 * <p>The node is null, a Boolean, a String, {@link Digits}, a {@link Listed} or {@link Members}.
 */
record Spot(int at, Object node) {
  /** A number as written. */
  record Digits(String text) {}

  /** A list. */
  record Listed(List<Spot> items) {}

  /** A member of an object, with the position of its name. */
  record Member(String name, int at, Spot value) {}

  /** An object: its members in the order written. */
  record Members(List<Member> list) {
    /** The member of this name that is not null; null if there is none. */
    Spot get(String name) {
      for (Member member : list) {
        if (member.name.equals(name) && member.value.node != null) {
          return member.value;
        }
      }
      return null;
    }
  }
}
