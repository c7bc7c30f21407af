package programme.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A case's way along its route: events checked one after another, the stages reached, what is late or
 * left out.
 *
 * <p>Always: a guard that is not known leaves both ways open; a case without events has gone nowhere
 * and is blamed for nothing.
 */
final class Walk {
  /** A place on a route: a stage, or the end that a stage led to. */
  record Standing(boolean ended, String result, String stage) {}

  /** A finding at a stage, and the stage at which it falls due, by position. */
  record Noted(int at, int due, Finding found) {}

  private final Scene scene;
  private final List<Stage> stages;

  /** By stage position. */
  final List<Noted> findings = new ArrayList<>();

  /** Whether each stage was entered. */
  final Truth[] entered;

  /** Where the case stands after its events; null: it has no events. */
  List<Standing> standing;

  /** Ends to which the last event may have led. */
  private final List<Standing> ends = new ArrayList<>();

  private Walk(Scene scene) {
    this.scene = scene;
    stages = scene.stages();
    entered = new Truth[stages.size()];
    Arrays.fill(entered, Truth.FALSE);
  }

  /** Where a case went. */
  static Walk of(Scene scene) {
    Walk walk = new Walk(scene);
    if (!walk.stages.isEmpty()) {
      walk.go();
    }
    walk.findings.sort(Comparator.comparingInt(Noted::at));
    return walk;
  }

  private void go() {
    List<Event> events = scene.one.events;
    // Stages where the case may be now, each with whether it surely is, in order of arrival.
    Map<Integer, Truth> places = new LinkedHashMap<>();
    arrive(0, Truth.TRUE, places, List.of());
    for (int index = 0; index < events.size(); index++) {
      places = step(places, "/events/" + index, events, index);
    }
    if (!events.isEmpty()) {
      places.forEach(this::enter);
      standing = new ArrayList<>();
      for (int at : places.keySet()) {
        standing.add(new Standing(false, null, stages.get(at).key));
      }
      standing.addAll(ends);
    }
    if (!scene.inBatch || !events.isEmpty()) {
      overdue(places);
    }
  }

  private void note(int at, Finding found) {
    note(at, found, at);
  }

  private void note(int at, Finding found, int due) {
    findings.add(new Noted(at, due, found));
  }

  private void enter(int at, Truth truth) {
    entered[at] = Truths.or(entered[at], truth);
  }

  /** One event: is it in its place, by the right actor, in time; where does it lead. */
  private Map<Integer, Truth> step(
      Map<Integer, Truth> places, String path, List<Event> events, int index) {
    Event event = events.get(index);
    int at = scene.position(event.stage);
    if (at < 0) {
      int first = places.isEmpty() ? 0 : places.keySet().iterator().next();
      String name = event.stage == null ? "" : event.stage;
      Finding found = Finding.aboutStage(stages.get(first), "unlisted", path);
      // It has happened: it is not for a later stage to look at.
      note(first, found.saying(Messages.NO_SUCH_STAGE.about(name)), 0);
      return places;
    }
    Stage stage = stages.get(at);
    inPlace(places, at, path);
    enter(at, Truth.TRUE);
    if (isWrongActor(scene.prepared, stage, event.by)) {
      note(at, Finding.aboutStage(stage, "actor", path));
    }
    if (isWrongChannel(stage, event.channel)) {
      note(at, Finding.aboutStage(stage, "channel", path));
    }
    longEnough(at, index == 0 ? null : events.get(index - 1), event, path);
    boolean late = inTime(at, event, path);
    Map<Integer, Truth> next = leadsTo(stage, event, late);
    if (next != null) {
      return next;
    }
    if (event.outcome != null) {
      note(at, Finding.aboutStage(stage, "unlisted", path));
    }
    Map<Integer, Truth> here = new LinkedHashMap<>();
    here.put(at, Truth.TRUE);
    return here;
  }

