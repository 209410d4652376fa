package io.tandem.appliance.configuration;

import io.tandem.appliance.transport.Listener;
import io.tandem.appliance.transport.PeerAddress;
import io.tandem.routing.configuration.ImportProgress;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The configuration that an empty data directory begins with. */
public final class SampleConfiguration {
    private static final String RESOURCE = "/sample-configuration.ndjson";

    private SampleConfiguration() {}

    /** Imports the sample and returns the name of the generation. */
    public static String importInto(final GenerationStore generations) throws IOException {
        final GenerationStore.Imported imported =
                generations.importFrom(SampleConfiguration::open, System.currentTimeMillis(), ImportProgress.SILENT);
        return imported.generation()
                .orElseThrow(() -> new IllegalStateException("sample configuration has problems: "
                        + imported.result().problems()));
    }

    private static InputStream open() throws IOException {
        final InputStream stream = SampleConfiguration.class.getResourceAsStream(RESOURCE);
        if (stream == null) {
            throw new FileNotFoundException("sample configuration is missing from this build: resource=" + RESOURCE);
        }
        return stream;
    }

    /** How to place a first call, for people. */
    public static String firstCall(final List<Listener> listeners) {
        final String target = listeners.isEmpty()
                ? "127.0.0.1:5060"
                : PeerAddress.text(listeners.getFirst().bind());
        return """
                Place a first call with SIPp, each line in a terminal of its own:
                  sipp -sn uas -i 127.0.0.3 -p 5080
                  sipp -sn uac -s 12025550123 -i 127.0.0.2 -p 5070 %s""".formatted(target);
    }
}
