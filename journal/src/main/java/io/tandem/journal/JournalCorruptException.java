package io.tandem.journal;

/** What was read is not what was written: a checksum, a length or a magic number does not fit. */
public final class JournalCorruptException extends JournalException {
    private static final long serialVersionUID = 1L;

    public JournalCorruptException(final String message) {
        super(message);
    }

    public JournalCorruptException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
