package programme.runtime;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * Many cases at a stage: packages, quotas, decisions.
 *
 * <p>Always: the order of lines decides nothing but the order of what is printed; nobody is picked.
 */
final class BatchRun {
  final Prepared prepared;
  final Batch batch;

  /** Ids of the cases. */
  final List<String> ids;

  /** Positions of the cases by id. */
  final Map<String, Integer> byId = new HashMap<>();

  /** A report a case. */
  final List<Evaluation> reports = new ArrayList<>();

  final List<Packages.Report> packages = new ArrayList<>();
  final List<StageRun.Judgement> findings = new ArrayList<>();
  final List<Note> notes = new ArrayList<>();
  final boolean closed;
  final String stage;
  private final Settled options;

  /** Evaluates a batch at a stage; without one, at every stage in turn. */
  BatchRun(Prepared prepared, Batch batch, Settled options) {
    this.prepared = prepared;
    this.batch = batch;
    this.options = options;
    ids = batch.ids();
    for (int position = 0; position < batch.cases.size(); position++) {
      String id = batch.cases.get(position).id;
      if (id != null) {
        byId.put(id, position);
      }
    }
    for (Case one : batch.cases) {
      reports.add(Evaluation.of(prepared, one, options, true));
    }
    stage = options.at();
    closed = stage == null ? options.closed() : isClosed(stage, options.settings());
    stages();
  }

  /** Closed iff said so, or the day looked at is past the stage's deadline. */
  private boolean isClosed(String at, List<Setting> settings) {
    if (options.closed() || options.on() == null) {
      return options.closed();
    }
    Stage there = prepared.anyStage(at);
    if (there == null || there.due == null) {
      return false;
    }
    Group scope = new Group(prepared, settings);
    return Deadlines.isPast(scope, options.on(), there.due.of(scope));
  }

  /** Every stage asked for, and quotas without a stage. */
  private void stages() {
    List<String> asked = new ArrayList<>();
    if (stage == null) {
      asked.addAll(prepared.stages);
    }
    asked.add(stage);
    for (String at : asked) {
      boolean hasQuota = prepared.quotas.stream().anyMatch(q -> Objects.equals(q.at, at));
      if (hasQuota || batch.packages.stream().anyMatch(one -> isSentAt(one, at))) {
        stage(at);
      }
    }
    packages.sort(Comparator.comparingInt(Packages.Report::index));
    findings.sort(Comparator.comparingInt(StageRun.Judgement::index));
    unusedDecisions();
  }

  private void stage(String at) {
    int[] uses = uses(at);
    StageRun result = settled(at, options.settings(), uses);
    if (options.alternatives()) {
      for (Worlds.Other other : Worlds.others(prepared, options.settings(), uses)) {
        compare(result, settled(at, other.settings(), uses), other);
      }
    }
    outcomes(result);
    StageRun run = atStage(at, options.settings());
    for (int index : run.packages) {
      List<QuotaFinding> judged = result.judged.getOrDefault(index, List.of());
      packages.add(Packages.report(run, index, judged));
    }
    findings.addAll(result.quotas);
    result.notes.forEach(note -> Note.add(notes, note));
  }

  /** No decision is passed over in silence: one that no finding took up is noted. */
  private void unusedDecisions() {
    for (Batch.Decision decision : batch.decisions) {
      int index = -1;
      for (int i = 0; i < prepared.quotas.size() && index < 0; i++) {
        index = prepared.quotas.get(i).key.equals(decision.quota) ? i : -1;
      }
      if (index < 0) {
        Note.add(notes, new Note("", List.of(), Messages.NO_QUOTA));
        continue;
      }
      Quota quota = prepared.quotas.get(index);
      boolean judged = false;
      boolean used = false;
      for (StageRun.Judgement one : findings) {
        judged |= one.index() == index;
        used |= one.index() == index && decision.isOn(quota, one.found().group);
      }
      if (!used) {
        String group = String.join("、", decision.key.values());
        Words message =
            judged
                ? Messages.NO_SUCH_GROUP.about(group).aboutAlso(quota.words())
                : Messages.NOT_JUDGED.about(quota.words());
        Note.add(notes, new Note(quota.key, quota.clauses, message));
      }
    }
  }

