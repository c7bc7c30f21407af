package programme.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * One stage of a batch under one setting of readings: packages in turn against the sender's quotas,
 * then every quota of the stage.
 */
final class StageRun {
  /** A quota's finding for a group, with the quota's position. */
  record Judgement(int index, QuotaFinding found) {}

  /** A case of a breaching group, with the quota's position. */
  record Breaching(int position, int quota) {}

  /** A cap, with the quota's position. */
  private record Cap(int index, Quota quota, Sending.Taken taken) {}

  /** A group of a quota. */
  private record GroupName(int index, List<String> group) {}

  /** How a sending failed against a cap. */
  private record Breach(QuotaCount counted, List<Integer> packages) {}

  final Prepared prepared;
  final Batch batch;
  final List<Setting> settings;
  final List<Scene> scenes;

  /** Positions of the packages sent at the stage. */
  final List<Integer> packages;

  /** The cases that entered the stage. */
  final List<Keys.Counted> counted;

  /** Quotas in source order, groups in theirs. */
  final List<Judgement> quotas = new ArrayList<>();

  /** Per package position: what it was judged by. */
  final Map<Integer, List<QuotaFinding>> judged = new HashMap<>();

  final List<Breaching> breaching = new ArrayList<>();
  final List<Note> notes = new ArrayList<>();

  /** How many packages name a case, by its id. */
  final Map<String, Integer> named = new HashMap<>();

  final String stage;
  private final boolean closed;
  private final BatchRun run;
  private final Map<GroupName, List<Breach>> breaches = new HashMap<>();

  StageRun(
      BatchRun run,
      String stage,
      List<Setting> settings,
      boolean closed,
      List<Scene> scenes,
      List<Integer> packages,
      List<Keys.Counted> counted) {
    this.run = run;
    this.prepared = run.prepared;
    this.batch = run.batch;
    this.stage = stage;
    this.settings = settings;
    this.closed = closed;
    this.scenes = scenes;
    this.packages = packages;
    this.counted = counted;
    for (int index : packages) {
      for (String id : new HashSet<>(batch.packages.get(index).cases)) {
        named.merge(id, 1, Integer::sum);
      }
    }
  }

  /** The id of a case; one without is called by its place. */
  String idOf(int position) {
    return run.ids.get(position);
  }

  /** The position of a case in the batch, by its id; null if it is not there. */
  Integer positionOf(String id) {
    return run.byId.get(id);
  }

  /** Positions of a package's cases that are in the batch and not taken back. */
  List<Integer> casesOf(Batch.Package one) {
    List<Integer> positions = new ArrayList<>();
    for (String id : one.cases) {
      Integer position = run.byId.get(id);
      if (position != null && !batch.cases.get(position).withdrawn) {
        positions.add(position);
      }
    }
    return positions;
  }

  /** When a case was sent at the stage, by its own events. */
  Value sentAt(int position) {
    for (Event event : batch.cases.get(position).events) {
      if (stage != null && stage.equals(event.stage)) {
        return event.at;
      }
    }
    return null;
  }

  private static boolean isUpper(Quota quota) {
    return quota.bound != null
        && (quota.bound.kind.equals("at most") || quota.bound.kind.equals("less"));
  }

  /** A cap that can only be reached, never left again, by sending more. */
  private static boolean isCap(Quota quota) {
    boolean both =
        quota.bound != null
            && (quota.bound.kind.equals("between") || quota.bound.kind.equals("equal"));
    return quota.grows && (both || isUpper(quota));
  }

  /** Whether exceeding it keeps a package out. */
  private static boolean binds(Quota quota) {
    return !quota.soft && (quota.strength == null || Finding.entersVerdict(quota.strength));
  }