  /** Whether the route had led to this stage; if not, the stages it had led to were skipped. */
  private void inPlace(Map<Integer, Truth> places, int at, String path) {
    Stage stage = stages.get(at);
    Truth truth = places.get(at);
    if (truth instanceof Unknown open) {
      List<String> awaited = open.needs().stream().map(Need::key).toList();
      Finding found = Finding.aboutStage(stage, "skipped", path);
      found.result = "unknown";
      found.needs = open.needs();
      Words keys = new Words(String.join("、", awaited), String.join(", ", awaited));
      note(at, found.saying(Messages.MAY_BE_SKIPPED.about(stage.words()).then(keys)));
    } else if (truth == null && places.isEmpty()) {
      Finding found = Finding.aboutStage(stage, "extra", path);
      note(at, found.saying(Messages.NO_SUCH_STAGE.about(stage.words())));
    } else if (truth == null) {
      for (int skipped : places.keySet()) {
        Stage left = stages.get(skipped);
        Words words = Messages.SKIPPED_FOR.about(left.words()).aboutAlso(stage.words());
        Finding found = Finding.aboutStage(left, "skipped", path).saying(words);
        // Due at the earlier of the stage left out and the one entered instead, which happened.
        note(skipped, found, Math.min(at, skipped));
      }
    }
  }

  /** Whether a public notice stood as long as it must, first and last day included. */
  private void longEnough(int at, Event before, Event event, String path) {
    Stage stage = stages.get(at);
    Duration least = stage.notice == null ? null : stage.notice.atLeast;
    if (least == null) {
      return;
    }
    Day from = before == null ? null : scene.prepared.localDay(before.at);
    Day to = scene.prepared.localDay(event.at);
    if (from == null || to == null) {
      return;
    }
    Day last = scene.prepared.lastDay(from, least);
    List<Need> needs = scene.prepared.outOfReach(least).needs();
    if (last == null ? needs.isEmpty() : last.number() <= to.number()) {
      return;
    }
    Finding found = Finding.aboutStage(stage, "short", path).addressedTo(stage);
    if (last == null) {
      found.result = "unknown";
      found.needs = needs;
      found = found.saying(Messages.NOTICE_OPEN.about(stage.words()));
    }
    found.clauses = stage.notice.clauses.isEmpty() ? stage.clauses : stage.notice.clauses;
    String zh = "（" + from.show() + " 至 " + to.show() + "）";
    String en = " (from " + from.show() + " to " + to.show() + ")";
    note(at, found.saying(found.message.then(new Words(zh, en))));
  }

  /** The window and the deadline of a stage; whether the event was surely late. */
  private boolean inTime(int at, Event event, String path) {
    Stage stage = stages.get(at);
    if (event.at == Bad.BAD) {
      note(at, Finding.aboutStage(stage, "date", path));
    }
    if (stage.open != null
        && event.at != null
        && Deadlines.isBefore(scene.prepared, event.at, stage.open.of(scene))) {
      note(at, Finding.aboutStage(stage, "early", path).addressedTo(stage));
    }
    if (stage.due == null) {
      return false;
    }
    Value due = stage.due.of(scene);
    boolean given = event.at != null && event.at != Bad.BAD;
    Truth keeps =
        given ? Deadlines.kept(scene, event.at, due) : Unknown.awaited(stage.key, "other");
    Deadlines.Timing timing = new Deadlines.Timing(due, event.at, keeps);
    note(at, Deadlines.finding(scene, stage, timing, "late", path));
    return keeps == Truth.FALSE;
  }

  /** Arrives at a stage; one that is passed over (its guard, a waiver) leads on. */
  private void arrive(int at, Truth truth, Map<Integer, Truth> places, List<Integer> seen) {
    if (seen.contains(at)) {
      return;
    }
    Stage stage = stages.get(at);
    List<Integer> instead = new ArrayList<>(1);
    Truth waived = waived(stage, instead);
    Truth held = Truths.and(guard(stage.when), Truths.not(waived));
    Truth here = Truths.and(truth, held);
    if (here != Truth.FALSE) {
      places.merge(at, here, Truths::or);
    }
    Truth beyond = Truths.and(truth, Truths.not(held));
    if (beyond == Truth.FALSE) {
      return;
    }
    List<Integer> way = new ArrayList<>(seen);
    way.add(at);
    if (!instead.isEmpty()) {
      arrive(instead.get(0), beyond, places, way);
      return;
    }
    for (Transition transition : stage.transitions) {
      follow(stage, transition, beyond, places, way);
    }
  }

