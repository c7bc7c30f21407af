package programme.runtime;

/**
 * The window and deadline of a stage as local days; null where they are open.
 *
 * @param track the track's key
 * @param stage the stage's key
 * @param open the day on which its window opens
 * @param due the last day
 */
public record StageDates(String track, String stage, String open, String due) {}
