package programme.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A programme's definition. */
public final class Definition {
  /** Its key. */
  String programme;

  /** Its version. */
  String version;

  /** Its zone. */
  Zone zone;

  /** Its calendar of working days. */
  Calendar calendar;

  /** Its readings. */
  final List<Reading> readings = new ArrayList<>();

  /** Who acts. */
  final List<Actor> actors = new ArrayList<>();

  /** Its closed lists. */
  final List<ClosedList> lists = new ArrayList<>();

  /** Its groups of fields. */
  final List<RecordType> records = new ArrayList<>();

  /** Its tables. */
  final List<Table> tables = new ArrayList<>();

  /** Its values. */
  final List<Constant> constants = new ArrayList<>();

  /** Its documents. */
  final List<Material> materials = new ArrayList<>();

  /** Its routes. */
  final List<Route> routes = new ArrayList<>();

  /** Its tables whose rows are cases. */
  final List<Summary> summaries = new ArrayList<>();

  /** Its quotas. */
  final List<Quota> quotas = new ArrayList<>();

  /** Its selections. */
  final List<Selection> selections = new ArrayList<>();

  /** Its targets. */
  final List<Targets> targets = new ArrayList<>();

  /** Its stages by name. */
  final List<StageName> stages = new ArrayList<>();

  /** Its tracks. */
  final List<Track> tracks = new ArrayList<>();

  /** Nothing is said of it yet. */
  public Definition() {}

  /**
   * Says its key.
   *
   * @param programme its key
   * @return this
   */
  public Definition programme(String programme) {
    this.programme = programme;
    return this;
  }

  /**
   * Says its version.
   *
   * @param version its version
   * @return this
   */
  public Definition version(String version) {
    this.version = version;
    return this;
  }

  /**
   * Says its zone.
   *
   * @param zone its zone
   * @return this
   */
  public Definition zone(Zone zone) {
    this.zone = zone;
    return this;
  }

  /**
   * Says its calendar of working days.
   *
   * @param calendar its calendar
   * @return this
   */
  public Definition calendar(Calendar calendar) {
    this.calendar = calendar;
    return this;
  }

  /**
   * Says its readings.
   *
   * @param more its readings
   * @return this
   */
  public Definition readings(Reading... more) {
    Collections.addAll(readings, more);
    return this;
  }

  /**
   * Says its readings.
   *
   * @param more its readings
   * @return this
   */
  public Definition readings(List<Reading> more) {
    readings.addAll(more);
    return this;
  }

  /**
   * Says who acts.
   *
   * @param more who acts
   * @return this
   */
  public Definition actors(Actor... more) {
    Collections.addAll(actors, more);
    return this;
  }

  /**
   * Says who acts.
   *
   * @param more who acts
   * @return this
   */
  public Definition actors(List<Actor> more) {
    actors.addAll(more);
    return this;
  }

  /**
   * Says its closed lists.
   *
   * @param more its closed lists
   * @return this
   */
  public Definition lists(ClosedList... more) {
    Collections.addAll(lists, more);
    return this;
  }

  /**
   * Says its closed lists.
   *
   * @param more its closed lists
   * @return this
   */
  public Definition lists(List<ClosedList> more) {
    lists.addAll(more);
    return this;
  }

  /**
   * Says its groups of fields.
   *
   * @param more its groups of fields
   * @return this
   */
  public Definition records(RecordType... more) {
    Collections.addAll(records, more);
    return this;
  }

  /**
   * Says its groups of fields.
   *
   * @param more its groups of fields
   * @return this
   */
  public Definition records(List<RecordType> more) {
    records.addAll(more);
    return this;
  }

  /**
   * Says its tables.
   *
   * @param more its tables
   * @return this
   */
  public Definition tables(Table... more) {
    Collections.addAll(tables, more);
    return this;
  }

  /**
   * Says its tables.
   *
   * @param more its tables
   * @return this
   */
  public Definition tables(List<Table> more) {
    tables.addAll(more);
    return this;
  }

  /**
   * Says its values.
   *
   * @param more its values
   * @return this
   */
  public Definition constants(Constant... more) {
    Collections.addAll(constants, more);
    return this;
  }

  /**
   * Says its values.
   *
   * @param more its values
   * @return this
   */
  public Definition constants(List<Constant> more) {
    constants.addAll(more);
    return this;
  }

  /**
   * Says its documents.
   *
   * @param more its documents
   * @return this
   */
  public Definition materials(Material... more) {
    Collections.addAll(materials, more);
    return this;
  }

  /**
   * Says its documents.
   *
   * @param more its documents
   * @return this
   */
  public Definition materials(List<Material> more) {
    materials.addAll(more);
    return this;
  }

  /**
   * Says its routes.
   *
   * @param more its routes
   * @return this
   */
  public Definition routes(Route... more) {
    Collections.addAll(routes, more);
    return this;
  }

  /**
   * Says its routes.
   *
   * @param more its routes
   * @return this
   */
  public Definition routes(List<Route> more) {
    routes.addAll(more);
    return this;
  }

  /**
   * Says its tables whose rows are cases.
   *
   * @param more its tables whose rows are cases
   * @return this
   */
  public Definition summaries(Summary... more) {
    Collections.addAll(summaries, more);
    return this;
  }

  /**
   * Says its tables whose rows are cases.
   *
   * @param more its tables whose rows are cases
   * @return this
   */
  public Definition summaries(List<Summary> more) {
    summaries.addAll(more);
    return this;
  }

  /**
   * Says its quotas.
   *
   * @param more its quotas
   * @return this
   */
  public Definition quotas(Quota... more) {
    Collections.addAll(quotas, more);
    return this;
  }

  /**
   * Says its quotas.
   *
   * @param more its quotas
   * @return this
   */
  public Definition quotas(List<Quota> more) {
    quotas.addAll(more);
    return this;
  }

  /**
   * Says its selections.
   *
   * @param more its selections
   * @return this
   */
  public Definition selections(Selection... more) {
    Collections.addAll(selections, more);
    return this;
  }

  /**
   * Says its selections.
   *
   * @param more its selections
   * @return this
   */
  public Definition selections(List<Selection> more) {
    selections.addAll(more);
    return this;
  }

  /**
   * Says its targets.
   *
   * @param more its targets
   * @return this
   */
  public Definition targets(Targets... more) {
    Collections.addAll(targets, more);
    return this;
  }

  /**
   * Says its targets.
   *
   * @param more its targets
   * @return this
   */
  public Definition targets(List<Targets> more) {
    targets.addAll(more);
    return this;
  }

  /**
   * Says its stages by name.
   *
   * @param more its stages by name
   * @return this
   */
  public Definition stages(StageName... more) {
    Collections.addAll(stages, more);
    return this;
  }

  /**
   * Says its stages by name.
   *
   * @param more its stages by name
   * @return this
   */
  public Definition stages(List<StageName> more) {
    stages.addAll(more);
    return this;
  }

  /**
   * Says its tracks.
   *
   * @param more its tracks
   * @return this
   */
  public Definition tracks(Track... more) {
    Collections.addAll(tracks, more);
    return this;
  }

  /**
   * Says its tracks.
   *
   * @param more its tracks
   * @return this
   */
  public Definition tracks(List<Track> more) {
    tracks.addAll(more);
    return this;
  }
}
