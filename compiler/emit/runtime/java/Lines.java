package programme.runtime;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The lines of a batch: cases, packages, decisions.
 *
 * <p>Always: blank lines are passed over; a package or decision may stand before the cases that it
 * names.
 */
final class Lines {
  /** What a line may be. */
  private static final Set<String> KINDS = Reads.names("case", "package", "decision");

  private final Prepared prepared;
  private final Batch batch = new Batch();
  private final Set<String> cases = new HashSet<>();
  private final Set<String> packages = new HashSet<>();

  private Lines(Prepared prepared) {
    this.prepared = prepared;
  }

  /** Reads all lines of a text. */
  static Batch read(Prepared prepared, String lines) {
    Lines reader = new Lines(prepared);
    each(lines, reader::line);
    return reader.batch;
  }

  /** Reads lines given as values. */
  static Batch read(Prepared prepared, List<?> lines) {
    Lines reader = new Lines(prepared);
    each(lines, reader::line);
    return reader.batch;
  }

  /** Goes through lines that are values; what is refused gets the number of its value. */
  static void each(List<?> lines, Consumer<Spot> read) {
    for (int i = 0; i < lines.size(); i++) {
      Object value = lines.get(i);
      Refusal.reading(
          "",
          i,
          () -> {
            read.accept(Json.spotOf(value, "", 0));
            return null;
          });
    }
  }

  /** Goes through the lines that are not blank; what is refused gets its place in the text. */
  static void each(String text, Consumer<Spot> read) {
    String body = text.startsWith("\ufeff") ? text.substring(1) : text;
    int number = 0;
    for (String line : body.split("\n", -1)) {
      if (!isBlank(line)) {
        Refusal.reading(
            line,
            number,
            () -> {
              read.accept(Scanner.scan(line));
              return null;
            });
      }
      number++;
    }
  }

  private static boolean isBlank(String line) {
    return line.chars().allMatch(c -> c == ' ' || c == '\t' || c == '\r');
  }

  private void line(Spot spot) {
    int before = batch.cases.size() + batch.packages.size() + batch.decisions.size();
    Reads.eachMember(
        spot,
        "",
        KINDS,
        (member, place) -> {
          Spot value = member.value();
          switch (member.name()) {
            case "case" -> {
              Case one = CaseReader.read(prepared, value, place);
              once(cases, one.id, value, place);
              batch.cases.add(one);
            }
            case "package" -> {
              Batch.Package one = onePackage(value, place);
              once(packages, one.id, value, place);
              batch.packages.add(one);
            }
            default -> batch.decisions.add(decision(value, place));
          }
        });
    int after = batch.cases.size() + batch.packages.size() + batch.decisions.size();
    if (after - before != 1) {
      Words words =
          new Words(
              "一行应是一个 case、package 或 decision",
              "a line should be one case, package or decision");
      throw new Refusal(Shared.MISSING_MEMBER, spot.at(), "", words);
    }
  }

  /** An id stands once in a batch. */
  private static void once(Set<String> seen, String id, Spot value, String place) {
    if (id != null && !seen.add(id)) {
      Words words = new Words("编号“" + id + "”用了两次", "the id `" + id + "` is used twice");
      throw new Refusal(Shared.BATCH_REFERENCE, value.at(), Pointer.below(place, "id"), words);
    }
  }

  private Batch.Package onePackage(Spot spot, String pointer) {
    Batch.Package one = new Batch.Package();
    Map<String, BiConsumer<Spot, String>> readers = new LinkedHashMap<>();
    readers.put("id", (value, place) -> one.id = Reads.filled(value, place));
    readers.put("stage", (value, place) -> one.stage = stage(value, place));
    readers.put("by", (value, place) -> one.by = Reads.filled(value, place));
    readers.put("key", (value, place) -> one.key = key(value, place));
    readers.put("at", (value, place) -> one.at = Reads.when(value, place));
    readers.put(
        "cases",
        (value, place) -> one.cases = Reads.eachItem(value, place, Reads::string));
    readers.put(
        "summary",
        (value, place) -> one.summary = Reads.eachItem(value, place, this::row));
    readers.put(
        "materials",
        (value, place) ->
            one.materials =
                CaseReader.materials(value, place, prepared.packageMaterialKeys));
    readers.put(
        "reasons",
        (value, place) -> one.reasons = CaseReader.reasons(value, place, prepared.quotaKeys));
    readers.put("channel", (value, place) -> one.channel = Reads.filled(value, place));
    Reads.eachMember(spot, pointer, readers);
    return one;
  }

