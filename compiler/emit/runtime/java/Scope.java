package programme.runtime;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongBiFunction;

/**
 * What every expression stands in: tables, readings and constants of the programme, keys in scope,
 * data notes.
 *
 * <p>A case ({@link Scene}) and a group of a batch ({@link Group}) are scopes and add what their own
 * names mean.
 */
public abstract sealed class Scope permits Scene, Group {
  /** Nothing in a notice is taken more often. */
  private static final BigInteger MOST_TIMES = BigInteger.valueOf(10_000_000);

  final Prepared prepared;

  /** What each reading is set to. */
  final List<Setting> settings;

  /** Positions of the readings that were asked for. */
  final Set<Integer> consulted = new TreeSet<>();

  /** Data notes. */
  List<Note> notes = new ArrayList<>();

  /** The declaration that notes name. */
  Named subject;

  /** Keys of the group, or of a table's row; innermost last. */
  private final List<List<Value>> keys = new ArrayList<>();

  Scope(Prepared prepared, List<Setting> settings) {
    this.prepared = prepared;
    this.settings = settings;
  }

  /**
   * A fact or field by its pointer.
   *
   * @param pointer where it stands in a case
   * @return its value
   */
  public abstract Value read(String pointer);

  /**
   * Whether a fact or field has an entry.
   *
   * @param pointer where it stands in a case
   * @return whether it has
   */
  public abstract Truth isGiven(String pointer);

  /**
   * A rule as truth value.
   *
   * @param key its key
   * @return its truth
   */
  public abstract Value rule(String key);

  /**
   * A named value of the track.
   *
   * @param key its key
   * @return its value
   */
  public abstract Value let(String key);

  /**
   * When the case's event at a stage happened.
   *
   * @param key the stage's key
   * @return the day or moment
   */
  public abstract Value time(String key);

  /**
   * The deadline of a stage as a day.
   *
   * @param key the stage's key
   * @return the day
   */
  public Value due(String key) {
    Stage stage = stageOf(key);
    return stage == null || stage.due == null
        ? Unknown.SILENT
        : prepared.asDay(stage.due.of(this));
  }

  /** The stage that a key means here. */
  Stage stageOf(String key) {
    return prepared.anyStage(key);
  }

  /**
   * An aggregate over the cases of a group.
   *
   * @param op what is made of them
   * @param parts what is taken of the cases of each track
   * @return the aggregate
   */
  public Value overCases(Aggregation op, OfCases... parts) {
    return silent();
  }

  /**
   * A share among the cases of a group.
   *
   * @param parts what is taken of the cases of each track
   * @return the share
   */
  public Value share(OfCases... parts) {
    return share(List.of(parts), null);
  }

  /**
   * A share among the cases of a group.
   *
   * @param parts what is taken of the cases of each track
   * @param denominator how the base is called
   * @return the share
   */
  public Value share(List<OfCases> parts, String denominator) {
    return silent();
  }

  private static Value silent() {
    return Unknown.SILENT;
  }

  /** Evaluates with a declaration named in notes. */
  <T> T naming(Named declared, Supplier<T> work) {
    Named outer = subject;
    subject = declared;
    T result = work.get();
    subject = outer;
    return result;
  }

  /** Brings keys into scope. */
  void pushKeys(List<Value> values) {
    keys.add(values);
  }

  /** Takes the innermost keys out of scope. */
  void popKeys() {
    keys.remove(keys.size() - 1);
  }

  /** The innermost keys. */
  List<Value> keys() {
    return keys.isEmpty() ? List.of() : keys.get(keys.size() - 1);
  }

  /** The setting of a built-in reading; null if the programme does not have it. */
  Setting builtin(String name) {
    Integer index = prepared.builtins.get(name);
    return index == null ? null : setting(index);
  }

  private Setting setting(int index) {
    consulted.add(index);
    return settings.get(index);
  }

  /** Whether a built-in reading is set to this word. */
  boolean isSet(String name, int word) {
    Setting setting = builtin(name);
    return setting != null && setting.word() == word;
  }

