package io.tandem.routing.model;

import java.time.DateTimeException;
import java.time.ZoneId;

/** Time zones by their IANA names. */
final class TimeZones {
    private TimeZones() {}

    /** A zone that exists, or {@code absent}. */
    static String read(final Fields fields, final String field, final String absent) {
        final String name = fields.text(field, absent);
        if (name == null || name.equals(absent)) {
            return absent;
        }
        try {
            return ZoneId.of(name).getId();
        } catch (final DateTimeException e) {
            fields.refuse(field, "must be an IANA time zone", "write it like Europe/Berlin");
            return absent;
        }
    }
}
