package io.tandem.journal;

/**
 * There is no disk space that a write could be sure of. Nothing was written and nothing is damaged; the same append
 * succeeds once space is back.
 */
public final class JournalFullException extends JournalException {
    private static final long serialVersionUID = 1L;

    public JournalFullException(final String message) {
        super(message);
    }
}