  /**
   * Whether a reading is set to a word.
   *
   * @param name the reading's key
   * @param word the word's key
   * @return whether it is; unknown while the reading is open
   */
  public Truth readingIs(String name, String word) {
    Integer index = prepared.readingIndex.get(name);
    Setting setting = index == null ? Setting.OPEN : setting(index);
    return setting.isWord()
        ? Truth.of(prepared.readings.get(index).values.get(setting.word()).equals(word))
        : Unknown.SILENT;
  }

  /**
   * A value of the programme.
   *
   * @param key its key
   * @return its value
   */
  public Value constant(String key) {
    return prepared.constants.get(key).value.of(this);
  }

  /**
   * A key of the group, or of a table's row.
   *
   * @param index its position
   * @return its value
   */
  public Value key(int index) {
    List<Value> own = keys();
    return index < own.size() ? own.get(index) : null;
  }

  /**
   * The cell of a table in the row that the keys choose.
   *
   * @param table the table's key
   * @param column the column's key
   * @param chosen the keys
   * @return the cell's value
   */
  public Value lookup(String table, String column, Value... chosen) {
    return Tables.lookup(this, prepared.tables.get(table), column, Arrays.asList(chosen));
  }

  /**
   * An aggregate over a table's column.
   *
   * @param op what is made of it
   * @param key the table's key
   * @param column the column's key
   * @return the aggregate
   */
  public Value overColumn(Aggregation op, String key, String column) {
    Table table = prepared.tables.get(key);
    if (table.absent) {
      return silent();
    }
    List<Aggregates.Member> members = new ArrayList<>();
    for (Tables.Line line : Tables.rowsOf(this, table, column)) {
      members.add(new Aggregates.Member(Truth.TRUE, true, line.value()));
    }
    return Aggregates.aggregate(op, members);
  }

  /**
   * The seats of the row that the keys choose, of a total split over a table's rows; what a tie
   * leaves open is unknown.
   *
   * @param total the total
   * @param key the table's key
   * @param column the column's key
   * @param method how seats are split
   * @param chosen the keys
   * @return the seats
   */
  public Value split(
      Value total, String key, String column, Apportionment method, Value... chosen) {
    Table table = prepared.tables.get(key);
    if (table.absent) {
      return silent();
    }
    List<Value> own = Arrays.asList(chosen);
    List<Tables.Line> rows = Tables.rowsOf(this, table, column);
    List<Value> all = new ArrayList<>(Collections.singletonList(total));
    all.addAll(own);
    rows.forEach(row -> all.add(row.value()));
    List<Need> needs = Unknown.allNeeds(all);
    if (!needs.isEmpty()) {
      return new Unknown(needs);
    }
    if (!(total instanceof Exact seats)) {
      return null;
    }
    if (!seats.isWhole()) {
      return Unknown.BLANK;
    }
    List<Exact> weights = new ArrayList<>();
    int row = -1;
    for (Tables.Line line : rows) {
      row = row < 0 && Values.sameAll(line.keys(), own) ? weights.size() : row;
      weights.add(line.value() instanceof Exact weight ? weight : Exact.ZERO);
    }
    Value found = row < 0 ? null : Tables.seatsOf(seats, weights, method).get(row);
    return found == null ? silent() : found;
  }

  /**
   * 字数 of a text, number of items of a list.
   *
   * @param value the text or list
   * @return the number
   */
  public Value length(Value value) {
    if (value instanceof Text text) {
      return Exact.of(Texts.charCount(text.text(), countsPunctuation()));
    }
    if (value instanceof Items items) {
      return Exact.of(items.list().size());
    }
    return value instanceof Unknown open ? new Unknown(open.needs()) : null;
  }

  /** Whether 字数 counts punctuation; the reading's second word does not. */
  boolean countsPunctuation() {
    return !isSet("length", 1);
  }

