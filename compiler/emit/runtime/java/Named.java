package programme.runtime;

import java.util.ArrayList;
import java.util.List;

/** A declaration that findings and notes are about. */
abstract sealed class Named
    permits Reading,
        Actor,
        Choice,
        RecordField,
        Constant,
        Material,
        Stage,
        Column,
        Summary,
        Quota,
        Selection,
        Input,
        CaseLet,
        TestMember,
        Rule,
        Track,
        TargetInput,
        Indicator,
        Targets {
  /** Its key. */
  String key;

  /** Its name, where that is another than its key. */
  String name;

  /** Its message or label, where that is another than its key. */
  Words label;

  /** Clause addresses. */
  final List<String> clauses = new ArrayList<>();

  /** Its name. */
  String nameOrKey() {
    return name == null ? key : name;
  }

  /** Its words: the message or label, else the key. */
  Words words() {
    return label == null ? new Words(key, key) : label;
  }
}
