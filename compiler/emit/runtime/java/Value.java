package programme.runtime;

/**
 * A value during evaluation; {@code null} where there is none (optional and blank, not relevant, a
 * rule that is not applicable).
 */
public sealed interface Value
    permits Truth, Exact, Text, Items, Fields, Day, Moment, Duration, Bad {}