  /** The band of the reading `about`, as a fraction of one; null where there is none. */
  Exact band() {
    Setting about = builtin("about");
    return about == null ? null : about.band();
  }

  /**
   * Whether a value lies within the band around a target.
   *
   * @param value the value
   * @param target the target
   * @return whether it does
   */
  public Value about(Value value, Value target) {
    if (value == null || target == null) {
      return null;
    }
    Exact band = band();
    return band == null ? silent() : Intervals.within(value, target, band);
  }

  /**
   * The rank of a closed list's value: of `best first` lists the first ranks highest.
   *
   * @param list the list's key
   * @param value the value
   * @return its rank
   */
  public Value level(String list, Value value) {
    if (!(value instanceof Text key)) {
      return value;
    }
    return Exact.of(prepared.lists.get(list).level(key.text()));
  }

  /**
   * Compares days; a moment counts as its local day.
   *
   * @param a a day or moment
   * @param relation how they should stand
   * @param b another
   * @return whether they stand so
   */
  public Value days(Value a, Relation relation, Value b) {
    return compareTimes(a, relation, b, this::dayNumber);
  }

  /**
   * Compares moments; what is known only by its day counts as the beginning of that day.
   *
   * @param a a day or moment
   * @param relation how they should stand
   * @param b another
   * @return whether they stand so
   */
  public Value moments(Value a, Relation relation, Value b) {
    return compareTimes(a, relation, b, this::second);
  }

  /**
   * The same with a duration taken so many times: a whole number, and not beyond all reach.
   *
   * @param date the day or moment
   * @param by the duration
   * @param times how many times
   * @return the day or moment then
   */
  public Value shiftedTimes(Value date, Duration by, Value times) {
    if (date == null || times == null) {
      return null;
    }
    if (date instanceof Unknown || !(times instanceof Exact number)) {
      return new Unknown(Unknown.bothNeeds(date, times));
    }
    BigInteger count = number.over();
    boolean isNear = number.isWhole() && count.abs().compareTo(MOST_TIMES) <= 0;
    return isNear
        ? shifted(date, new Duration(by.count() * count.longValue(), by.unit()))
        : prepared.outOfReach(by);
  }

  /**
   * How many days the second day lies after the first; a moment counts as its local day.
   *
   * @param from a day or moment
   * @param to another
   * @return the number
   */
  public Value daysBetween(Value from, Value to) {
    return elapsed(from, to, Day::daysUntil);
  }

  /**
   * How many complete months the second day lies after the first.
   *
   * @param from a day or moment
   * @param to another
   * @return the number
   */
  public Value monthsBetween(Value from, Value to) {
    return elapsed(from, to, Day::monthsUntil);
  }

  /**
   * How many complete years the second day lies after the first.
   *
   * @param from a day or moment
   * @param to another
   * @return the number
   */
  public Value yearsBetween(Value from, Value to) {
    return elapsed(from, to, Day::yearsUntil);
  }

  /**
   * What is read off one day; a moment counts as its local day.
   *
   * @param part what
   * @param of a day or moment
   * @return a number or a day
   */
  public Value ofDay(DayPart part, Value of) {
    if (of == null) {
      return null;
    }
    Day day = prepared.localDay(of);
    return day == null ? new Unknown(Unknown.allNeeds(List.of(of))) : day.part(part);
  }

  private Value elapsed(Value from, Value to, ToLongBiFunction<Day, Day> until) {
    if (from == null || to == null) {
      return null;
    }
    Day first = prepared.localDay(from);
    Day last = prepared.localDay(to);
    if (first == null || last == null) {
      return new Unknown(Unknown.bothNeeds(from, to));
    }
    return Exact.of(until.applyAsLong(first, last));
  }

  private Long dayNumber(Value time) {
    Day day = prepared.localDay(time);
    return day == null ? null : day.number();
  }

  private Long second(Value time) {
    Moment start = prepared.startOf(time);
    return start == null ? null : start.seconds();
  }

