package io.tandem.appliance.settings;

/** A setting that cannot be used; the message is one sentence for the operator. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SettingsException(final String message) {
        super(message);
    }
}
