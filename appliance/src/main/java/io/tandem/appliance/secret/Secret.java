package io.tandem.appliance.secret;

/** A secret that was resolved. It prints as nothing but its class, wherever it ends up by mistake. */
public final class Secret {
    private final String text;

    Secret(final String text) {
        this.text = text;
    }

    /** The secret itself: for what is proven with it, never for a log, an answer or a file. */
    public String text() {
        return text;
    }

    @Override
    public String toString() {
        return "Secret";
    }
}
