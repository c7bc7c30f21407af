package programme.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The functions of a programme, from its definition. */
public final class Judge {
  private final Prepared prepared;

  /**
   * A programme ready to judge.
   *
   * @param definition its definition, used for nothing else from now on
   */
  public Judge(Definition definition) {
    prepared = new Prepared(definition);
  }

  /**
   * Judges a case given as plain values.
   *
   * @param value maps, lists, texts, exact numbers, truth values and null
   * @param options what is asked
   * @return the report
   */
  public Report validate(Map<String, ?> value, Options options) {
    Settled settled = options.settle(prepared);
    return judge(CaseReader.read(prepared, Json.spotOf(value, "", 0), ""), settled);
  }

  /**
   * Judges a case given as JSON.
   *
   * @param text the JSON
   * @param options what is asked
   * @return the report
   */
  public Report validateText(String text, Options options) {
    Settled settled = options.settle(prepared);
    String body = text.startsWith("\ufeff") ? text.substring(1) : text;
    Case one =
        Refusal.reading(body, 0, () -> CaseReader.read(prepared, Scanner.scan(body), ""));
    return judge(one, settled);
  }

  private Report judge(Case one, Settled settled) {
    Evaluation evaluation = Evaluation.of(prepared, one, settled, false);
    return Reports.ofCase(prepared, evaluation, settled.lang());
  }

  /**
   * Judges a batch given as lines of JSON.
   *
   * @param lines a case, package or decision a line
   * @param stage the stage's key or name; null: every stage in turn
   * @param options what is asked
   * @return the reports
   */
  public Judgement judgeBatch(String lines, String stage, Options options) {
    Settled settled = options.settleAt(prepared, stage);
    return judge(Lines.read(prepared, lines), settled);
  }

  /**
   * Judges a batch given as plain values.
   *
   * @param lines a case, package or decision each
   * @param stage the stage's key or name; null: every stage in turn
   * @param options what is asked
   * @return the reports
   */
  public Judgement judgeBatch(List<?> lines, String stage, Options options) {
    Settled settled = options.settleAt(prepared, stage);
    return judge(Lines.read(prepared, lines), settled);
  }

  private Judgement judge(Batch batch, Settled settled) {
    BatchRun run = new BatchRun(prepared, batch, settled);
    List<Report> reports = new ArrayList<>();
    for (Evaluation report : run.reports) {
      reports.add(Reports.ofCase(prepared, report, settled.lang()));
    }
    return new Judgement(reports, Reports.ofBatch(run, settled.lang()));
  }

  /**
   * Ranks the candidates of a batch given as lines of JSON: who is proposed.
   *
   * @param lines a case, package or decision a line
   * @param stage the stage's key or name; null: every selection in turn
   * @param options what is asked
   * @return the report
   */
  public Report select(String lines, String stage, Options options) {
    Settled settled = options.settleAt(prepared, stage);
    return select(Lines.read(prepared, lines), settled);
  }

  /**
   * Ranks the candidates of a batch given as plain values: who is proposed.
   *
   * @param lines a case, package or decision each
   * @param stage the stage's key or name; null: every selection in turn
   * @param options what is asked
   * @return the report
   */
  public Report select(List<?> lines, String stage, Options options) {
    Settled settled = options.settleAt(prepared, stage);
    return select(Lines.read(prepared, lines), settled);
  }

  private Report select(Batch batch, Settled settled) {
    List<SelectRun.Proposal> proposals = SelectRun.propose(prepared, batch, settled);
    return SelectReports.of(prepared, proposals, settled.lang());
  }

  /**
   * Holds reports on targets, given as lines of JSON, against all milestones.
   *
   * @param reports a report a line
   * @param date the day on which they are looked at; null: at none
   * @param options what is asked
   * @return the report
   */
  public Report checkTargets(String reports, String date, Options options) {
    Settled settled = options.settleOn(prepared, date);
    return check(TargetLines.read(prepared, reports), settled);
  }

  /**
   * Holds reports on targets, given as plain values, against all milestones.
   *
   * @param reports the reports
   * @param date the day on which they are looked at; null: at none
   * @param options what is asked
   * @return the report
   */
  public Report checkTargets(List<?> reports, String date, Options options) {
    Settled settled = options.settleOn(prepared, date);
    return check(TargetLines.read(prepared, reports), settled);
  }

  private Report check(List<TargetLines.Filed> reports, Settled settled) {
    return TargetReports.of(new TargetRun(prepared, reports, settled), settled.lang());
  }

  /**
   * The window and deadline of every stage of every track's route.
   *
   * @return one a stage that has either
   */
  public List<StageDates> deadlines() {
    Group scope = new Group(prepared, prepared.settings);
    List<StageDates> dates = new ArrayList<>();
    for (Track track : prepared.tracks.values()) {
      for (Stage stage : track.stages) {
        if (stage.open != null || stage.due != null) {
          String open = day(scope, stage.open);
          dates.add(new StageDates(track.key, stage.key, open, day(scope, stage.due)));
        }
      }
    }
    return dates;
  }

  private String day(Group scope, Expr deadline) {
    Value value = deadline == null ? null : prepared.asDay(deadline.of(scope));
    return value instanceof Day day ? day.show() : null;
  }

  /**
   * 字数 of a text, as offices count it.
   *
   * @param text the text
   * @param withPunctuation whether East-Asian punctuation counts
   * @return the number
   */
  public static int charCount(String text, boolean withPunctuation) {
    return Texts.charCount(text, withPunctuation);
  }
}
