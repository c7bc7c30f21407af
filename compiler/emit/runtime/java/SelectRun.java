package programme.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One selection over a batch: a computed proposal to the body that decides.
 *
 * <p>Always: what is recorded as decided stands; where nothing is recorded, later selections go by
 * the proposal; the order of the batch decides nothing but the order in which level candidates are
 * listed.
 */
final class SelectRun {
  /** What one selection proposes. */
  record Proposal(Selection selection, List<SelectGroup> lists) {}

  /** What is sure and recorded nowhere: where a case would record it, whether it is selected. */
  private record Answer(int at, int slot, Truth value) {}

  final Prepared prepared;
  final Batch batch;
  final Selection selection;
  final Settled options;
  final List<String> ids;

  /** What earlier selections propose. */
  private final List<Answer> known;

  private SelectRun(
      Prepared prepared, Batch batch, Selection selection, Settled options, List<Answer> known) {
    this.prepared = prepared;
    this.batch = batch;
    this.selection = selection;
    this.options = options;
    this.known = known;
    ids = batch.ids();
  }

  /** What is proposed at a stage; without one, everything in turn. */
  static List<Proposal> propose(Prepared prepared, Batch batch, Settled options) {
    List<Answer> known = new ArrayList<>();
    List<Proposal> proposals = new ArrayList<>();
    for (Selection selection : prepared.selections) {
      if (!isDue(prepared, selection, options.at())) {
        continue;
      }
      SelectRun run = new SelectRun(prepared, batch, selection, options, known);
      List<SelectGroup> lists = run.lists();
      run.answer(lists);
      if (options.at() == null || options.at().equals(selection.at)) {
        proposals.add(new Proposal(selection, lists));
      }
    }
    return proposals;
  }

  /** Whether a selection is made at a stage or before it. */
  private static boolean isDue(Prepared prepared, Selection selection, String stage) {
    if (stage == null || selection.at == null || stage.equals(selection.at)) {
      return true;
    }
    for (String key : selection.tracks) {
      Map<String, Integer> positions = prepared.tracks.get(key).stageIndex;
      // On a route without its stage it is made before every stage.
      if (positions.getOrDefault(selection.at, -1) < positions.getOrDefault(stage, -1)) {
        return true;
      }
    }
    return false;
  }

  /** The lists of all groups; where open readings give different lists, what differs is open. */
  private List<SelectGroup> lists() {
    List<SelectGroup> first = null;
    for (List<Setting> world : Worlds.of(prepared, options.settings(), selection.uses)) {
      List<SelectGroup> lists = world(world);
      if (first == null) {
        first = lists;
        continue;
      }
      Map<List<String>, SelectGroup> byName = new HashMap<>();
      lists.forEach(list -> byName.put(list.name(), list));
      first.forEach(list -> list.openWhereOther(byName.get(list.name())));
    }
    return first;
  }

  /** The lists under fixed readings. */
  private List<SelectGroup> world(List<Setting> settings) {
    List<Scene> scenes = batch.scenes(prepared, settings, options.on());
    known.forEach(answer -> scenes.get(answer.at).assume(answer.slot, answer.value));
    List<Keys.Counted> counted = new ArrayList<>();
    for (int at = 0; at < scenes.size(); at++) {
      Truth counts = counts(scenes.get(at), at);
      if (counts != Truth.FALSE) {
        counted.add(new Keys.Counted(at, counts));
      }
    }
    Keys.Grouping by = new Keys.Grouping(selection.keys, selection.tracks);
    Map<List<String>, List<Group.Member>> whole = whole(scenes, settings);
    List<SelectGroup> lists = new ArrayList<>();
    for (Keys.KeyGroup group : Keys.groups(prepared, by, scenes, counted, settings)) {
      List<Group.Member> all = whole.getOrDefault(group.name(), List.of());
      lists.add(new SelectGroup(this, group, all, scenes, settings));
    }
    return lists;
  }

  /** The cases that its numbers count, by group: candidates or not. */
  private Map<List<String>, List<Group.Member>> whole(List<Scene> scenes, List<Setting> settings) {
    Map<List<String>, List<Group.Member>> whole = new HashMap<>();
    if (selection.counted.isEmpty()) {
      return whole;
    }
    List<Keys.Counted> came = new ArrayList<>();
    for (int at = 0; at < scenes.size(); at++) {
      Scene scene = scenes.get(at);
      boolean isTakenBack = scene.one.withdrawn;
      came.add(
          new Keys.Counted(
              at, isTakenBack ? Truth.FALSE : BatchRun.entered(scene, selection.at)));
    }
    Keys.Grouping by = new Keys.Grouping(selection.keys, selection.counted);
    for (Keys.KeyGroup group : Keys.groups(prepared, by, scenes, came, settings)) {
      whole.put(group.name(), group.members());
    }
    return whole;
  }

  /** Whether a case is a candidate. */
  private Truth counts(Scene scene, int at) {
    boolean isTakenBack = scene.one.withdrawn && decided(at) != Truth.TRUE;
    if (isTakenBack || !selection.tracks.contains(scene.track.key)) {
      return Truth.FALSE;
    }
    Expr when = selection.when.get(scene.track.key);
    Truth isMeant = when == null ? Truth.TRUE : Truths.truthOf(when.of(scene));
    return Truths.and(BatchRun.entered(scene, selection.at), isMeant);
  }

  /** Where a case records what was decided; null: nowhere. */
  private Integer recordedAt(int at) {
    Track track = batch.cases.get(at).track;
    String pointer = selection.recorded.get(track.key);
    return pointer == null ? null : track.slots.get(pointer);
  }

  /** What was recorded as decided; null: nothing. */
  Truth decided(int at) {
    Integer slot = recordedAt(at);
    Value data = slot == null ? null : batch.cases.get(at).entries[slot].data;
    return data instanceof Known known ? known : null;
  }

  /** Enters what is proposed, where it is sure and nothing is recorded. */
  private void answer(List<SelectGroup> lists) {
    Truth[] answers = new Truth[batch.cases.size()];
    for (SelectGroup list : lists) {
      for (SelectGroup.Place place : list.places) {
        if (place.fares.isTied() || place.fares.isUnknown()) {
          answers[place.at] = Unknown.BLANK;
        } else if (place.fares.isSelected() && answers[place.at] == null) {
          answers[place.at] = Truth.TRUE;
        }
      }
    }
    for (int at = 0; at < answers.length; at++) {
      Truth answer = answers[at] == null ? Truth.FALSE : answers[at];
      Integer slot = recordedAt(at);
      boolean isFree = slot != null && batch.cases.get(at).entries[slot].data == null;
      if (isFree && answer instanceof Known) {
        known.add(new Answer(at, slot, answer));
      }
    }
  }
}
