package io.tandem.routing.model;

import java.time.zone.ZoneRulesProvider;

/** Time zones by their IANA names; a bare offset is none, for it would not follow the clocks of any place. */
final class TimeZones {
    private TimeZones() {}

    /** A zone that exists, or {@code absent}. */
    static String read(final Fields fields, final String field, final String absent) {
        final String name = fields.text(field, absent);
        if (name == null || name.equals(absent)) {
            return absent;
        }
        if (!ZoneRulesProvider.getAvailableZoneIds().contains(name)) {
            fields.refuse(field, "must be an IANA time zone", "write it like Europe/Berlin");
            return absent;
        }
        return name;
    }
}
