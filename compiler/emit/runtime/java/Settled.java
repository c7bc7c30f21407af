package programme.runtime;

import java.util.List;

/**
 * What one evaluation is asked.
 *
 * @param at up to which stage; null: all
 * @param on on which day or at which moment; null: at none
 * @param settings what each reading is set to
 * @param alternatives whether other words of readings are tried
 * @param closed whether a batch is complete
 * @param lang the language of reports
 */
record Settled(
    String at,
    Value on,
    List<Setting> settings,
    boolean alternatives,
    boolean closed,
    String lang) {}
