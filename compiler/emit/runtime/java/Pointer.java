package programme.runtime;

import java.util.ArrayList;
import java.util.List;

/** JSON pointers (RFC 6901). */
final class Pointer {
  private Pointer() {}

  /** A pointer with one segment more. */
  static String below(String pointer, String name) {
    boolean plain = name.indexOf('~') < 0 && name.indexOf('/') < 0;
    return pointer + "/" + (plain ? name : name.replace("~", "~0").replace("/", "~1"));
  }

  /** The names that a pointer is made of. */
  static List<String> segments(String pointer) {
    List<String> names = new ArrayList<>();
    for (String segment : pointer.substring(1).split("/", -1)) {
      names.add(segment.replace("~1", "/").replace("~0", "~"));
    }
    return names;
  }
}
