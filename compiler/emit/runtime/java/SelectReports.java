package programme.runtime;

import java.util.ArrayList;
import java.util.List;

/** Proposals as plain data, ready to be printed as canonical JSON. */
final class SelectReports {
  private SelectReports() {}

  /** The report of all selections asked for. */
  static Report of(Prepared prepared, List<SelectRun.Proposal> proposals, String lang) {
    List<Object> selections = new ArrayList<>();
    proposals.forEach(one -> selections.add(entry(one, lang)));
    return new Report(
        new Json.Members()
            .with("programme", prepared.programme)
            .with("selections", selections)
            .with("version", prepared.version));
  }

  private static Json.Members entry(SelectRun.Proposal proposal, String lang) {
    Selection selection = proposal.selection();
    List<Object> lists = new ArrayList<>();
    proposal.lists().forEach(list -> lists.add(entry(selection, list)));
    return new Json.Members()
        .with("clauses", selection.clauses)
        .with("lists", lists)
        .with("message", selection.words().in(lang))
        .with("order", selection.order.stream().map(criterion -> criterion.name).toList())
        .with("selection", selection.key)
        .with("stage", selection.at)
        .with("tied", selection.tied == null ? "unknown" : selection.tied.kind);
  }

  private static Json.Members entry(Selection selection, SelectGroup list) {
    Json.Members key = new Json.Members();
    for (int i = 0; i < selection.keys.size(); i++) {
      key.put(selection.keys.get(i).name, list.name().get(i));
    }
    List<Object> places = new ArrayList<>();
    list.places.forEach(place -> places.add(entry(list, place)));
    return new Json.Members()
        .with("key", key)
        .with("limit", list.limit == null ? null : shown(list, list.limit))
        .with("places", places)
        .with("vacant", list.vacant);
  }

  private static Object shown(SelectGroup list, Candidate.Shown of) {
    return Reports.value(of.value(), of.type(), list.run.prepared.zone);
  }

  private static Json.Members entry(SelectGroup list, SelectGroup.Place place) {
    Fares fares = place.fares;
    Truth decided = list.run.decided(place.at);
    List<Object> values = new ArrayList<>();
    place.candidate.values().forEach(value -> values.add(shown(list, value)));
    Json.Members entry =
        new Json.Members()
            .withSome("awaits", fares.by())
            .withSome("behind", place.behind == null ? null : place.behind.name)
            .withSome("decided", decided == null ? null : decided == Truth.TRUE)
            .with("id", list.run.ids.get(place.at))
            .withSome("left", place.candidate.left() ? true : null)
            .with("level", place.level)
            .withSome("moved_up", place.movedUp ? true : null)
            .withSome("needs", fares.needs() == null ? null : Reports.keys(fares.needs()))
            .withSome("position", fares.position())
            .with("rank", place.rank == null ? null : place.rank.rank())
            .with("result", fares.result())
            .with("track", list.scenes.get(place.at).track.key)
            .with("values", values);
    return place.given == null ? entry : entry.with("given", place.given.place());
  }
}