  private boolean isSentAt(Batch.Package one, String at) {
    if (at == null) {
      return false;
    }
    return at.equals(one.stage == null ? options.at() : one.stage);
  }

  /** Readings that the quotas of a stage depend on, ascending. */
  private int[] uses(String at) {
    TreeSet<Integer> uses = new TreeSet<>();
    for (Quota quota : prepared.quotas) {
      if (Objects.equals(quota.at, at)) {
        for (int use : quota.uses) {
          uses.add(use);
        }
      }
    }
    return uses.stream().mapToInt(Integer::intValue).toArray();
  }

  /** A stage under these settings; under open readings, what all their words agree on. */
  private StageRun settled(String at, List<Setting> settings, int[] uses) {
    StageRun first = null;
    for (List<Setting> world : Worlds.of(prepared, settings, uses)) {
      StageRun run = atStage(at, world).go();
      if (first == null) {
        first = run;
        continue;
      }
      for (Note note : run.notes) {
        Note.add(first.notes, note);
      }
      for (int i = 0; i < Math.min(first.quotas.size(), run.quotas.size()); i++) {
        QuotaFinding found = first.quotas.get(i).found();
        if (!found.result.equals(run.quotas.get(i).found().result)) {
          found.result = "unknown";
          found.needs = Unknown.SILENT.needs();
        }
      }
    }
    return first;
  }

  /** Sets the scene at a stage. */
  private StageRun atStage(String at, List<Setting> settings) {
    List<Scene> scenes = batch.scenes(prepared, settings, options.on());
    List<Keys.Counted> counted = new ArrayList<>();
    for (int position = 0; position < scenes.size(); position++) {
      Scene scene = scenes.get(position);
      Truth counts = scene.one.withdrawn ? Truth.FALSE : entered(scene, at);
      if (counts != Truth.FALSE) {
        counted.add(new Keys.Counted(position, counts));
      }
    }
    List<Integer> sent = new ArrayList<>();
    for (int index = 0; index < batch.packages.size(); index++) {
      if (isSentAt(batch.packages.get(index), at)) {
        sent.add(index);
      }
    }
    boolean ended = at == null ? options.closed() : isClosed(at, settings);
    return new StageRun(this, at, settings, ended, scenes, sent, counted);
  }

  /** Every case of a breaching group gets the quota's outcome. */
  private void outcomes(StageRun result) {
    for (StageRun.Breaching one : result.breaching) {
      Track track = batch.cases.get(one.position()).track;
      String outcome = prepared.quotas.get(one.quota()).outcome.get(track.key);
      Evaluation report = reports.get(one.position());
      if (outcome != null && report.outcome != null) {
        report.outcome = Verdicts.worsened(track, report.outcome, outcome);
      }
    }
  }

  /** Whether a case entered a stage; one without events counts everywhere. */
  static Truth entered(Scene scene, String stage) {
    if (stage == null || scene.one.events.isEmpty()) {
      return Truth.TRUE;
    }
    int at = scene.position(stage);
    return at < 0 ? Truth.FALSE : scene.walk().entered[at];
  }

  /** Notes under each quota what another word of one reading would give. */
  private static void compare(StageRun result, StageRun there, Worlds.Other other) {
    for (StageRun.Judgement one : result.quotas) {
      for (StageRun.Judgement same : there.quotas) {
        if (same.index() == one.index() && same.found().group.equals(one.found().group)) {
          if (!same.found().result.equals(one.found().result)) {
            one.found().under.add(other.gives(same.found().result));
          }
          break;
        }
      }
    }
  }
}
