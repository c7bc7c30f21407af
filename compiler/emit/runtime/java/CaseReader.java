package programme.runtime;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** A whole case: its header, entries by track, judgements, materials, events; or a refusal. */
final class CaseReader {
  private static final Set<String> MEMBERS =
      Reads.names(
          "programme",
          "version",
          "id",
          "track",
          "form",
          "facts",
          "attested",
          "judgements",
          "external",
          "reasons",
          "materials",
          "events",
          "withdrawn");

  /** Members that stand beside a value with its origin. */
  static final Map<String, Set<String>> BESIDE =
      Map.of(
          "judgements", Reads.names("value", "by", "at", "reason"),
          "attested", Reads.names("value", "evidence"),
          "external", Reads.names("value", "as_of", "evidence"));

  private static final Set<String> COPY = Reads.names("format", "sealed");
  private static final Set<String> EVENT =
      Reads.names("stage", "outcome", "by", "at", "channel");

  private final Prepared prepared;
  private final Case one;

  /** How long the pointer to the case is. */
  private final int outer;

  private CaseReader(Prepared prepared, Track track, int outer) {
    this.prepared = prepared;
    this.one = new Case(track);
    this.outer = outer;
  }

  /** Reads a case that stands at this place of its text. */
  static Case read(Prepared prepared, Spot spot, String pointer) {
    Track track = trackOf(prepared, spot, pointer);
    CaseReader reader = new CaseReader(prepared, track, pointer.length());
    Reads.eachMember(spot, pointer, MEMBERS, reader::member);
    reader.one.faults.sort(
        Comparator.comparingInt(Case.Fault::slot)
            .thenComparing(Case.Fault::path, Texts::compare));
    return reader.one;
  }

  /** The programme must be ours. */
  static void ourProgramme(Prepared prepared, Spot spot, String pointer) {
    Spot programme = required(spot, pointer, "programme");
    String place = Pointer.below(pointer, "programme");
    String name = Reads.string(programme, place);
    String ours = prepared.programme;
    if (!name.equals(ours)) {
      Words words =
          new Words(
              "这是“" + name + "”的申报，本项目是“" + ours + "”",
              "this is a case of `" + name + "`; this programme is `" + ours + "`");
      throw new Refusal(Shared.OTHER_PROGRAMME, programme.at(), place, words);
    }
  }

  /** The track must be one of ours. */
  private static Track trackOf(Prepared prepared, Spot spot, String pointer) {
    ourProgramme(prepared, spot, pointer);
    Spot value = required(spot, pointer, "track");
    String place = Pointer.below(pointer, "track");
    String key = Reads.string(value, place);
    Track track = prepared.tracks.get(key);
    if (track == null) {
      Words words = new Words("没有名为“" + key + "”的类别", "there is no track `" + key + "`");
      Words help = Refusal.thereAre(prepared.tracks.keySet());
      throw new Refusal(Shared.UNKNOWN_TRACK, value.at(), place, words, help);
    }
    return track;
  }

  /** The value of a member that must be there. */
  private static Spot required(Spot spot, String pointer, String name) {
    Spot found = Reads.object(spot, pointer).get(name);
    if (found == null) {
      Words words = new Words("缺少“" + name + "”", "`" + name + "` is missing");
      throw new Refusal(Shared.MISSING_MEMBER, spot.at(), pointer, words);
    }
    return found;
  }

  private void member(Spot.Member member, String place) {
    Spot value = member.value();
    Track track = one.track;
    switch (member.name()) {
      case "version" -> one.version = Reads.filled(value, place);
      case "id" -> one.id = Reads.filled(value, place);
      case "withdrawn" -> one.withdrawn = Reads.truth(value, place) == Truth.TRUE;
      case "form", "facts" -> entries(track.shape.child(member.name()), value, place);
      case "judgements", "attested", "external" -> sheets(member.name(), value, place);
      case "reasons" -> one.reasons = reasons(value, place, track.ruleIndex.keySet());
      case "materials" -> one.materials = materials(value, place, track.materialKeys);
      case "events" -> one.events = Reads.eachItem(value, place, CaseReader::event);
      default -> {}
    }
  }

  /** Entered values: a tree of groups down to the inputs. */
  private void entries(Shape shape, Spot spot, String pointer) {
    Reads.eachMember(
        spot,
        pointer,
        shape.names(),
        (member, place) -> {
          Shape found = shape.child(member.name());
          if (found.slot >= 0) {
            entry(found.slot, member.value(), place);
          } else {
            entries(found, member.value(), place);
          }
        });
  }

