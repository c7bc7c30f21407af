package programme.runtime;

/**
 * Something that is awaited.
 *
 * @param key its key
 * @param source who can supply it: {@code judgement}, {@code notice} or {@code other}
 */
public record Need(String key, String source) {}
