package io.tandem.appliance;

import picocli.CommandLine.IVersionProvider;

/** Which build this is: the journal names it, and {@code --version} prints it. */
public final class Build implements IVersionProvider {
    private static final String UNPACKED = "development";

    /** Version of this build. */
    public static String version() {
        final String version = Build.class.getPackage().getImplementationVersion();
        return version == null ? UNPACKED : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"tandem " + version()};
    }
}
