package io.tandem.routing.model;

import io.tandem.routing.number.E164;

/** Beginnings of international numbers in fields: digits, with or without plus and separators. */
final class DigitPrefix {
    private DigitPrefix() {}

    /** 1 to 15 digits, the first not 0; an empty text if not given or wrong. */
    static String read(final Fields fields, final String field) {
        final String text = fields.text(field, "");
        if (text.isEmpty()) {
            return "";
        }
        final String digits = digits(text);
        if (digits == null) {
            fields.refuse(
                    field, "must be 1 to 15 digits that international numbers begin with", "write it like 49 or 1202");
            return "";
        }
        return digits;
    }

    /** The digits of a text, or null if there is anything else, too many of them, none, or a zero in front. */
    static String digits(final String text) {
        final StringBuilder digits = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits.append(c);
            } else if (!(c == '+' && i == 0) && " -.()".indexOf(c) < 0) {
                return null;
            }
        }
        return digits.isEmpty() || digits.length() > E164.DIGITS_MAX || digits.charAt(0) == '0'
                ? null
                : digits.toString();
    }
}