  /** Goes where a transition leads: to a stage, or to an end. */
  private void follow(
      Stage stage,
      Transition transition,
      Truth truth,
      Map<Integer, Truth> places,
      List<Integer> seen) {
    int target = scene.position(transition.to);
    if (target >= 0) {
      arrive(target, truth, places, seen);
      return;
    }
    Standing end = new Standing(true, transition.status, stage.key);
    if (!ends.contains(end)) {
      ends.add(end);
    }
  }

  private Truth guard(Map<String, Expr> when) {
    Expr guard = when.get(scene.track.key);
    return guard == null ? Truth.TRUE : Truths.truthOf(guard.of(scene));
  }

  /** Whether a waiver lifts the stage; where the case goes instead is added. */
  private Truth waived(Stage stage, List<Integer> instead) {
    List<Truth> truths = new ArrayList<>();
    List<Rule> rules = scene.track.rules;
    for (int index = 0; index < rules.size(); index++) {
      for (Waived lifted : rules.get(index).waives) {
        if (!stage.key.equals(lifted.stage)) {
          continue;
        }
        truths.add(Rules.waiver(scene, index));
        int target = scene.position(lifted.to);
        if (target >= 0 && instead.isEmpty()) {
          instead.add(target);
        }
      }
    }
    return Truths.anyOf(truths);
  }

  private List<Integer> targets(Stage stage) {
    List<Integer> targets = new ArrayList<>();
    for (Transition transition : stage.transitions) {
      int target = scene.position(transition.to);
      if (target >= 0) {
        targets.add(target);
      }
    }
    return targets;
  }

  /** Where an event leads; null: the stage has no such outcome, or the event names none. */
  private Map<Integer, Truth> leadsTo(Stage stage, Event event, boolean late) {
    Map<Integer, Truth> places = new LinkedHashMap<>();
    ends.clear();
    if (late && stage.late != null) {
      follow(stage, stage.late, Truth.TRUE, places, List.of());
      return places;
    }
    boolean named = false;
    // Guards of one outcome are disjoint; the last may be `otherwise`.
    List<Truth> before = new ArrayList<>();
    for (Transition transition : stage.transitions) {
      if (!transition.outcome.equals(event.outcome)) {
        continue;
      }
      named = true;
      List<Truth> all = new ArrayList<>();
      before.forEach(guard -> all.add(Truths.not(guard)));
      Truth guard = guard(transition.when);
      all.add(guard);
      before.add(guard);
      Truth taken = Truths.allOf(all);
      if (taken != Truth.FALSE) {
        follow(stage, transition, taken, places, List.of());
      }
    }
    return named ? places : null;
  }

  /** With a day to look at the case: stages where it should have been done by then. */
  private void overdue(Map<Integer, Truth> places) {
    if (scene.on == null) {
      return;
    }
    List<Integer> ahead = new ArrayList<>(places.keySet());
    for (int next = 0; next < ahead.size(); next++) {
      for (int target : targets(stages.get(ahead.get(next)))) {
        if (!ahead.contains(target) && entered[target] == Truth.FALSE) {
          ahead.add(target);
        }
      }
    }
    for (int index = 0; index < ahead.size(); index++) {
      int at = ahead.get(index);
      Stage stage = stages.get(at);
      // A stage further on is overdue only where the case itself had to be handed in.
      if (stage.due == null || (index >= places.size() && !stage.handsIn)) {
        continue;
      }
      Value due = stage.due.of(scene);
      if (Deadlines.isPast(scene, scene.on, due)) {
        Deadlines.Timing timing = new Deadlines.Timing(due, null, Truth.FALSE);
        note(at, Deadlines.finding(scene, stage, timing, "overdue", ""));
      }
    }
  }

  /** Whether somebody else acts than the stage's actor. */
  static boolean isWrongActor(Prepared prepared, Stage stage, String by) {
    if (stage.by == null || by == null) {
      return false;
    }
    Actor actor = prepared.actors.get(stage.by);
    return !by.equals(actor.key) && !by.equals(actor.name);
  }

  /** Whether something came through another channel than the stage's. */
  static boolean isWrongChannel(Stage stage, String channel) {
    return stage.channel != null && channel != null && !channel.equals(stage.channel);
  }
}
