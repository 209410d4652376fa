package io.tandem.routing.configuration;

import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/** Why a line is not JSON, told without a byte of the line: the parser's own sentences quote what they found. */
final class JsonFault {
    private static final String DUPLICATE = "Duplicate ";

    private JsonFault() {}

    /** The fault and the column, from 1, where it shows. */
    static String sentence(final JacksonException fault) {
        return "line is not JSON: " + what(fault) + ": column="
                + (fault.getLocation() == null
                        ? "unknown"
                        : Integer.toString(fault.getLocation().getColumnNr()));
    }

    private static String what(final JacksonException fault) {
        return switch (fault) {
            case UnexpectedEndOfInputException e -> "it ends too early";
            case StreamConstraintsException e -> "it is nested too deep or has a name or number that is too long";
            case StreamReadException e when e.getOriginalMessage().startsWith(DUPLICATE) -> "a field is named twice";
            case StreamReadException e -> "unexpected character";
            default -> "something stands behind the object";
        };
    }
}
