package programme.runtime;

import java.util.ArrayList;
import java.util.List;

/** What came of one milestone, or of one entry of a report. */
final class TargetFinding {
  /** What came of one value of the list of `for all`. */
  record Item(String key, Result came, Value value, Exact gap) {}

  final Targets block;
  final String key;
  final List<String> clauses;
  final String rule;
  final Words message;

  /** The type of the value if that is a number, else null. */
  ValueType type;

  Day due;
  String label;
  String path;
  String problem;
  boolean soft;
  List<TargetLines.Filed> reports = List.of();
  final List<Object> under = new ArrayList<>();
  Words words;

  // What comes of it under one setting of all readings.

  String result;
  List<Need> needs = List.of();
  Value value;

  /** Numerator and denominator, where both are known; else null. */
  Exact numerator;

  Exact denominator;
  Exact gap;
  boolean above;

  /** What came of each value of the list of `for all`; null without one. */
  List<Item> items;

  /** Whether there is a bound, and its limits. */
  boolean bounded;

  Value low;
  Value high;
  final List<Note> notes = new ArrayList<>();

  TargetFinding(Targets block, String key, List<String> clauses, String rule, Words message) {
    this.block = block;
    this.key = key;
    this.clauses = clauses;
    this.rule = rule;
    this.message = message;
  }
}
