package io.tandem.admin.view;

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

    /** Recounts what live calls hold and compares the counters with it; changes neither. */
    AuditView audit();
}
