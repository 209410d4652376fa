package io.tandem.appliance.driver;

/** Why the appliance cannot start or go on; the message is one sentence for the operator. */
public final class ApplianceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ApplianceException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
