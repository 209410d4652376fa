package io.tandem.routing.model;

/** The user part of a SIP address, without what would have to be escaped in one (RFC 3261 section 25.1). */
final class UserName {
    private static final int LENGTH_MAX = 64;
    private static final String MARKS = "-_.!~*'()&=+$,;?/";

    private UserName() {}

    /** A user part that must be there; empty when it is not. */
    static String read(final Fields fields, final String field) {
        final String text = fields.required(field);
        boolean right = text.length() <= LENGTH_MAX;
        for (int i = 0; right && i < text.length(); i++) {
            final char c = text.charAt(i);
            right = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || MARKS.indexOf(c) >= 0;
        }
        if (!right) {
            fields.refuse(
                    field,
                    "must have at most " + LENGTH_MAX + " letters, digits and " + MARKS,
                    "write it as it stands before the @ of a SIP address");
        }
        return text;
    }
}
