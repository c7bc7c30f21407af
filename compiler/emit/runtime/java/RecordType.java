package programme.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A group of fields. */
public final class RecordType {
  /** Its key. */
  String key;

  /** Its fields. */
  final List<RecordField> fields = new ArrayList<>();

  /** The place of each field. */
  final Map<String, Integer> index = new LinkedHashMap<>();

  /** Nothing is said of it yet. */
  public RecordType() {}

  /**
   * Says its key.
   *
   * @param key its key
   * @return this
   */
  public RecordType key(String key) {
    this.key = key;
    return this;
  }

  /**
   * Says its fields.
   *
   * @param more its fields
   * @return this
   */
  public RecordType fields(RecordField... more) {
    Collections.addAll(fields, more);
    return this;
  }

  /**
   * Says its fields.
   *
   * @param more its fields
   * @return this
   */
  public RecordType fields(List<RecordField> more) {
    fields.addAll(more);
    return this;
  }
}