  /** Judges packages in turn, then all quotas of the stage. */
  StageRun go() {
    List<Cap> caps = new ArrayList<>();
    for (int index = 0; index < prepared.quotas.size(); index++) {
      Quota quota = prepared.quotas.get(index);
      boolean sends = quota.binding.sender != null && !quota.soft && isCap(quota);
      if (Objects.equals(quota.at, stage) && sends) {
        caps.add(new Cap(index, quota, new Sending.Taken(this, quota)));
      }
    }
    Set<Integer> fitting = takeInTurn(caps);
    for (int index = 0; index < prepared.quotas.size(); index++) {
      Quota quota = prepared.quotas.get(index);
      if (Objects.equals(quota.at, stage)) {
        wholeQuota(index, quota, fitting);
      }
    }
    return this;
  }

  private List<Keys.KeyGroup> groups(Quota quota, List<Keys.Counted> cases) {
    Keys.Grouping by = new Keys.Grouping(quota.keys, quota.tracks);
    return Keys.groups(prepared, by, scenes, cases, settings);
  }

  private QuotaCount count(Quota quota, Keys.KeyGroup group, List<Group.Member> members) {
    QuotaCount count =
        QuotaCount.of(prepared, quota, group.values(), members, scenes, settings);
    count.notes().forEach(note -> Note.add(notes, note));
    return count;
  }

  /** The sender's caps, sending by sending; gives the cases whose sending fitted. */
  private Set<Integer> takeInTurn(List<Cap> caps) {
    Set<Integer> accepted = new LinkedHashSet<>();
    Map<Integer, Truth> counts = new LinkedHashMap<>();
    counted.forEach(one -> counts.put(one.at(), one.counts()));
    for (Sending sending : Sending.all(this, caps.stream().map(Cap::quota).toList())) {
      Set<Integer> own = new LinkedHashSet<>(sending.cases());
      own.retainAll(counts.keySet());
      boolean fits = true;
      for (Cap cap : caps) {
        TreeSet<Integer> near = cap.taken.beside(own);
        if (near == null) {
          near = new TreeSet<>(accepted);
          near.addAll(own);
        }
        List<Keys.Counted> together = new ArrayList<>();
        near.forEach(at -> together.add(new Keys.Counted(at, counts.get(at))));
        fits &= against(cap.index, cap.quota, sending, together);
      }
      if (fits) {
        Set<Integer> taken = new LinkedHashSet<>(own);
        taken.removeAll(accepted);
        caps.forEach(cap -> cap.taken.take(taken));
        accepted.addAll(own);
      }
    }
    return accepted;
  }

  /** One sending against one cap, group by group; whether it fits. */
  private boolean against(
      int index, Quota quota, Sending sending, List<Keys.Counted> together) {
    boolean fits = true;
    Set<Integer> own = new HashSet<>(sending.cases());
    for (Keys.KeyGroup group : groups(quota, together)) {
      if (group.members().stream().noneMatch(member -> own.contains(member.at()))) {
        continue;
      }
      QuotaCount count = count(quota, group, group.members());
      Truth over = count.over() == null ? Truth.FALSE : count.over();
      Truth within = Truths.or(Truths.not(count.applies()), Truths.not(over));
      Result came = Result.of(Truth.TRUE, within);
      String reason = reason(quota, sending);
      boolean excused =
          came.result().equals("unmet")
              && "in principle".equals(quota.strength)
              && reason != null;
      came = excused ? came.as("met") : came;
      boolean unmet = came.result().equals("unmet");
      QuotaFinding found = finding(count, group, came, closed || unmet);
      if (over == Truth.TRUE && came.result().equals("met")) {
        found.reason = reason;
      }
      sending.packages().forEach(position -> judge(position, found.copy()));
      if (unmet && binds(quota)) {
        fits = false;
        breaches
            .computeIfAbsent(new GroupName(index, group.name()), name -> new ArrayList<>())
            .add(new Breach(count, sending.packages()));
      }
    }
    return fits;
  }

  private void judge(int position, QuotaFinding found) {
    judged.computeIfAbsent(position, at -> new ArrayList<>()).add(found);
  }

