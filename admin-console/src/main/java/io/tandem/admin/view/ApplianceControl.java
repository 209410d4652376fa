package io.tandem.admin.view;

import io.tandem.routing.change.ChangeResult;
import java.nio.file.Path;

/**
 * Everything an operator may do. Threads and errors as for {@link ApplianceView}; two operators may do the same thing at
 * once, and the implementation puts them in order.
 */
public interface ApplianceControl {

    /** Begins ({@code true}) or ends ({@code false}) the refusal of new calls; calls in progress go on. */
    DrainView drain(boolean on);

    /**
     * Validates a file, builds a generation from it and switches new calls to it; a file with problems changes nothing.
     *
     * @param progress called on the caller's thread
     */
    ImportView importFile(Path file, ImportProgress progress);

    /** Validates a file as {@link #importFile} does and changes nothing. */
    ImportView checkFile(Path file, ImportProgress progress);

    /**
     * Makes the resources of a file as it says, found by identifier or name, as one change.
     *
     * @param actor who wants it, for the audit
     */
    ChangeResult applyFile(Path file, String actor);

    /** What {@link #applyFile} would answer now; nothing is changed. */
    ChangeResult checkChange(Path file, String actor);

    /**
     * Writes the whole configuration to a file that {@link #importFile} takes, and that only its owner may read.
     *
     * @param progress called on the caller's thread
     * @return resources written
     */
    long exportFile(Path file, ImportProgress progress);

    /**
     * Says which references to secrets resolve in the process of the appliance; those that do not come first.
     *
     * @param limit most references to name
     */
    SecretsView secrets(int limit);

    /** Reads and changes single resources. */
    ConfigurationDesk desk();

    /** Recounts what live calls hold and compares the counters with it; changes neither. */
    AuditView audit();
}
