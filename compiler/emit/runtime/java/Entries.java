package programme.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * One entry: a JSON value becomes typed data, by what its field accepts.
 *
 * <p>Always: data in base units; what the field does not accept is a fault, and the data {@link Bad}.
 */
final class Entries {
  /** Digits of a decimal number that every implementation holds. */
  private static final int DIGITS = 18;

  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");
  private static final Set<String> FILE = Reads.names("name", "size", "sealed");
  private static final Exact LAST_YEAR = Exact.of(9999);

  private static final Map<String, Pattern> SHAPES =
      Map.of(
          "email", Pattern.compile(Shared.EMAIL),
          "phone", Pattern.compile(Shared.PHONE),
          "mobile", Pattern.compile(Shared.MOBILE),
          "postcode", Pattern.compile(Shared.POSTCODE),
          "url", Pattern.compile(Shared.URL));

  /** A fault: where, and what is wrong. */
  record Fault(String path, String problem) {}

  private final Prepared prepared;
  final List<Fault> faults = new ArrayList<>();

  Entries(Prepared prepared) {
    this.prepared = prepared;
  }

  /** The lowest value of a number's field, in its unit. */
  static Exact lowest(FieldType field) {
    if (field.low != null) {
      return field.low;
    }
    return switch (field.kind) {
      case "count" -> Exact.ZERO;
      case "year" -> Exact.ONE;
      default -> null;
    };
  }

  /** The highest value of a number's field, in its unit. */
  static Exact highest(FieldType field) {
    return field.high == null && field.kind.equals("year") ? LAST_YEAR : field.high;
  }

  /** A number in the field's unit, in base units. */
  static Exact toBase(FieldType field, Exact value) {
    return field.size == null || value == null ? value : value.times(field.size);
  }

  /** Whether a length keeps the hard limits. */
  private static boolean keeps(FieldType field, long length) {
    for (Limit limit : field.limits) {
      boolean kept =
          switch (limit.kind) {
            case "about" -> true;
            case "at most" -> length <= limit.value;
            default -> length >= limit.value;
          };
      if (!kept) {
        return false;
      }
    }
    return true;
  }

  private Value bad(String path, String problem) {
    faults.add(new Fault(path, problem));
    return Bad.BAD;
  }

  /** Reads a value of a field. */
  Value read(Spot spot, FieldType field, String pointer) {
    if (spot.node() == null) {
      return null;
    }
    return switch (field.kind) {
      case "integer", "count", "year" ->
          number(Exact.of(Reads.integer(spot, pointer)), field, pointer);
      case "decimal", "percent", "money" -> decimal(spot, field, pointer);
      case "date" -> day(spot, pointer, "");
      case "month" -> day(spot, pointer, "-01");
      case "yes_no" -> Reads.truth(spot, pointer);
      case "file" -> file(spot, field, pointer);
      case "one_of" -> oneOf(spot, prepared.lists.get(field.list), pointer);
      case "any_of" -> anyOf(spot, field, prepared.lists.get(field.list), pointer);
      case "record" -> record(spot, prepared.records.get(field.record), pointer);
      case "list" -> list(spot, field, pointer);
      default -> text(spot, SHAPES.get(field.kind), pointer);
    };
  }

  private Value text(Spot spot, Pattern shape, String pointer) {
    String value = Reads.string(spot, pointer);
    if (Texts.isBlank(value)) {
      return null;
    }
    boolean accepted = shape == null || shape.matcher(value).matches();
    return accepted ? new Text(value) : bad(pointer, "pattern");
  }

  private Value decimal(Spot spot, FieldType field, String pointer) {
    String value = Reads.string(spot, pointer);
    if (Texts.isBlank(value)) {
      return null;
    }
    if (!DECIMAL.matcher(value).matches()) {
      return bad(pointer, "pattern");
    }
    int point = value.indexOf('.');
    int fraction = point < 0 ? 0 : value.length() - point - 1;
    if (fraction > field.digits) {
      return bad(pointer, "pattern");
    }
    int marks = (value.startsWith("-") ? 1 : 0) + (point < 0 ? 0 : 1);
    if (value.length() - marks > DIGITS) {
      return bad(pointer, "range");
    }
    return number(Exact.parse(value), field, pointer);
  }

