package programme.runtime;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The functions of which a programme's expressions are made, as far as they need nothing but their
 * operands.
 *
 * <p>Always: total; no value passes through; nothing is known that an unknown operand leaves open.
 */
public final class Expressions {
  /** True. */
  public static final Truth TRUE = Truth.TRUE;

  /** False. */
  public static final Truth FALSE = Truth.FALSE;

  private Expressions() {}

  /**
   * A whole number.
   *
   * @param value the number
   * @return the same, exact
   */
  public static Exact number(long value) {
    return Exact.of(value);
  }

  /**
   * A whole number of any size.
   *
   * @param digits the number in decimal digits
   * @return the same, exact
   */
  public static Exact number(String digits) {
    return Exact.of(new BigInteger(digits));
  }

  /**
   * A ratio.
   *
   * @param numerator what stands above the line
   * @param denominator what stands below it, not zero
   * @return the quotient
   */
  public static Exact ratio(long numerator, long denominator) {
    return Exact.ratio(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
  }

  /**
   * A ratio of numbers of any size.
   *
   * @param numerator what stands above the line, in decimal digits
   * @param denominator what stands below it, not zero
   * @return the quotient
   */
  public static Exact ratio(String numerator, String denominator) {
    return Exact.ratio(new BigInteger(numerator), new BigInteger(denominator));
  }

  /**
   * A text, or the key of a closed list's value.
   *
   * @param text its characters
   * @return the value
   */
  public static Text text(String text) {
    return new Text(text);
  }

  /**
   * A day of the calendar.
   *
   * @param year the year
   * @param month the month, from 1
   * @param day the day of the month, from 1
   * @return the day
   */
  public static Day day(int year, int month, int day) {
    return Day.of(year, month, day);
  }

  /**
   * A point in time.
   *
   * @param seconds seconds since 1970-01-01T00:00:00Z
   * @return the moment
   */
  public static Moment moment(long seconds) {
    return new Moment(seconds);
  }

  /**
   * So many days.
   *
   * @param count how many
   * @return the duration
   */
  public static Duration days(long count) {
    return new Duration(count, Duration.Unit.DAYS);
  }

  /**
   * So many weeks.
   *
   * @param count how many
   * @return the duration
   */
  public static Duration weeks(long count) {
    return new Duration(count, Duration.Unit.WEEKS);
  }

  /**
   * So many working days.
   *
   * @param count how many
   * @return the duration
   */
  public static Duration workingDays(long count) {
    return new Duration(count, Duration.Unit.WORKING_DAYS);
  }

  /**
   * So many months.
   *
   * @param count how many
   * @return the duration
   */
  public static Duration months(long count) {
    return new Duration(count, Duration.Unit.MONTHS);
  }

  /**
   * So many years.
   *
   * @param count how many
   * @return the duration
   */
  public static Duration years(long count) {
    return new Duration(count, Duration.Unit.YEARS);
  }

  /**
   * An expression that is the same for every case.
   *
   * @param value its value
   * @return the expression
   */
  public static Expr always(Value value) {
    return new Constantly(value);
  }

  /** An expression of which only the value is left. */
  record Constantly(Value value) implements Expr {
    @Override
    public Value of(Scope c) {
      return value;
    }
  }

  /**
   * The notice is silent.
   *
   * @return a value that only the notice could give
   */
  public static Value silent() {
    return Unknown.SILENT;
  }

  /**
   * The opposite.
   *
   * @param value a truth
   * @return true for false, false for true
   */
  public static Truth not(Value value) {
    return Truths.not(value);
  }

  /**
   * True iff all are.
   *
   * @param all truths
   * @return their conjunction
   */
  public static Truth and(Value... all) {
    return Truths.allOf(Arrays.asList(all));
  }

  /**
   * True iff one is.
   *
   * @param all truths
   * @return their disjunction
   */
  public static Truth or(Value... all) {
    return Truths.anyOf(Arrays.asList(all));
  }

  /** Compares two like values; days and moments are compared by the scope. */
  static Truth compareValues(Relation relation, Value a, Value b) {
    if (isNumeric(a) || isNumeric(b)) {
      return Intervals.compare(relation, a, b);
    }
    if (a == null || b == null) {
      return Unknown.BLANK;
    }
    return Truth.of(Values.same(a, b) == (relation == Relation.EQUAL));
  }

  private static boolean isNumeric(Value value) {
    return value instanceof Exact || value instanceof Unknown;
  }

  private static Value compared(Relation relation, Value a, Value b) {
    return a == null || b == null ? null : compareValues(relation, a, b);
  }

  /**
   * a = b
   *
   * @param a a value
   * @param b another
   * @return whether it is so
   */
  public static Value equal(Value a, Value b) {
    return compared(Relation.EQUAL, a, b);
  }

  /**
   * a ≠ b
   *
   * @param a a value
   * @param b another
   * @return whether it is so
   */
  public static Value notEqual(Value a, Value b) {
    return compared(Relation.NOT_EQUAL, a, b);
  }

  /**
   * a &lt; b
   *
   * @param a a number
   * @param b another
   * @return whether it is so
   */
  public static Value less(Value a, Value b) {
    return compared(Relation.LESS, a, b);
  }

  /**
   * a ≤ b
   *
   * @param a a number
   * @param b another
   * @return whether it is so
   */
  public static Value atMost(Value a, Value b) {
    return compared(Relation.AT_MOST, a, b);
  }

  /**
   * a &gt; b
   *
   * @param a a number
   * @param b another
   * @return whether it is so
   */
  public static Value more(Value a, Value b) {
    return compared(Relation.MORE, a, b);
  }

  /**
   * a ≥ b
   *
   * @param a a number
   * @param b another
   * @return whether it is so
   */
  public static Value atLeast(Value a, Value b) {
    return compared(Relation.AT_LEAST, a, b);
  }

  /**
   * Whether a value is one of these; of a set among them, whether it holds the value.
   *
   * @param value the value
   * @param set what it may be
   * @return whether it is so
   */
  public static Value isIn(Value value, Value... set) {
    if (value == null) {
      return null;
    }
    List<Truth> all = new ArrayList<>(set.length);
    for (Value choice : set) {
      all.add(
          value instanceof Text && choice instanceof Items items
              ? Truth.of(items.holds(value))
              : compareValues(Relation.EQUAL, value, choice));
    }
    return Truths.anyOf(all);
  }

  /**
   * Whether there is a value: never unknown.
   *
   * @param value the value
   * @return true or false
   */
  public static Truth isGiven(Value value) {
    return Truth.of(value != null && !(value instanceof Unknown));
  }

  /**
   * The value, or a literal where it has none.
   *
   * @param value the value
   * @param fallback the literal
   * @return one of them
   */
  public static Value otherwise(Value value, Value fallback) {
    return value == null ? fallback : value;
  }

  /**
   * The value, or another where it has none.
   *
   * @param value the value
   * @param fallback gives the other, if it is needed
   * @return one of them
   */
  public static Value otherwise(Value value, Supplier<Value> fallback) {
    return value == null ? fallback.get() : value;
  }

  /**
   * One of two by a condition.
   *
   * @param test the condition
   * @param then gives the value where it holds
   * @param other gives the value where it does not
   * @return one of them
   */
  public static Value choose(Value test, Supplier<Value> then, Supplier<Value> other) {
    Truth truth = Truths.truthOf(test);
    if (truth instanceof Unknown) {
      return truth;
    }
    return truth == Truth.TRUE ? then.get() : other.get();
  }

  /**
   * a + b
   *
   * @param a a number
   * @param b another
   * @return the sum
   */
  public static Value plus(Value a, Value b) {
    return Intervals.plus(a, b);
  }

  /**
   * a − b
   *
   * @param a a number
   * @param b another
   * @return the difference
   */
  public static Value minus(Value a, Value b) {
    return Intervals.plus(a, Intervals.negative(b));
  }

  /**
   * −a
   *
   * @param a a number
   * @return its opposite
   */
  public static Value negative(Value a) {
    return Intervals.negative(a);
  }

  /**
   * a × b where neither is a constant of the programme.
   *
   * @param a a number
   * @param b another
   * @return the product
   */
  public static Value times(Value a, Value b) {
    return Intervals.times(a, b);
  }

  /**
   * a × b, of which b is a constant of the programme.
   *
   * @param a a number
   * @param b the constant
   * @return the product
   */
  public static Value timesConstant(Value a, Value b) {
    return a instanceof Unknown && b instanceof Exact factor
        ? Intervals.scaled(a, factor)
        : Intervals.times(a, b);
  }

  /**
   * a × b, of which a is a constant of the programme.
   *
   * @param a the constant
   * @param b a number
   * @return the product
   */
  public static Value constantTimes(Value a, Value b) {
    return a instanceof Exact factor && b instanceof Unknown
        ? Intervals.scaled(b, factor)
        : Intervals.times(a, b);
  }

  /**
   * The larger of several.
   *
   * @param values numbers
   * @return the largest
   */
  public static Value largest(Value... values) {
    return Intervals.extreme(1, Arrays.asList(values));
  }

  /**
   * The smaller of several.
   *
   * @param values numbers
   * @return the smallest
   */
  public static Value smallest(Value... values) {
    return Intervals.extreme(-1, Arrays.asList(values));
  }

  /**
   * Rounds a known number in its unit; bounds do not pass.
   *
   * @param a a number
   * @param mode how
   * @param digits to so many digits after the point
   * @param unit what the digits are counted in
   * @return the rounded number
   */
  public static Value rounded(Value a, Rounding mode, int digits, Exact unit) {
    if (a instanceof Exact number) {
      return number.dividedBy(unit).round(mode, digits).times(unit);
    }
    return a instanceof Unknown open ? new Unknown(open.needs()) : a;
  }

  /**
   * A field of a record.
   *
   * @param of the record
   * @param key the field's key
   * @return its value
   */
  public static Value field(Value of, String key) {
    if (of instanceof Unknown open) {
      return new Unknown(open.needs());
    }
    if (!(of instanceof Fields fields)) {
      return null;
    }
    int index = fields.record().index.get(key);
    RecordField declared = fields.record().fields.get(index);
    return valueOf(
        fields.values().get(index), key, "other", declared.optional, declared.least, declared.most);
  }

  /** An entry as value; a blank one is unknown within its bounds, or has no value if it may be. */
  static Value valueOf(
      Value data, String key, String source, boolean optional, Exact low, Exact high) {
    if (data != null && data != Bad.BAD) {
      return data;
    }
    if (data == null && optional) {
      return null;
    }
    return new Unknown(List.of(new Need(key, source)), low, high);
  }

  /**
   * An aggregate over the items of a list.
   *
   * @param op what is made of them
   * @param list the list
   * @return the aggregate
   */
  public static Value overList(Aggregation op, Value list) {
    return overList(op, list, null, null);
  }

  /**
   * An aggregate over the items of a list.
   *
   * @param op what is made of them
   * @param list the list
   * @param where which items count; null: all
   * @param value what is taken of each; null: the item counts as such
   * @return the aggregate
   */
  public static Value overList(
      Aggregation op, Value list, Function<Item, Value> where, Function<Item, Value> value) {
    return overMembers(list, where, value, members -> Aggregates.aggregate(op, members));
  }

  /**
   * Whether so many whole numbers, one after another, are each the value of an item that counts.
   *
   * @param length how many
   * @param list the list
   * @param where which items count; null: all
   * @param value the number of each
   * @return whether they are
   */
  public static Value consecutive(
      int length, Value list, Function<Item, Value> where, Function<Item, Value> value) {
    return overMembers(list, where, value, members -> Aggregates.hasRun(length, members));
  }

  /** What is made of the items of a list, each with whether it counts and what is taken of it; an unknown list is unknown. */
  private static Value overMembers(
      Value list,
      Function<Item, Value> where,
      Function<Item, Value> value,
      Function<List<Aggregates.Member>, Value> make) {
    if (list instanceof Unknown open) {
      return new Unknown(open.needs());
    }
    if (!(list instanceof Items items)) {
      return list;
    }
    List<Aggregates.Member> members = new ArrayList<>(items.list().size());
    for (Value data : items.list()) {
      Item item = new Item(data);
      Truth counts = where == null ? Truth.TRUE : Truths.truthOf(where.apply(item));
      boolean asked = value != null && counts != Truth.FALSE;
      members.add(new Aggregates.Member(counts, asked, asked ? value.apply(item) : null));
    }
    return make.apply(members);
  }
}
