package programme.runtime;

import java.util.List;

/** A note of a report. */
record Note(String rule, List<String> clauses, Words message) {
  /** Adds a note of ours that does not stand there yet. */
  static void add(List<Note> notes, Note note) {
    for (Note one : notes) {
      if (one.rule.equals(note.rule) && one.message.zh().equals(note.message.zh())) {
        return;
      }
    }
    notes.add(note);
  }
}
