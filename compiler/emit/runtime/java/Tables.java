package programme.runtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Lookups in tables, and totals split over their rows. */
final class Tables {
  private Tables() {}

  /** A row of a column: its constant keys (the first of each cell; null for `otherwise`). */
  record Line(List<Value> keys, Value value) {}

  /** A cell of a row with the row's keys in scope. */
  private static Value cell(Scope c, Row row, int column, List<Value> keys) {
    Expr value = row.values.get(column);
    if (value instanceof Expressions.Constantly constant) {
      return constant.value();
    }
    c.pushKeys(keys);
    Value found = value.of(c);
    c.popKeys();
    return found;
  }

  /** The cell of a column in the row that the keys choose; without such a row the notice is silent. */
  static Value lookup(Scope c, Table table, String column, List<Value> keys) {
    if (table.absent) {
      return Unknown.SILENT;
    }
    if (keys.contains(null)) {
      return null;
    }
    for (Value key : keys) {
      if (key instanceof Unknown) {
        return new Unknown(Unknown.allNeeds(keys));
      }
    }
    Row row = findRow(c, table, keys);
    return row == null ? Unknown.SILENT : cell(c, row, table.columns.indexOf(column), keys);
  }

  private static boolean fitsAll(Scope c, Row row, List<Value> keys, int count) {
    for (int i = 0; i < count; i++) {
      if (!row.keys.get(i).fits(c, keys.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** What stands for a number or a day where bounds are compared; null for any other value. */
  private static Exact placeOf(Value value) {
    if (value instanceof Day day) {
      return Exact.of(day.number());
    }
    return value instanceof Exact number ? number : null;
  }

  /** The row that known keys choose. */
  private static Row findRow(Scope c, Table table, List<Value> keys) {
    int last = keys.size() - 1;
    if (table.lookup.equals("match")) {
      for (Row row : table.rows) {
        if (fitsAll(c, row, keys, keys.size())) {
          return row;
        }
      }
      return null;
    }
    int sign = table.lookup.equals("lower bound") ? 1 : -1;
    Exact key = placeOf(keys.get(last));
    Row best = null;
    Exact nearest = null;
    Row beyond = null;
    for (Row row : table.rows) {
      if (!fitsAll(c, row, keys, last)) {
        continue;
      }
      KeyCell cell = row.keys.get(last);
      // Of a banded table: the row for values beyond all bounds.
      beyond = beyond == null && cell instanceof KeyCell.Any ? row : beyond;
      Exact bound = placeOf(cell.first(c));
      if (bound != null && key != null) {
        boolean reached = key.compareTo(bound) * sign >= 0;
        if (reached && (nearest == null || bound.compareTo(nearest) * sign > 0)) {
          best = row;
          nearest = bound;
        }
      }
    }
    return best == null ? beyond : best;
  }

  /** Every row of a column. */
  static List<Line> rowsOf(Scope c, Table table, String column) {
    int index = table.columns.indexOf(column);
    List<Line> lines = new ArrayList<>();
    for (Row row : table.rows) {
      List<Value> keys = new ArrayList<>();
      for (KeyCell cell : row.keys) {
        keys.add(cell.first(c));
      }
      lines.add(new Line(keys, cell(c, row, index, keys)));
    }
    return lines;
  }

  /** Seats by weight; null for each row that a tie at the last seat leaves open. */
  static List<Exact> seatsOf(Exact total, List<Exact> weights, Apportionment method) {
    Exact sum = weights.stream().reduce(Exact.ZERO, Exact::plus);
    if (sum.signum() == 0 || total.signum() < 0) {
      return Collections.nCopies(weights.size(), null);
    }
    boolean remainder = method == Apportionment.LARGEST_REMAINDER;
    List<Exact> seats = new ArrayList<>();
    Exact rest = total;
    for (Exact weight : weights) {
      Exact quota = weight.times(total).dividedBy(sum);
      seats.add(remainder ? quota.round(Rounding.DOWN, 0) : Exact.ZERO);
      rest = rest.minus(seats.get(seats.size() - 1));
    }
    boolean[] done = new boolean[weights.size()];
    while (rest.signum() > 0) {
      List<Exact> claims = new ArrayList<>();
      for (int i = 0; i < weights.size(); i++) {
        claims.add(done[i] ? null : claim(method, weights.get(i), seats.get(i), total, sum));
      }
      ArrayDeque<Integer> tied = largest(claims);
      if (tied.isEmpty()) {
        break;
      }
      if (Exact.of(tied.size()).compareTo(rest) > 0) {
        tied.forEach(i -> seats.set(i, null));
        return seats;
      }
      for (int i : tied) {
        seats.set(i, seats.get(i).plus(Exact.ONE));
        done[i] = remainder;
      }
      rest = rest.minus(Exact.of(tied.size()));
    }
    return seats;
  }

  /** How strong a row's claim to the next seat is. */
  private static Exact claim(
      Apportionment method, Exact weight, Exact seats, Exact total, Exact sum) {
    return switch (method) {
      case LARGEST_REMAINDER -> weight.times(total).dividedBy(sum).minus(seats);
      case WEBSTER -> weight.dividedBy(seats.times(Exact.of(2)).plus(Exact.ONE));
      case JEFFERSON -> weight.dividedBy(seats.plus(Exact.ONE));
    };
  }

  private static ArrayDeque<Integer> largest(List<Exact> claims) {
    ArrayDeque<Integer> tied = new ArrayDeque<>();
    for (int i = 0; i < claims.size(); i++) {
      Exact claim = claims.get(i);
      int order = claim == null || tied.isEmpty() ? 1 : claim.compareTo(claims.get(tied.peek()));
      if (claim == null || order < 0) {
        continue;
      }
      if (order > 0) {
        tied.clear();
      }
      tied.add(i);
    }
    return tied;
  }

  /** Keys as a list that may hold null. */
  static List<Value> keys(Value... keys) {
    return Arrays.asList(keys);
  }
}
