package programme.runtime;

import java.util.Collections;
import java.util.Map;

/** A report: plain data as the programme's documentation describes it. */
public final class Report {
  private final Json.Members members;

  Report(Json.Members members) {
    this.members = members;
  }

  /**
   * The members by name: maps, lists, texts, whole numbers ({@code Long}), truth values and null.
   *
   * @return what cannot be changed
   */
  public Map<String, Object> members() {
    return Collections.unmodifiableMap(members);
  }

  /**
   * The report as canonical JSON (RFC 8785).
   *
   * @return the text
   */
  public String toText() {
    return Json.text(members);
  }

  @Override
  public String toString() {
    return toText();
  }
}
