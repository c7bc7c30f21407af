package programme.runtime;

/**
 * A text, or the key of a closed list's value.
 *
 * @param text its characters
 */
public record Text(String text) implements Value {}
