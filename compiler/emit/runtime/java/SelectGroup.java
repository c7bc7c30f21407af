package programme.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a selection proposes of one group, under fixed readings: the candidates in order. */
final class SelectGroup {
  /** Where one candidate stands, and how it fares. */
  static final class Place {
    final Candidate candidate;

    /** Its position in the batch. */
    final int at;

    Fares fares;

    /** Its rank, and how many stand level with it; null: that is not sure. */
    Cut.Rank rank;

    /** The criterion that puts it behind the one above; null: none. */
    Criterion behind;

    final boolean level;
    boolean movedUp;
    Wishes.Given given;

    private Place(Candidate candidate, Fares fares, Cut.Rank rank) {
      this.candidate = candidate;
      this.fares = fares;
      this.rank = rank;
      at = candidate.at();
      level = rank != null && rank.level() > 1;
    }
  }

  final SelectRun run;
  final List<Scene> scenes;

  /** What is shown of how many are taken; null: everybody is. */
  Candidate.Shown limit;

  /** Best first. */
  final List<Place> places = new ArrayList<>();

  /** How many places stay vacant; null: that is not known. */
  final Long vacant;

  private final Selection selection;
  private final Keys.KeyGroup group;

  /** The cases that its numbers count. */
  private final List<Group.Member> counted;

  private final List<Setting> settings;

  SelectGroup(
      SelectRun run,
      Keys.KeyGroup group,
      List<Group.Member> counted,
      List<Scene> scenes,
      List<Setting> settings) {
    this.run = run;
    this.group = group;
    this.counted = counted;
    this.scenes = scenes;
    this.settings = settings;
    selection = run.selection;
    List<Candidate> candidates = new ArrayList<>();
    Cut.Cap cap = cap();
    group.members().forEach(member -> candidates.add(candidate(member)));
    Cut cut = new Cut(candidates, cap, selection.tied);
    if (selection.wait != null) {
      cut.wait(Sum.of(work(selection.wait)));
    }
    Cut.Refilled refilled = cut.refill(refills());
    vacant = refilled.vacant();
    place(cut, refilled);
  }

  /** The texts of the group's keys. */
  List<String> name() {
    return group.name();
  }

  private void place(Cut cut, Cut.Refilled refilled) {
    List<Integer> order = cut.ranking.order();
    Map<Integer, Wishes.Given> given =
        selection.assign == null
            ? Map.of()
            : Wishes.given(
                selection.assign, cut, order, scenes, wish -> work(selection.assign.places, wish));
    cut.place(given);
    for (int i = 0; i < order.size(); i++) {
      int at = order.get(i);
      Place place = new Place(cut.candidates.get(at), cut.fares.get(at), cut.rank(at));
      int by = i == 0 || place.rank == null ? -1 : cut.ranking.partedBy(at, order.get(i - 1));
      place.behind = by < 0 ? null : selection.order.get(by);
      place.movedUp = refilled.moved().contains(at);
      place.given = given.get(at);
      places.add(place);
    }
  }

  /** Opens the places of those who fare otherwise under other readings. */
  void openWhereOther(SelectGroup there) {
    Map<Integer, Fares> fares = new HashMap<>();
    if (there != null) {
      there.places.forEach(place -> fares.put(place.at, place.fares));
    }
    for (Place place : places) {
      if (!place.fares.equals(fares.get(place.at))) {
        place.fares = Fares.unknown(Unknown.SILENT.needs());
        place.rank = null;
        place.behind = null;
      }
    }
  }

  /** Evaluates in the scope of the group, with more keys after its own. */
  private Value work(Expr expr, Value... more) {
    Group scope = new Group(run.prepared, settings, scenes, counted);
    List<Value> keys = new ArrayList<>(group.values());
    keys.addAll(List.of(more));
    scope.pushKeys(keys);
    return scope.naming(selection, () -> expr.of(scope));
  }

  /** How many are taken. */
  private Cut.Cap cap() {
    Take take = selection.take;
    if (take.limit == null) {
      return new Cut.Cap(take.kind, Sum.NOTHING, null, List.of());
    }
    Value value = work(take.limit);
    Value least = take.least == null ? null : work(take.least);
    limit = new Candidate.Shown(value, take.type);
    Sum lower = take.least == null ? null : Sum.of(least);
    return new Cut.Cap(take.kind, Sum.of(value), lower, Unknown.bothNeeds(value, least));
  }

  private Candidate candidate(Group.Member member) {
    Scene scene = scenes.get(member.at());
    List<Level> best = new ArrayList<>();
    List<Level> worst = new ArrayList<>();
    List<Candidate.Shown> values = new ArrayList<>();
    List<Value> worked = new ArrayList<>();
    for (Criterion criterion : selection.order) {
      KeyValue of = criterion.of.get(scene.track.key);
      Value value = of.value.of(scene);
      Level.Range range = Level.Range.of(run.prepared, criterion, of.type, value);
      best.add(range.best());
      worst.add(range.worst());
      values.add(new Candidate.Shown(value, of.type));
      worked.add(value);
    }
    Expr of = selection.take.of.get(scene.track.key);
    Value added = of == null ? null : of.of(scene);
    worked.add(added);
    return new Candidate(
        member.at(),
        member.belongs(),
        best,
        worst,
        values,
        Sum.added(added),
        hasLeft(scene),
        Unknown.allNeeds(worked));
  }

  /**
   * Whether a case left: taken back, or at an end of its route before places are no longer filled
   * again.
   */
  private boolean hasLeft(Scene scene) {
    if (scene.one.withdrawn) {
      return true;
    }
    int refill = scene.position(selection.refill);
    if (refill < 0 || scene.one.events.isEmpty()) {
      return false;
    }
    List<Walk.Standing> standing = scene.walk().standing;
    return standing != null
        && !standing.isEmpty()
        && standing.stream().allMatch(one -> one.ended() && isBefore(scene, one.stage(), refill));
  }

  private static boolean isBefore(Scene scene, String stage, int position) {
    int at = scene.position(stage);
    return at >= 0 && at < position;
  }

  /** Whether places that become free are still filled again. */
  private boolean refills() {
    Stage stage = run.prepared.anyStage(selection.refill);
    Value on = run.options.on();
    if (stage == null || stage.due == null || on == null) {
      return selection.refill != null;
    }
    Group scope = new Group(run.prepared, settings);
    return !Deadlines.isPast(scope, on, stage.due.of(scope));
  }
}
