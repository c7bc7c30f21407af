package programme.runtime;

import java.util.List;

/**
 * What came of a batch.
 *
 * @param reports a report a case, in the order of the batch
 * @param batch the report on packages and quotas
 */
public record Judgement(List<Report> reports, Report batch) {}