  /** A written reason for exceeding a quota: of a package of the sending. */
  private String reason(Quota quota, Sending sending) {
    return reason(quota, sending.packages());
  }

  private String reason(Quota quota, List<Integer> positions) {
    for (int position : positions) {
      String reason = batch.packages.get(position).reasons.get(quota.key);
      if (reason != null) {
        return reason;
      }
    }
    return null;
  }

  /** A quota over all that counts: every group, one finding each. */
  private void wholeQuota(int index, Quota quota, Set<Integer> fitting) {
    // Groups are formed over all cases of the batch: one whose sending did not fit, or that nobody
    // brought to the stage, still stands.
    Truth[] counts = new Truth[scenes.size()];
    counted.forEach(one -> counts[one.at()] = one.counts());
    List<Keys.Counted> all = new ArrayList<>();
    for (int at = 0; at < counts.length; at++) {
      all.add(new Keys.Counted(at, counts[at] == null ? Truth.FALSE : counts[at]));
    }
    for (Keys.KeyGroup group : groups(quota, all)) {
      List<Breach> failed = breaches.get(new GroupName(index, group.name()));
      QuotaFinding found =
          failed == null
              ? overAll(quota, group, fitting)
              : finding(failed.get(0).counted, group, new Result("unmet", List.of()), true);
      if (failed != null) {
        for (Breach breach : failed) {
          breach.packages.forEach(position -> found.returned.add(packageId(position)));
        }
      }
      found.override = decision(quota, group.name());
      if (found.result.equals("unmet")) {
        mark(index, quota, group, found);
      }
      quotas.add(new Judgement(index, found));
    }
  }

  private QuotaFinding overAll(Quota quota, Keys.KeyGroup group, Set<Integer> fitting) {
    List<Group.Member> members = new ArrayList<>(group.members());
    members.removeIf(member -> !fitting.contains(member.at()));
    QuotaCount count = count(quota, group, members);
    QuotaCount.Outcome outcome = count.outcome(closed);
    QuotaFinding found = finding(count, group, outcome.came(), outcome.last());
    // With a written reason of a package an `in principle` quota is met.
    boolean may = "in principle".equals(quota.strength) && found.result.equals("unmet");
    String reason = may ? reason(quota, packages) : null;
    if (reason != null) {
      found.result = "met";
      found.reason = reason;
    }
    return found;
  }

  /** Cases of a breaching group get its outcome; packages of a share that is over are returned. */
  private void mark(int index, Quota quota, Keys.KeyGroup group, QuotaFinding found) {
    Set<Integer> members = new LinkedHashSet<>();
    group.members().forEach(member -> members.add(member.at()));
    if (!quota.outcome.isEmpty()) {
      members.forEach(position -> breaching.add(new Breaching(position, index)));
    }
    boolean whole =
        quota.binding.sender != null
            && !quota.soft
            && isUpper(quota)
            && found.returned.isEmpty();
    if (!whole || !binds(quota)) {
      return;
    }
    for (int position : packages) {
      if (casesOf(batch.packages.get(position)).stream().anyMatch(members::contains)) {
        found.returned.add(packageId(position));
        judge(position, found.copy());
      }
    }
  }

  private String packageId(int position) {
    String id = batch.packages.get(position).id;
    return id == null ? "#" + (position + 1) : id;
  }

  private QuotaFinding finding(
      QuotaCount count, Keys.KeyGroup group, Result came, boolean last) {
    List<String> members = count.members().stream().map(this::idOf).toList();
    return new QuotaFinding(
        count, group.name(), members, new QuotaCount.Outcome(came, last));
  }

  /** The decision recorded for a group; the last one counts. */
  private Batch.Decision decision(Quota quota, List<String> group) {
    Batch.Decision found = null;
    for (Batch.Decision one : batch.decisions) {
      if (quota.key.equals(one.quota) && one.isOn(quota, group)) {
        found = one;
      }
    }
    return found;
  }
}
