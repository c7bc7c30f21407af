package programme.runtime;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What one evaluation is asked: up to which stage, on which day, with which readings. */
public final class Options {
  private static final Pattern LOCAL =
      Pattern.compile(
          "([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?");

  private String at;
  private String on;
  private final Map<String, String> readings = new LinkedHashMap<>();
  private boolean alternatives = true;
  private boolean closed;
  private String lang = "zh";

  /** Everything as the programme has it, in Chinese. */
  public Options() {}

  /**
   * Says up to which stage a case is judged.
   *
   * @param stage the stage's key or name; null: all
   * @return this
   */
  public Options at(String stage) {
    this.at = stage;
    return this;
  }

  /**
   * Says on which day, or when, it is looked at.
   *
   * @param time {@code YYYY-MM-DD}, RFC 3339, or a local {@code YYYY-MM-DDTHH:MM[:SS]}; null: at none
   * @return this
   */
  public Options on(String time) {
    this.on = time;
    return this;
  }

  /**
   * Sets a reading.
   *
   * @param name its key or name
   * @param value one of its words, {@code open}, or a band such as {@code 20%}
   * @return this
   */
  public Options reading(String name, String value) {
    readings.put(name, value);
    return this;
  }

  /**
   * Says whether other words of readings are tried.
   *
   * @param alternatives true unless said otherwise
   * @return this
   */
  public Options alternatives(boolean alternatives) {
    this.alternatives = alternatives;
    return this;
  }

  /**
   * Says whether a batch is complete.
   *
   * @param closed false unless said otherwise
   * @return this
   */
  public Options closed(boolean closed) {
    this.closed = closed;
    return this;
  }

  /**
   * Says in which language reports are written.
   *
   * @param lang {@code zh} or {@code en}
   * @return this
   */
  public Options lang(String lang) {
    this.lang = lang;
    return this;
  }

  /** The options as they are asked of a programme; or a refusal that says what is wrong. */
  Settled settle(Prepared prepared) {
    return settle(prepared, at, on);
  }

  /** The options with another stage. */
  Settled settleAt(Prepared prepared, String stage) {
    return settle(prepared, stage, on);
  }

  /** The options with another day. */
  Settled settleOn(Prepared prepared, String time) {
    return settle(prepared, at, time);
  }

  private Settled settle(Prepared prepared, String stage, String time) {
    List<Setting> settings = new ArrayList<>(prepared.settings);
    readings.forEach(
        (name, value) -> {
          int index = indexOf(prepared.readings, name);
          settings.set(index, setting(prepared.readings.get(index), value));
        });
    String language = "en".equals(lang) ? "en" : "zh";
    String key = stageOf(prepared, stage);
    return new Settled(key, time(prepared, time), settings, alternatives, closed, language);
  }

  private static Refusal refuse(String code, String zh, String en, Words help) {
    return new Refusal(code, -1, "", new Words(zh, en), help);
  }

  private static int indexOf(List<Reading> readings, String name) {
    for (int i = 0; i < readings.size(); i++) {
      if (readings.get(i).key.equals(name) || name.equals(readings.get(i).name)) {
        return i;
      }
    }
    Collection<String> known = readings.stream().map(Named::nameOrKey).toList();
    throw refuse(
        Shared.BAD_READING,
        "没有名为“" + name + "”的口径",
        "there is no reading `" + name + "`",
        Refusal.meant(name, known));
  }

  /** A stage's key, from its key or name. */
  private static String stageOf(Prepared prepared, String text) {
    if (text == null) {
      return null;
    }
    String key = prepared.stageNames.get(text);
    if (key == null) {
      throw refuse(
          Shared.NO_SUCH_STAGE,
          "没有名为“" + text + "”的环节",
          "there is no stage `" + text + "`",
          Refusal.meant(text, prepared.stages));
    }
    return key;
  }

  private static Value time(Prepared prepared, String text) {
    if (text == null) {
      return null;
    }
    Value read = Day.parse(text);
    if (read == null) {
      read = Moment.parse(text);
    }
    if (read == null) {
      read = localMoment(prepared.zone, LOCAL.matcher(text));
    }
    if (read == null) {
      throw refuse(
          Shared.BAD_ON,
          "“" + text + "”不是日期或时刻",
          "`" + text + "` is neither a day nor a time",
          new Words(
              "例如 2024-04-22 或 2024-04-22T17:00:00+08:00",
              "for example 2024-04-22 or 2024-04-22T17:00:00+08:00"));
    }
    return read;
  }

  private static Moment localMoment(Zone zone, Matcher found) {
    if (zone == null || !found.matches()) {
      return null;
    }
    Day day = Day.parse(found.group(1));
    int hour = Integer.parseInt(found.group(2));
    int minute = Integer.parseInt(found.group(3));
    int second = found.group(4) == null ? 0 : Integer.parseInt(found.group(4));
    boolean exists = day != null && hour <= 23 && minute <= 59 && second <= 59;
    return exists ? zone.moment(day, hour, minute, second) : null;
  }

  /** The setting that a reading's value, as written on a command line, stands for. */
  private static Setting setting(Reading reading, String value) {
    String name = reading.nameOrKey();
    if (!reading.values.isEmpty()) {
      if (value.equals("open") || value.equals("unknown") || value.equals("未明")) {
        return Setting.OPEN;
      }
      List<String> names = reading.names.isEmpty() ? reading.values : reading.names;
      for (int i = 0; i < names.size(); i++) {
        if (reading.values.get(i).equals(value) || names.get(i).equals(value)) {
          return Setting.ofWord(i);
        }
      }
      throw wrong(name, value, Refusal.meant(value, names));
    }
    if (reading.band == null) {
      Words help =
          new Words("此口径只能在源文件中改", "this reading can only be changed in the source");
      throw wrong(name, value, help);
    }
    String bare = value.replaceFirst("^(?:within)*(?:上下)*", "").strip();
    Exact points = Exact.parse(bare.replaceFirst("[%％]+$", ""));
    if (points == null || points.signum() < 0) {
      throw wrong(
          name, value, new Words("例如 " + name + "=20%", "for example " + name + "=20%"));
    }
    return Setting.ofBand(points.dividedBy(Exact.of(100)));
  }

  private static Refusal wrong(String name, String value, Words help) {
    return refuse(
        Shared.BAD_READING,
        "口径“" + name + "”不能取“" + value + "”",
        "the reading `" + name + "` cannot be `" + value + "`",
        help);
  }
}
