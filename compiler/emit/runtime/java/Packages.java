package programme.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A package on its own: sender, time, channel, its cases, its materials, its summary. */
final class Packages {
  /** States of a package, worst first. */
  private static final List<String> STATES =
      List.of("returned", "reason needed", "unknown", "complete");

  /** The report of a package: its own findings, then those of quotas. */
  record Report(
      int index,
      Batch.Package one,
      Map<String, String> key,
      String state,
      List<Finding> own,
      List<QuotaFinding> quotas) {}

  private final StageRun run;
  private final Batch.Package one;
  private final Stage stage;
  private final List<Finding> findings = new ArrayList<>();

  private Packages(StageRun run, Batch.Package one, Stage stage) {
    this.run = run;
    this.one = one;
    this.stage = stage;
  }

  /** The report of a package, by its position in the batch. */
  static Report report(StageRun run, int index, List<QuotaFinding> quotas) {
    Batch.Package one = run.batch.packages.get(index);
    Packages parts = new Packages(run, one, run.prepared.anyStage(run.stage));
    if (parts.stage != null) {
      parts.findAll();
    }
    int worst = STATES.size() - 1;
    for (Finding found : parts.findings) {
      worst = Math.min(worst, STATES.indexOf(brings(found.strength, found.result)));
    }
    for (QuotaFinding found : quotas) {
      worst = Math.min(worst, STATES.indexOf(brings(found.strength, found.result)));
    }
    String state = STATES.get(worst);
    return new Report(index, one, parts.printedKey(), state, parts.findings, quotas);
  }

  private static String brings(String strength, String result) {
    boolean weighty = Finding.entersVerdict(strength);
    if (!weighty || result.equals("met") || result.equals("not applicable")) {
      return "complete";
    }
    if (!result.equals("unmet")) {
      return "unknown";
    }
    return strength.equals("in principle") ? "reason needed" : "returned";
  }

  private Actor actor() {
    return stage == null ? null : run.prepared.actors.get(stage.by);
  }

  /** The name of the key of which the stage's actor has one body per value; null without one. */
  private String per() {
    Actor actor = actor();
    return actor == null ? null : actor.per;
  }

  /** The sender's key by name; a bare one is the key that the stage's actor has one body for. */
  private Map<String, String> printedKey() {
    Map<String, String> key = new LinkedHashMap<>();
    String per = per() == null ? "" : per();
    one.key.forEach((name, text) -> key.put(name.isEmpty() ? per : name, text));
    return key;
  }

  /** The key of the stage's actor that the package brings; null if it brings none. */
  private String senderKey() {
    for (Map.Entry<String, String> part : one.key.entrySet()) {
      if (part.getKey().isEmpty() || part.getKey().equals(per())) {
        return part.getValue();
      }
    }
    return null;
  }

  private void findAll() {
    sender();
    unknownSender();
    times();
    offRoute();
    cases();
    materials();
    findings.addAll(Summaries.findings(run, one, stage));
  }

  /** Actor and channel. */
  private void sender() {
    if (Walk.isWrongActor(run.prepared, stage, one.by)) {
      findings.add(Finding.aboutStage(stage, "actor", "/by"));
    }
    if (Walk.isWrongChannel(stage, one.channel)) {
      findings.add(Finding.aboutStage(stage, "channel", "/channel"));
    }
  }

  /** A sender that is none of the bodies there are: the key's closed list does not have it. */
  private void unknownSender() {
    Actor actor = actor();
    String key = senderKey();
    ClosedList list = actor == null ? null : run.prepared.lists.get(actor.keys);
    if (key != null && list != null && !list.index.containsKey(key)) {
      Words words = Messages.ofField("unlisted").about(key);
      findings.add(Finding.aboutStage(stage, "unlisted", "/key").saying(words));
    }
  }

  /** The deadline. */
  private void times() {
    if (stage.due == null || one.at == null) {
      return;
    }
    if (one.at == Bad.BAD) {
      findings.add(Finding.aboutStage(stage, "date", "/at"));
      return;
    }
    Group scope = new Group(run.prepared, run.settings);
    Value due = stage.due.of(scope);
    Truth keeps = Deadlines.kept(scope, one.at, due);
    Deadlines.Timing timing = new Deadlines.Timing(due, one.at, keeps);
    findings.add(Deadlines.finding(scope, stage, timing, "late", "/at"));
  }

  /** Cases whose own route does not pass the stage, by the stage at which their track sends. */
  private void offRoute() {
    Map<Stage, List<String>> byStage = new LinkedHashMap<>();
    for (int position : run.casesOf(one)) {
      Scene scene = run.scenes.get(position);
      if (scene.stages().isEmpty() || scene.position(stage.key) >= 0) {
        continue;
      }
      Stage own = scene.stages().get(0);
      for (Stage other : scene.stages()) {
        if (!other.sends.isEmpty()) {
          own = other;
          break;
        }
      }
      String id = run.batch.cases.get(position).id;
      byStage.computeIfAbsent(own, at -> new ArrayList<>()).add(id == null ? "" : id);
    }
    byStage.forEach(
        (own, ids) -> {
          Finding found = Finding.aboutCases("package", stage, "channel", ids, "/cases");
          found.clauses = own.clauses;
          Words words = Messages.OFF_ROUTE.about(String.join("、", ids)).aboutAlso(own.words());
          findings.add(found.saying(words));
        });
  }

  /** Its cases: each in the batch, in one package only, of this sender. */
  private void cases() {
    List<String> missing = new ArrayList<>();
    List<String> twice = new ArrayList<>();
    for (String id : one.cases) {
      if (run.positionOf(id) == null) {
        missing.add(id);
      }
      if (run.named.getOrDefault(id, 0) > 1) {
        twice.add(id);
      }
    }
    about("missing", missing);
    about("twice", twice);
    about("differs", foreignCases());
  }

  private void about(String problem, List<String> ids) {
    if (!ids.isEmpty()) {
      findings.add(Finding.aboutCases("package", stage, problem, ids, "/cases"));
    }
  }

  /** Cases whose key is another than the package's. */
  private List<String> foreignCases() {
    List<String> foreign = new ArrayList<>();
    String key = per() == null ? null : senderKey();
    if (key == null) {
      return foreign;
    }
    for (int position : run.casesOf(one)) {
      Scene scene = run.scenes.get(position);
      String id = run.batch.cases.get(position).id;
      for (int slot = 0; slot < scene.track.inputs.size(); slot++) {
        Input input = scene.track.inputs.get(slot);
        if (input.nameOrKey().equals(per())) {
          String text = Keys.text(input.shown, scene.slotValue(slot));
          if (text != null && !text.equals(key) && id != null) {
            foreign.add(id);
          }
          break;
        }
      }
    }
    return foreign;
  }

  /** Materials of the package: of the tracks of its cases. */
  private void materials() {
    List<Integer> inside = run.casesOf(one);
    for (Material material : run.prepared.materials.values()) {
      boolean asked = material.at == null || material.at.equals(run.stage);
      if (!material.perPackage || !asked) {
        continue;
      }
      List<Truth> guards = new ArrayList<>();
      for (int position : inside) {
        Scene scene = run.scenes.get(position);
        if (material.tracks.contains(scene.track.key)) {
          guards.add(Materials.guard(scene, material));
        }
      }
      if (guards.isEmpty()) {
        continue;
      }
      List<Case.Copy> copies = one.materials.getOrDefault(material.key, List.of());
      Truth applies =
          material.optional && copies.isEmpty() ? Truth.FALSE : Truths.anyOf(guards);
      findings.add(Materials.judge(material, copies, one.channel).finding(material, applies));
    }
  }
}
