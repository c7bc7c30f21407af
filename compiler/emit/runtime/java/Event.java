package programme.runtime;

/** What happened to a case at a stage. */
final class Event {
  String stage;
  String outcome;
  String by;
  Value at;
  String channel;
}
