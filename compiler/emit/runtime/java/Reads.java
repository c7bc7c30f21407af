package programme.runtime;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Strict reading: what all readers share.
 *
 * <p>Always: an unknown member, a wrong JSON type, a number out of range is refused; a value of the
 * right JSON type that its field does not accept is a fault of the case, not a refusal.
 */
final class Reads {
  /** The largest whole number that every implementation holds. */
  static final long LARGEST = (1L << 53) - 1;

  private static final Pattern NUMBER =
      Pattern.compile("(-?)([0-9]+)(?:\\.([0-9]+))?(?:[eE](?:\\+|(-))?0*([0-9]+))?");

  private Reads() {}

  /** Names in order. */
  static Set<String> names(String... names) {
    return new LinkedHashSet<>(List.of(names));
  }

  private static Words kindName(Object node) {
    if (node == null) {
      return new Words("空值", "null");
    }
    if (node instanceof Boolean) {
      return new Words("是/否", "true or false");
    }
    if (node instanceof String) {
      return new Words("字符串", "a string");
    }
    if (node instanceof Spot.Digits) {
      return new Words("数字", "a number");
    }
    return node instanceof Spot.Members
        ? new Words("对象", "an object")
        : new Words("数组", "an array");
  }

  /** Refuses: another JSON type than the one that belongs here. */
  static Refusal wrongType(Spot spot, String pointer, String zh, String en) {
    Words found = kindName(spot.node());
    return new Refusal(
        Shared.WRONG_TYPE,
        spot.at(),
        pointer,
        new Words(
            "“" + pointer + "”应为" + zh + "，这里是" + found.zh(),
            "`" + pointer + "` should be " + en + ", not " + found.en()));
  }

  /** An object. */
  static Spot.Members object(Spot spot, String pointer) {
    if (spot.node() instanceof Spot.Members members) {
      return members;
    }
    throw wrongType(spot, pointer, "对象", "an object");
  }

  /** A text. */
  static String string(Spot spot, String pointer) {
    if (spot.node() instanceof String text) {
      return text;
    }
    throw wrongType(spot, pointer, "字符串", "a string");
  }

  /** A truth value. */
  static Truth truth(Spot spot, String pointer) {
    if (spot.node() instanceof Boolean value) {
      return Truth.of(value);
    }
    throw wrongType(spot, pointer, "true 或 false", "true or false");
  }

  /** A text that is not blank, else null. */
  static String filled(Spot spot, String pointer) {
    String text = string(spot, pointer);
    return Texts.isBlank(text) ? null : text;
  }

  /** Goes through the members that are not null, each with its pointer; refuses unknown names. */
  static void eachMember(
      Spot spot, String pointer, Collection<String> known, BiConsumer<Spot.Member, String> read) {
    for (Spot.Member member : object(spot, pointer).list()) {
      String place = Pointer.below(pointer, member.name());
      if (known != null && !known.contains(member.name())) {
        Words words =
            new Words(
                "没有名为“" + member.name() + "”的成员",
                "no member is called `" + member.name() + "`");
        Words help = Refusal.meant(member.name(), known);
        throw new Refusal(Shared.UNKNOWN_MEMBER, member.at(), place, words, help);
      }
      if (member.value().node() != null) {
        read.accept(member, place);
      }
    }
  }

  /** Reads each member that is not null by the reader of its name. */
  static void eachMember(
      Spot spot, String pointer, Map<String, BiConsumer<Spot, String>> readers) {
    eachMember(
        spot,
        pointer,
        readers.keySet(),
        (member, place) -> readers.get(member.name()).accept(member.value(), place));
  }

  /** Reads the items of a list, each with its pointer. */
  static <T> List<T> eachItem(Spot spot, String pointer, BiFunction<Spot, String, T> read) {
    if (!(spot.node() instanceof Spot.Listed list)) {
      throw wrongType(spot, pointer, "数组", "an array");
    }
    List<T> items = new ArrayList<>(list.items().size());
    for (Spot item : list.items()) {
      items.add(read.apply(item, Pointer.below(pointer, Integer.toString(items.size()))));
    }
    return items;
  }

  /** A whole number ({@code 12}, {@code 1.0}, {@code 1e3}) within what every implementation holds. */
  static long integer(Spot spot, String pointer) {
    if (!(spot.node() instanceof Spot.Digits digits)) {
      throw wrongType(spot, pointer, "整数", "a whole number");
    }
    String text = digits.text();
    Matcher parts = NUMBER.matcher(text);
    if (!parts.matches()) {
      throw notWhole(spot, pointer, text);
    }
    String fraction = parts.group(3) == null ? "" : parts.group(3);
    String all = parts.group(2) + fraction;
    int start = 0;
    int end = all.length();
    while (start < end && all.charAt(start) == '0') {
      start++;
    }
    if (start == end) {
      return 0;
    }
    while (all.charAt(end - 1) == '0') {
      end--;
    }
    // The value is all[start..end] with so many zeros behind it; below none leaves a fraction.
    String exponent = parts.group(5) == null ? "0" : parts.group(5);
    long power = exponent.length() > 9 ? 1_000_000_000L : Long.parseLong(exponent);
    long shift = parts.group(4) == null ? power : -power;
    long zeros = all.length() - end + shift - fraction.length();
    if (zeros < 0) {
      throw notWhole(spot, pointer, text);
    }
    BigInteger value = null;
    if (end - start + zeros <= 16) {
      value = new BigInteger(all.substring(start, end) + "0".repeat((int) zeros));
    }
    if (value == null || value.longValue() > LARGEST) {
      String zh = "“" + pointer + "”超出 ±" + LARGEST;
      Words words = new Words(zh, "`" + pointer + "` is beyond ±" + LARGEST);
      throw new Refusal(Shared.NUMBER_RANGE, spot.at(), pointer, words);
    }
    return parts.group(1).isEmpty() ? value.longValue() : -value.longValue();
  }

  private static Refusal notWhole(Spot spot, String pointer, String text) {
    Words words =
        new Words(
            "“" + pointer + "”应为整数，这里是 " + text,
            "`" + pointer + "` should be a whole number, not " + text);
    return new Refusal(Shared.WRONG_TYPE, spot.at(), pointer, words);
  }

  /** A time as written: a day, a moment, {@link Bad} if it is none, or null for a blank text. */
  static Value when(Spot spot, String pointer) {
    String text = string(spot, pointer);
    if (Texts.isBlank(text)) {
      return null;
    }
    Day day = Day.parse(text);
    if (day != null) {
      return day;
    }
    Moment moment = Moment.parse(text);
    return moment == null ? Bad.BAD : moment;
  }
}
