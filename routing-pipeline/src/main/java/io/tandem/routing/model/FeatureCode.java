package io.tandem.routing.model;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What an extension of kind {@code feature} does. Its {@code dest_id} is the code, with digits behind it where the feature takes
 * some: {@code *97}, {@code **1001}, {@code 701}.
 */
public enum FeatureCode {
    /** The caller listens to his own voicemail box. */
    VOICEMAIL_OWN("*97", false),
    /** Any voicemail box, asked for and protected by its PIN. */
    VOICEMAIL_ANY("*98", false),
    /** All calls of the caller's user go elsewhere. */
    FORWARD_ON("*72", false),
    /** They no longer do. */
    FORWARD_OFF("*73", false),
    /** The caller's user is not to be disturbed. */
    DND_ON("*78", false),
    /** He is again. */
    DND_OFF("*79", false),
    /** Takes a call that rings at an extension, whose digits follow. */
    PICKUP_DIRECTED("**", true),
    /** Takes a call that rings in a group of the caller. */
    PICKUP_GROUP("*8", false),
    /** Parks a call in a slot, whose digits follow, or takes it back from there. */
    PARK("70", true),
    /** The caller serves his queues. */
    AGENT_IN("*11", false),
    /** He no longer does. */
    AGENT_OUT("*12", false);

    private final String code;
    private final boolean digits;

    FeatureCode(final String code, final boolean digits) {
        this.code = code;
        this.digits = digits;
    }

    /** What its {@code dest_id} begins with. */
    public String code() {
        return code;
    }

    /** Whether digits follow the code. */
    public boolean takesDigits() {
        return digits;
    }

    /** The feature of a {@code dest_id}, or null. */
    public static FeatureCode of(final String text) {
        for (final FeatureCode feature : values()) {
            if (feature.digits ? hasDigits(text, feature.code) : text.equals(feature.code)) {
                return feature;
            }
        }
        return null;
    }

    /** The digits behind the code; empty if the feature takes none. */
    public String argument(final String text) {
        return digits ? text.substring(code.length()) : "";
    }

    /** All spellings, for people. */
    static String spellings() {
        return Arrays.stream(values())
                .map(feature -> feature.digits ? feature.code + " with digits" : feature.code)
                .collect(Collectors.joining(", "));
    }

    private static boolean hasDigits(final String text, final String code) {
        if (!text.startsWith(code) || text.length() == code.length() || text.length() > code.length() + 16) {
            return false;
        }
        for (int i = code.length(); i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
