package programme.runtime;

import java.util.List;

/**
 * A record's fields in order, and the record as declared.
 *
 * @param values the fields' values; one that was left out is null
 * @param record the declaration
 */
public record Fields(List<Value> values, RecordType record) implements Value {}