  /** A stage of the programme. */
  private String stage(Spot spot, String pointer) {
    String name = Reads.string(spot, pointer);
    if (!prepared.stages.contains(name)) {
      Words words = new Words("没有名为“" + name + "”的环节", "there is no stage `" + name + "`");
      Words help = Refusal.meant(name, prepared.stages);
      throw new Refusal(Shared.NO_SUCH_STAGE, spot.at(), pointer, words, help);
    }
    return Reads.filled(spot, pointer);
  }

  /** A row of a summary: cells by their pointers, and at {@code /case} the id of its case. */
  private Map<String, Value> row(Spot spot, String pointer) {
    Map<String, Value> row = new HashMap<>();
    Map<String, Set<String>> heads = prepared.summaryHeads;
    Reads.eachMember(
        spot,
        pointer,
        heads.keySet(),
        (head, headPlace) -> {
          String at = Pointer.below("", head.name());
          Set<String> inner = heads.get(head.name());
          if (inner.isEmpty()) {
            row.put(at, cell(head.value(), headPlace));
            return;
          }
          Reads.eachMember(
              head.value(),
              headPlace,
              inner,
              (member, place) ->
                  row.put(Pointer.below(at, member.name()), cell(member.value(), place)));
        });
    return row;
  }

  private Batch.Decision decision(Spot spot, String pointer) {
    Batch.Decision one = new Batch.Decision();
    Map<String, BiConsumer<Spot, String>> readers = new LinkedHashMap<>();
    readers.put("quota", (value, place) -> one.quota = quota(value, place));
    readers.put("key", (value, place) -> one.key = key(value, place));
    readers.put("by", (value, place) -> one.by = Reads.filled(value, place));
    readers.put("why", (value, place) -> one.why = Reads.filled(value, place));
    readers.put("at", (value, place) -> one.at = Reads.filled(value, place));
    Reads.eachMember(spot, pointer, readers);
    return one;
  }

  private String quota(Spot spot, String pointer) {
    String name = Reads.string(spot, pointer);
    if (!prepared.quotaKeys.contains(name)) {
      Words words = new Words("没有名为“" + name + "”的名额", "there is no quota `" + name + "`");
      throw new Refusal(Shared.BATCH_REFERENCE, spot.at(), pointer, words);
    }
    return name;
  }

  /** A key: a bare value, under the empty name, or values by key name. */
  private static Map<String, String> key(Spot spot, String pointer) {
    Map<String, String> key = new LinkedHashMap<>();
    if (spot.node() instanceof Spot.Members) {
      Reads.eachMember(
          spot,
          pointer,
          null,
          (member, place) -> key.put(member.name(), keyText(member.value(), place)));
    } else {
      key.put("", keyText(spot, pointer));
    }
    return key;
  }

  /** A key's value as text. */
  static String keyText(Spot spot, String pointer) {
    Object node = spot.node();
    if (node instanceof String || node instanceof Boolean) {
      return node.toString();
    }
    if (node instanceof Spot.Digits) {
      return Long.toString(Reads.integer(spot, pointer));
    }
    throw notPlain(spot, pointer);
  }

  private static Refusal notPlain(Spot spot, String pointer) {
    return Reads.wrongType(
        spot, pointer, "字符串、数字或是/否", "a string, a number or true/false");
  }

  /** A cell: null, a text, a whole number, yes or no. */
  private static Value cell(Spot spot, String pointer) {
    Object node = spot.node();
    if (node instanceof String text) {
      return Texts.isBlank(text) ? null : new Text(text);
    }
    if (node instanceof Boolean) {
      return Reads.truth(spot, pointer);
    }
    if (node instanceof Spot.Digits) {
      return Exact.of(Reads.integer(spot, pointer));
    }
    throw notPlain(spot, pointer);
  }
}
