package io.tandem.appliance.settings;

/** Prints {@code docs/configuration.md} from {@link Setting}; a test keeps the file equal. */
public final class SettingsReference {
    private SettingsReference() {}

    /** The whole page. */
    public static String markdown() {
        final StringBuilder page = new StringBuilder(8192);
        page.append("""
                # Settings

                This page is printed from the code; a test keeps it true. Settings describe the process. Accounts, trunks and
                numbers are configuration and are imported (`docs/configuration-model.md`).

                `./tandem run` reads `tandem.toml` in the working directory if it exists, or the file after `--config`. A key with
                dots is a table: `tcp.idle.timeout = "5m"` and `[tcp.idle]` with `timeout = "5m"` are the same. `--set key=value`
                on the command line wins over the file, `--data DIR` is short for `--set data=DIR`. A setting that does not exist
                stops the start and names the nearest that do. Sizes take B, KiB, MiB, GiB; times take ms, s, m, h.

                | setting | value | default | what it sets |
                |---|---|---|---|
                """);
        for (final Setting setting : Setting.values()) {
            page.append("| `")
                    .append(setting.key())
                    .append("` | ")
                    .append(setting.type().description().replace("|", "\\|"))
                    .append(" | ")
                    .append(setting.defaultValue().isEmpty() ? "" : "`" + setting.defaultValue() + "`")
                    .append(" | ")
                    .append(setting.sentence())
                    .append(" |\n");
        }
        page.append("""

                A second listener, behind 1:1 NAT:

                ```toml
                [listener.carriers]
                bind = "10.0.0.5:5060"
                advertise = "203.0.113.7:5060"
                transport = "udp"
                ```
                """);
        return page.toString();
    }
}