  private Value compareTimes(Value a, Relation relation, Value b, Function<Value, Long> place) {
    if (a == null || b == null) {
      return null;
    }
    if (a instanceof Unknown || b instanceof Unknown) {
      return new Unknown(Unknown.bothNeeds(a, b));
    }
    Long x = place.apply(a);
    Long y = place.apply(b);
    if (x == null || y == null) {
      return Unknown.BLANK;
    }
    int order = x.compareTo(y);
    if (relation == Relation.BEFORE) {
      return boundary("before", order < 0, order == 0);
    }
    if (relation == Relation.AFTER) {
      return boundary("after", order > 0, order == 0);
    }
    return Truth.of(relation.holds(order));
  }

  /** Before or after: on the boundary itself the reading decides. */
  private Truth boundary(String reading, boolean beyond, boolean on) {
    if (!on) {
      return Truth.of(beyond);
    }
    Setting setting = builtin(reading);
    if (setting == null || setting.word() == 0) {
      return Truth.TRUE;
    }
    return setting.isWord() ? Truth.FALSE : Unknown.SILENT;
  }

  /**
   * A day or moment plus a duration: days and weeks after a moment are so many hours; all else
   * counts from its local day.
   *
   * @param date the day or moment
   * @param by the duration
   * @return the day or moment then
   */
  public Value shifted(Value date, Duration by) {
    if (date instanceof Moment moment && by.unit() == Duration.Unit.DAYS) {
      return new Moment(moment.seconds() + by.count() * Day.SECONDS);
    }
    if (date instanceof Moment moment && by.unit() == Duration.Unit.WEEKS) {
      return new Moment(moment.seconds() + by.count() * 7 * Day.SECONDS);
    }
    Value local = date instanceof Moment ? prepared.localDay(date) : date;
    if (local == null) {
      return date == null ? null : Unknown.BLANK;
    }
    if (!(local instanceof Day day)) {
      return local;
    }
    Day there = prepared.later(day, by);
    return there == null ? prepared.outOfReach(by) : there;
  }

  /**
   * a ÷ b; a division by zero is unknown, and a note names the denominator.
   *
   * @param a a number
   * @param b another
   * @return the quotient
   */
  public Value divided(Value a, Value b) {
    return quotient(a, b, null, false);
  }

  /**
   * a ÷ b; a division by zero is unknown, and a note names the denominator.
   *
   * @param a a number
   * @param b another
   * @param denominator how b is called
   * @return the quotient
   */
  public Value divided(Value a, Value b, String denominator) {
    return quotient(a, b, denominator, false);
  }

  /**
   * a ÷ b, of which b is a constant of the programme.
   *
   * @param a a number
   * @param b the constant
   * @return the quotient
   */
  public Value dividedByConstant(Value a, Value b) {
    return quotient(a, b, null, true);
  }

  /**
   * a ÷ b, of which b is a constant of the programme.
   *
   * @param a a number
   * @param b the constant
   * @param denominator how b is called
   * @return the quotient
   */
  public Value dividedByConstant(Value a, Value b, String denominator) {
    return quotient(a, b, denominator, true);
  }

  private Value quotient(Value a, Value b, String denominator, boolean constant) {
    if (a == null || b == null) {
      return null;
    }
    List<Need> needs = Unknown.bothNeeds(a, b);
    if (!(b instanceof Exact divisor)) {
      return new Unknown(needs);
    }
    Exact inverse = Exact.ONE.dividedBy(divisor);
    if (inverse == null) {
      noteZero(denominator);
      return new Unknown(needs);
    }
    if (a instanceof Exact number) {
      return number.times(inverse);
    }
    return constant ? Intervals.scaled(a, inverse) : new Unknown(needs);
  }

  /** A data note on what is being evaluated, once. */
  void noteZero(String denominator) {
    Words message = denominator == null ? Messages.ZERO : Messages.ZERO_NAMED.about(denominator);
    String rule = subject == null ? "" : subject.key;
    Note.add(notes, new Note(rule, subject == null ? List.of() : subject.clauses, message));
  }
}
