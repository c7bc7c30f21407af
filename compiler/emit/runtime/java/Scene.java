package programme.runtime;

import java.util.List;

/**
 * One case in the making: the value of every fact, let and rule, each worked out once.
 *
 * <p>Always: nothing is evaluated twice; nothing outside the case is looked at.
 */
final class Scene extends Scope {
  final Case one;
  final Track track;
  final Value on;

  /** In a batch a case without events is where the batch is, so nothing of it is overdue. */
  final boolean inBatch;

  /** Stands for a value that is worked out and null. */
  private static final Object NOTHING = new Object();

  private final Object[] inputs;
  private final Truth[] relevant;
  private final Object[] lets;
  private final Judged[] rules;
  private Walk walk;

  Scene(Prepared prepared, Case one, List<Setting> settings, Value on, boolean inBatch) {
    super(prepared, settings);
    this.one = one;
    this.track = one.track;
    this.on = on;
    this.inBatch = inBatch;
    inputs = new Object[track.inputs.size()];
    relevant = new Truth[track.inputs.size()];
    lets = new Object[track.lets.size()];
    rules = new Judged[track.rules.size()];
  }

  /** The stages of the case's route. */
  List<Stage> stages() {
    return track.stages;
  }

  /** The position of a stage in the case's route, or -1. */
  int position(String key) {
    return key == null ? -1 : track.stageIndex.getOrDefault(key, -1);
  }

  /** The value of an input by its position in the track. */
  Value slotValue(int slot) {
    if (inputs[slot] == null) {
      Value value = Inputs.workOut(this, slot);
      inputs[slot] = value == null ? NOTHING : value;
    }
    return inputs[slot] == NOTHING ? null : (Value) inputs[slot];
  }

  /** Takes an input to have this value. */
  void assume(int slot, Value value) {
    inputs[slot] = value;
  }

  /** Whether an input is relevant (its guard). */
  Truth relevance(int slot) {
    if (relevant[slot] == null) {
      Expr when = track.inputs.get(slot).when;
      relevant[slot] = when == null ? Truth.TRUE : Truths.truthOf(when.of(this));
    }
    return relevant[slot];
  }

  /** The value of a let by its position in the track. */
  Value letValue(int index) {
    if (lets[index] == null) {
      CaseLet named = track.lets.get(index);
      Value value = naming(named, () -> named.value.of(this));
      lets[index] = value == null ? NOTHING : value;
    }
    return lets[index] == NOTHING ? null : (Value) lets[index];
  }

  /** The result of a rule by its position in the track. */
  Judged judged(int index) {
    if (rules[index] == null) {
      rules[index] = Rules.workOut(this, track.rules.get(index));
    }
    return rules[index];
  }

  /** The case's way along its route. */
  Walk walk() {
    if (walk == null) {
      walk = Walk.of(this);
    }
    return walk;
  }

  @Override
  public Value read(String pointer) {
    Integer slot = track.slots.get(pointer);
    return slot == null ? null : slotValue(slot);
  }

  @Override
  public Truth isGiven(String pointer) {
    Integer slot = track.slots.get(pointer);
    boolean given =
        slot != null && one.entries[slot].data != null && relevance(slot) != Truth.FALSE;
    return Truth.of(given);
  }

  @Override
  public Value rule(String key) {
    return judged(track.ruleIndex.get(key)).asOperand();
  }

  @Override
  public Value let(String key) {
    return letValue(track.letIndex.get(key));
  }

  @Override
  Stage stageOf(String key) {
    int own = position(key);
    return own < 0 ? super.stageOf(key) : stages().get(own);
  }

  @Override
  public Value time(String key) {
    Event event = one.lastAt(key);
    return event == null || event.at == null || event.at == Bad.BAD
        ? Unknown.awaited(key, "other")
        : event.at;
  }
}
