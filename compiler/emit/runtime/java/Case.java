package programme.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One application, typed, with nothing evaluated.
 *
 * <p>Always: an entry that was left out, null or blank is null; one that is not acceptable is {@link
 * Bad}, and its fault stands among the faults.
 */
final class Case {
  /** An entry: its data; of a register's the day it holds for; of a judgement when it was given. */
  static final class Entry {
    Value data;
    Day asOf;
    Value at;
  }

  /** The judgement, attestation and register entry of a rule or member. */
  static final class Sheet {
    Truth judgements;
    Truth attested;
    Truth external;
    Day asOf;
    Value at;
  }

  /** What is wrong with an entry. */
  record Fault(int slot, String path, String problem) {}

  /** A copy of a material. */
  record Copy(String format, Truth sealed) {}

  final Track track;
  String version;
  String id;
  boolean withdrawn;

  /** One an input of the track. */
  final Entry[] entries;

  /** In order of input and path. */
  final List<Fault> faults = new ArrayList<>();

  /** By key of the rule or member. */
  final Map<String, Sheet> sheets = new HashMap<>();

  Map<String, String> reasons = Map.of();
  Map<String, List<Copy>> materials = Map.of();
  List<Event> events = List.of();

  Case(Track track) {
    this.track = track;
    entries = new Entry[track.inputs.size()];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = new Entry();
    }
  }

  /** The last event at a stage; null if there is none. */
  Event lastAt(String stage) {
    for (int i = events.size() - 1; i >= 0; i--) {
      if (stage.equals(events.get(i).stage)) {
        return events.get(i);
      }
    }
    return null;
  }
}