  /** Checks bounds and step in the declared unit, then goes over to base units. */
  private Value number(Exact value, FieldType field, String pointer) {
    Exact low = lowest(field);
    Exact high = highest(field);
    if ((low != null && value.compareTo(low) < 0) || (high != null && value.compareTo(high) > 0)) {
      return bad(pointer, "range");
    }
    if (field.step != null) {
      Exact from = field.low == null ? value : value.minus(field.low);
      Exact steps = from.dividedBy(field.step);
      if (steps != null && !steps.isWhole()) {
        return bad(pointer, "step");
      }
    }
    return toBase(field, value);
  }

  private Value day(Spot spot, String pointer, String rest) {
    String value = Reads.string(spot, pointer);
    if (Texts.isBlank(value)) {
      return null;
    }
    Day day = Day.parse(value + rest);
    return day == null ? bad(pointer, "date") : day;
  }

  private Value oneOf(Spot spot, ClosedList known, String pointer) {
    String value = Reads.string(spot, pointer);
    if (Texts.isBlank(value)) {
      return null;
    }
    return known.index.containsKey(value) ? new Text(value) : bad(pointer, "unlisted");
  }

  private Value anyOf(Spot spot, FieldType field, ClosedList known, String pointer) {
    // By their places in the list.
    Set<Integer> chosen = new TreeSet<>();
    List<Boolean> listed =
        Reads.eachItem(
            spot,
            pointer,
            (item, place) -> {
              Integer at = known.index.get(Reads.string(item, place));
              if (at == null) {
                bad(place, "unlisted");
                return false;
              }
              return chosen.add(at) || true;
            });
    if (!keeps(field, chosen.size())) {
      return bad(pointer, "length");
    }
    if (listed.contains(false)) {
      return Bad.BAD;
    }
    List<Value> values = new ArrayList<>();
    chosen.forEach(at -> values.add(new Text(known.values.get(at).key)));
    return new Items(values);
  }

  private Value record(Spot spot, RecordType record, String pointer) {
    List<Value> values = new ArrayList<>(Collections.nCopies(record.fields.size(), null));
    Reads.eachMember(
        spot,
        pointer,
        record.index.keySet(),
        (member, place) -> {
          int index = record.index.get(member.name());
          values.set(index, read(member.value(), record.fields.get(index).type, place));
        });
    if (values.stream().allMatch(value -> value == null)) {
      return null;
    }
    for (int i = 0; i < values.size(); i++) {
      RecordField field = record.fields.get(i);
      if (values.get(i) == null && !field.optional) {
        bad(Pointer.below(pointer, field.key), "blank");
      }
    }
    return new Fields(values, record);
  }

  private Value list(Spot spot, FieldType field, String pointer) {
    List<Value> items =
        Reads.eachItem(
            spot,
            pointer,
            (item, place) -> {
              Value data = read(item, field.item, place);
              if (data == null) {
                bad(place, "blank");
              }
              return data;
            });
    return keeps(field, items.size()) ? new Items(items) : bad(pointer, "length");
  }

  private Value file(Spot spot, FieldType field, String pointer) {
    String[] name = {null};
    Long[] size = {null};
    Reads.eachMember(
        spot,
        pointer,
        FILE,
        (member, place) -> {
          switch (member.name()) {
            case "name" -> name[0] = Reads.string(member.value(), place);
            case "size" -> size[0] = Reads.integer(member.value(), place);
            default -> Reads.truth(member.value(), place);
          }
        });
    if (name[0] == null || Texts.isBlank(name[0])) {
      return null;
    }
    int point = name[0].lastIndexOf('.');
    String ending = point < 0 ? "" : lower(name[0].substring(point + 1));
    if (!field.kinds.isEmpty() && field.kinds.stream().noneMatch(k -> lower(k).equals(ending))) {
      return bad(pointer, "pattern");
    }
    if (size[0] != null && (size[0] < 0 || !keeps(field, size[0]))) {
      return bad(pointer, "length");
    }
    return new Text(name[0]);
  }

  /** Small letters for A to Z only. */
  private static String lower(String text) {
    StringBuilder out = new StringBuilder(text);
    for (int i = 0; i < out.length(); i++) {
      char c = out.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        out.setCharAt(i, (char) (c + 'a' - 'A'));
      }
    }
    return out.toString();
  }
}
