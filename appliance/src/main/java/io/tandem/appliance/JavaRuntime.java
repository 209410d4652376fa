package io.tandem.appliance;

import java.time.zone.ZoneRulesProvider;

/**
 * What the Java runtime brings along that decisions depend on. The journal names it at each start, and replay says where it
 * differs.
 *
 * @param timeZones version of the time-zone data that schedules are read with, such as 2025b
 * @param version   version of the runtime
 */
public record JavaRuntime(String timeZones, String version) {
    /** The one that runs this process. */
    public static final JavaRuntime HERE = new JavaRuntime(
            ZoneRulesProvider.getVersions("Europe/Berlin").lastEntry().getKey(),
            Runtime.version().toString());
}
