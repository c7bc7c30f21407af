package programme.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Places by wish: in the order of the list, each who is selected gets the first of its wishes that
 * has a free place.
 *
 * <p>Always: where it matters in which order equals choose, or a wish, a place or who is selected
 * is open, it is open for these and for all behind them.
 */
final class Wishes {
  /**
   * What one was given.
   *
   * @param place a text, "" for nothing; null: it is open
   */
  record Given(String place) {
    static final Given OPEN = new Given(null);
  }

  private final Assign assign;
  private final Cut cut;
  private final List<Scene> scenes;

  /** How many places there are of a wish. */
  private final UnaryOperator<Value> placesOf;

  /** By wish, how many places are free; null: that is not known. */
  private final Map<String, Exact> free = new HashMap<>();

  private Wishes(Assign assign, Cut cut, List<Scene> scenes, UnaryOperator<Value> placesOf) {
    this.assign = assign;
    this.cut = cut;
    this.scenes = scenes;
    this.placesOf = placesOf;
  }

  /** What each was given, by its position among the candidates; others are not there. */
  static Map<Integer, Given> given(
      Assign assign,
      Cut cut,
      List<Integer> order,
      List<Scene> scenes,
      UnaryOperator<Value> placesOf) {
    return new Wishes(assign, cut, scenes, placesOf).given(order);
  }

  private Map<Integer, Given> given(List<Integer> order) {
    Map<Integer, Given> given = new HashMap<>();
    boolean isOpen = false;
    for (List<Integer> level : levels(order)) {
      isOpen |= level.stream().map(cut.fares::get).anyMatch(one -> one.isUnknown() || one.isTied());
      List<Integer> choosing = level.stream().filter(this::chooses).toList();
      List<String> choices = isOpen ? null : choices(choosing);
      isOpen |= choices == null && !choosing.isEmpty();
      for (int i = 0; i < choosing.size(); i++) {
        String choice = choices == null ? null : choices.get(i);
        given.put(choosing.get(i), choices == null ? Given.OPEN : new Given(choice));
        if (choice != null && !choice.isEmpty()) {
          free.put(choice, free.get(choice).minus(Exact.ONE));
        }
      }
    }
    return given;
  }

  private boolean chooses(int at) {
    return cut.fares.get(at).isSelected() && !cut.candidates.get(at).left();
  }

  /** Runs of those that can take the same best place. */
  private List<List<Integer>> levels(List<Integer> order) {
    List<List<Integer>> levels = new ArrayList<>();
    for (int i = 0; i < order.size(); i++) {
      if (i == 0 || !cut.ranking.asGood(order.get(i - 1), order.get(i))) {
        levels.add(new ArrayList<>());
      }
      levels.get(levels.size() - 1).add(order.get(i));
    }
    return levels;
  }

  /**
   * What each would choose first, "" for nothing; null where it is open, or equals can't all have
   * what they would choose.
   */
  private List<String> choices(List<Integer> choosing) {
    List<String> choices = new ArrayList<>();
    for (int at : choosing) {
      List<Keys.KeyText> wishes = wishes(scenes.get(cut.candidates.get(at).at()));
      String choice = wishes == null ? null : choice(wishes);
      if (choice == null) {
        return null;
      }
      choices.add(choice);
    }
    for (String choice : choices) {
      Exact wanted = Exact.of(Collections.frequency(choices, choice));
      if (!choice.isEmpty() && free.get(choice).compareTo(wanted) < 0) {
        return null;
      }
    }
    return choices;
  }

  private String choice(List<Keys.KeyText> wishes) {
    for (Keys.KeyText wish : wishes) {
      if (!free.containsKey(wish.text())) {
        free.put(wish.text(), placesOf.apply(wish.value()) instanceof Exact places ? places : null);
      }
      Exact places = free.get(wish.text());
      if (places == null) {
        return null;
      }
      if (places.compareTo(Exact.ONE) >= 0) {
        return wish.text();
      }
    }
    return "";
  }

  /** The wishes of a case in its order; null where they are not known. */
  private List<Keys.KeyText> wishes(Scene scene) {
    KeyValue of = assign.wishes.get(scene.track.key);
    if (of == null || !(of.value.of(scene) instanceof Items items)) {
      return null;
    }
    List<Keys.KeyText> wishes = new ArrayList<>();
    for (Value data : items.list()) {
      Value first = data instanceof Fields fields ? fields.values().get(0) : data;
      Value value = Expressions.valueOf(first, "", "other", false, null, null);
      String text = Keys.text(of.type, value);
      if (text == null) {
        return null;
      }
      wishes.add(new Keys.KeyText(text, value));
    }
    return wishes;
  }
}
