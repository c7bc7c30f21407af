package programme.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A stage of a route. */
public final class Stage extends Named {
  /** Who acts. */
  String by;

  /** When its window opens. */
  Expr open;

  /** Its deadline. */
  Expr due;

  /** Whether the deadline is inferred. */
  boolean inferred;

  /** By track, its guard. */
  final Map<String, Expr> when = new HashMap<>();

  /** Whether the application is handed in here. */
  boolean handsIn;

  /** The forms filled in. */
  final List<String> fills = new ArrayList<>();

  /** What is reviewed. */
  final List<Document> reviews = new ArrayList<>();

  /** What is sent. */
  final List<Document> sends = new ArrayList<>();

  /** The channel. */
  String channel;

  /** Its public notice. */
  Notice notice;

  /** Where its outcomes lead. */
  final List<Transition> transitions = new ArrayList<>();

  /** Where lateness leads. */
  Transition late;

  /** Nothing is said of it yet. */
  public Stage() {}

  /**
   * Says its key.
   *
   * @param key its key
   * @return this
   */
  public Stage key(String key) {
    this.key = key;
    return this;
  }

  /**
   * Says its name, where that is another.
   *
   * @param name its name, where that is another
   * @return this
   */
  public Stage name(String name) {
    this.name = name;
    return this;
  }

  /**
   * Says its label.
   *
   * @param zh the words, for all languages
   * @return this
   */
  public Stage label(String zh) {
    label = new Words(zh, zh);
    return this;
  }

  /**
   * Says its label.
   *
   * @param zh the words in Chinese
   * @param en the words in English
   * @return this
   */
  public Stage label(String zh, String en) {
    label = new Words(zh, en);
    return this;
  }

  /**
   * Says clause addresses.
   *
   * @param more clause addresses
   * @return this
   */
  public Stage clauses(String... more) {
    Collections.addAll(clauses, more);
    return this;
  }

  /**
   * Says who acts.
   *
   * @param by who acts
   * @return this
   */
  public Stage by(String by) {
    this.by = by;
    return this;
  }

  /**
   * Says when its window opens.
   *
   * @param open when its window opens
   * @return this
   */
  public Stage open(Expr open) {
    this.open = open;
    return this;
  }

  /**
   * Says its deadline.
   *
   * @param due its deadline
   * @return this
   */
  public Stage due(Expr due) {
    this.due = due;
    return this;
  }

  /**
   * Says that the deadline is inferred.
   *
   * @return this
   */
  public Stage inferred() {
    inferred = true;
    return this;
  }

  /**
   * Says by track, its guard.
   *
   * @param track the track's key
   * @param when by track, its guard
   * @return this
   */
  public Stage when(String track, Expr when) {
    this.when.put(track, when);
    return this;
  }

  /**
   * Says that the application is handed in here.
   *
   * @return this
   */
  public Stage handsIn() {
    handsIn = true;
    return this;
  }

  /**
   * Says the forms filled in.
   *
   * @param more the forms filled in
   * @return this
   */
  public Stage fills(String... more) {
    Collections.addAll(fills, more);
    return this;
  }

  /**
   * Says what is reviewed.
   *
   * @param more what is reviewed
   * @return this
   */
  public Stage reviews(Document... more) {
    Collections.addAll(reviews, more);
    return this;
  }

  /**
   * Says what is sent.
   *
   * @param more what is sent
   * @return this
   */
  public Stage sends(Document... more) {
    Collections.addAll(sends, more);
    return this;
  }

  /**
   * Says the channel.
   *
   * @param channel the channel
   * @return this
   */
  public Stage channel(String channel) {
    this.channel = channel;
    return this;
  }

  /**
   * Says its public notice.
   *
   * @param notice its public notice
   * @return this
   */
  public Stage notice(Notice notice) {
    this.notice = notice;
    return this;
  }

  /**
   * Says where its outcomes lead.
   *
   * @param more where its outcomes lead
   * @return this
   */
  public Stage transitions(Transition... more) {
    Collections.addAll(transitions, more);
    return this;
  }

  /**
   * Says where lateness leads.
   *
   * @param late where lateness leads
   * @return this
   */
  public Stage late(Transition late) {
    this.late = late;
    return this;
  }
}
