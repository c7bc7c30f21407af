package programme.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** The surroundings of a quota: one group of cases, with its keys. */
final class Group extends Scope {
  /** A case of a group, by its position in the batch, and whether it surely belongs. */
  record Member(int at, Truth belongs) {}

  /** What is done with the case of a member. */
  private interface Work<T> {
    T on(OfCases part, Member member, Scene scene);
  }

  private final List<Scene> scenes;
  private final List<Member> members;

  /** Positions of cases that an aggregate counted surely or maybe. */
  final TreeSet<Integer> counted = new TreeSet<>();

  /** Part and base of the last share, where both are known. */
  List<Exact> portions;

  /** Scenes of all cases of the batch, and the group's members. */
  Group(Prepared prepared, List<Setting> settings, List<Scene> scenes, List<Member> members) {
    super(prepared, settings);
    this.scenes = scenes;
    this.members = members;
  }

  /** The programme's own surroundings, without cases. */
  Group(Prepared prepared, List<Setting> settings) {
    this(prepared, settings, List.of(), List.of());
  }

  // Outside a case, its facts, rules and lets have no value.

  @Override
  public Value read(String pointer) {
    return null;
  }

  @Override
  public Truth isGiven(String pointer) {
    return Truth.FALSE;
  }

  @Override
  public Value rule(String key) {
    return null;
  }

  @Override
  public Value let(String key) {
    return null;
  }

  @Override
  public Value time(String key) {
    return null;
  }

  @Override
  public Value overCases(Aggregation op, OfCases... parts) {
    List<Aggregates.Member> all =
        each(
            List.of(parts),
            (part, member, scene) -> {
              Truth filter =
                  part.where == null ? Truth.TRUE : Truths.truthOf(part.where.of(scene));
              boolean asked = filter != Truth.FALSE && part.value != null;
              Value value = asked ? part.value.of(scene) : null;
              Truth counts = Truths.and(member.belongs, filter);
              if (counts != Truth.FALSE) {
                counted.add(member.at);
              }
              return new Aggregates.Member(counts, asked, value);
            });
    return Aggregates.aggregate(op, all);
  }

  @Override
  public Value share(List<OfCases> parts, String denominator) {
    List<Aggregates.Portion> all =
        each(
            parts,
            (part, member, scene) -> {
              Truth inBase = part.base == null ? Truth.FALSE : Truths.truthOf(part.base.of(scene));
              Truth inPart = part.part == null ? Truth.FALSE : Truths.truthOf(part.part.of(scene));
              Truth base = Truths.and(member.belongs, inBase);
              if (base != Truth.FALSE) {
                counted.add(member.at);
              }
              return new Aggregates.Portion(base, inPart);
            });
    Aggregates.Share share = Aggregates.shareOf(all);
    portions = share.counted();
    // A share whose base is surely empty is a division by zero.
    if (share.value() instanceof Unknown open && open.needs().isEmpty()) {
      noteZero(denominator);
    }
    return share.value();
  }

  /** Works on every member whose track is among the parts, with the group's keys. */
  private <T> List<T> each(List<OfCases> parts, Work<T> work) {
    List<Value> keys = keys();
    List<T> results = new ArrayList<>();
    for (Member member : members) {
      Scene scene = scenes.get(member.at);
      OfCases part = partOf(parts, scene.track.key);
      if (part == null) {
        continue;
      }
      List<Note> before = scene.notes;
      scene.notes = new ArrayList<>();
      scene.pushKeys(keys);
      results.add(scene.naming(subject, () -> work.on(part, member, scene)));
      scene.popKeys();
      // What a filter notes is noted of the quota; what a fact or let of the case notes stands in
      // the report of the case.
      for (Note note : scene.notes) {
        if (subject != null && note.rule().equals(subject.key)) {
          Note.add(notes, note);
        }
      }
      scene.notes = before;
    }
    return results;
  }

  private static OfCases partOf(List<OfCases> parts, String track) {
    for (OfCases part : parts) {
      if (part.track.equals(track)) {
        return part;
      }
    }
    return null;
  }
}
