package programme.runtime;

import java.util.List;

/** What comes of a guard and a test together, and what is awaited. */
record Result(String result, List<Need> needs) {
  private static final Result MET = new Result("met", List.of());
  private static final Result UNMET = new Result("unmet", List.of());
  private static final Result NOT_APPLICABLE = new Result("not applicable", List.of());

  /** The result of a guard and a test together. */
  static Result of(Truth applies, Truth test) {
    if (applies == Truth.FALSE) {
      return NOT_APPLICABLE;
    }
    Truth truth = Truths.or(Truths.not(applies), test);
    if (truth instanceof Unknown open) {
      boolean pending = Unknown.onlyJudgements(open.needs());
      return new Result(pending ? "pending" : "unknown", open.needs());
    }
    return truth == Truth.TRUE ? MET : UNMET;
  }

  /** The same with another word. */
  Result as(String word) {
    return new Result(word, needs);
  }
}