  private void entry(int slot, Spot spot, String pointer) {
    Entries reader = new Entries(prepared);
    one.entries[slot].data = reader.read(spot, one.track.inputs.get(slot).type, pointer);
    for (Entries.Fault fault : reader.faults) {
      one.faults.add(new Case.Fault(slot, fault.path().substring(outer), fault.problem()));
    }
  }

  /** {@code judgements}, {@code attested}, {@code external}: of facts, or of rules and members. */
  private void sheets(String origin, Spot spot, String pointer) {
    Shape shape = one.track.shape.child(origin);
    Reads.eachMember(
        spot,
        pointer,
        shape.names(),
        (member, place) -> {
          Shape found = shape.child(member.name());
          if (found.slot >= 0) {
            sheetEntry(found.slot, origin, member.value(), place);
          } else {
            sheet(found.key, origin, member.value(), place);
          }
        });
  }

  private void sheet(String key, String origin, Spot spot, String pointer) {
    Case.Sheet sheet = one.sheets.computeIfAbsent(key, k -> new Case.Sheet());
    BiConsumer<Spot, String> value =
        (of, place) -> {
          Truth truth = Reads.truth(of, place);
          switch (origin) {
            case "judgements" -> sheet.judgements = truth;
            case "attested" -> sheet.attested = truth;
            default -> sheet.external = truth;
          }
        };
    withOrigin(origin, spot, pointer, value, at -> sheet.at = at, day -> sheet.asOf = day);
  }

  private void sheetEntry(int slot, String origin, Spot spot, String pointer) {
    Case.Entry entry = one.entries[slot];
    BiConsumer<Spot, String> value = (of, place) -> entry(slot, of, place);
    withOrigin(origin, spot, pointer, value, at -> entry.at = at, day -> entry.asOf = day);
  }

  private static void withOrigin(
      String origin,
      Spot spot,
      String pointer,
      BiConsumer<Spot, String> value,
      Consumer<Value> at,
      Consumer<Day> asOf) {
    Reads.eachMember(
        spot,
        pointer,
        BESIDE.get(origin),
        (member, place) -> {
          if (member.name().equals("value")) {
            value.accept(member.value(), place);
            return;
          }
          String text = Reads.string(member.value(), place);
          if (member.name().equals("at")) {
            at.accept(Reads.when(member.value(), place));
          } else if (member.name().equals("as_of")) {
            asOf.accept(Day.parse(text));
          }
        });
  }

  /** Written reasons by key; a blank one is none. */
  static Map<String, String> reasons(Spot spot, String pointer, Collection<String> known) {
    Map<String, String> reasons = new HashMap<>();
    Reads.eachMember(
        spot,
        pointer,
        known,
        (member, place) -> {
          String reason = Reads.filled(member.value(), place);
          if (reason != null) {
            reasons.put(member.name(), reason);
          }
        });
    return reasons;
  }

  /** Materials by key, each a list of copies. */
  static Map<String, List<Case.Copy>> materials(
      Spot spot, String pointer, Collection<String> known) {
    Map<String, List<Case.Copy>> materials = new HashMap<>();
    Reads.eachMember(
        spot,
        pointer,
        known,
        (member, place) ->
            materials.put(
                member.name(), Reads.eachItem(member.value(), place, CaseReader::copy)));
    return materials;
  }

  private static Case.Copy copy(Spot spot, String pointer) {
    String[] format = {null};
    Truth[] sealed = {null};
    Reads.eachMember(
        spot,
        pointer,
        COPY,
        (member, place) -> {
          if (member.name().equals("format")) {
            format[0] = Reads.filled(member.value(), place);
          } else {
            sealed[0] = Reads.truth(member.value(), place);
          }
        });
    return new Case.Copy(format[0], sealed[0]);
  }

  private static Event event(Spot spot, String pointer) {
    Event event = new Event();
    Reads.eachMember(
        spot,
        pointer,
        EVENT,
        (member, place) -> {
          Spot value = member.value();
          switch (member.name()) {
            case "at" -> event.at = Reads.when(value, place);
            case "stage" -> event.stage = Reads.filled(value, place);
            case "outcome" -> event.outcome = Reads.filled(value, place);
            case "by" -> event.by = Reads.filled(value, place);
            default -> event.channel = Reads.filled(value, place);
          }
        });
    return event;
  }
}
