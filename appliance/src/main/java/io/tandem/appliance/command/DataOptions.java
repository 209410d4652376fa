package io.tandem.appliance.command;

import io.tandem.appliance.settings.Setting;
import io.tandem.appliance.settings.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Options that every command with settings takes. */
public final class DataOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings in TOML; ./tandem.toml is read if it exists.")
    private Path config;

    @Option(names = "--data", paramLabel = "DIR", description = "Directory of journal, snapshots and configuration.")
    private Path data;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "One setting; wins over the file. May be repeated.")
    private List<String> assignments = new ArrayList<>();

    /**
     * The settings: defaults, then the file, then the command line.
     *
     * @throws io.tandem.appliance.settings.SettingsException in one sentence
     */
    public Settings settings() {
        final Settings settings = Settings.load(config, assignments);
        return data == null ? settings : settings.with(Setting.DATA, data.toString());
    }
}
