package io.tandem.appliance.command;

import io.tandem.appliance.settings.Setting;
import io.tandem.appliance.settings.Settings;
import io.tandem.appliance.transport.PeerAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Where the console of the appliance that has a data directory listens: a file there, for its owner only, that {@code run}
 * writes once the console is open and removes at a clean end. After {@code kill -9} it names a console that has gone, until
 * the next start.
 */
final class ConsoleAddress {
    private static final String NAME = "console";

    private ConsoleAddress() {}

    /** Leaves the address, instead of what a former life left. */
    static void write(final Path data, final InetSocketAddress address) throws IOException {
        final Path unfinished = data.resolve(NAME + ".new");
        Files.deleteIfExists(unfinished);
        Files.createFile(
                unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(unfinished, PeerAddress.text(address) + "\n");
        Files.move(unfinished, data.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
    }

    static void remove(final Path data) throws IOException {
        Files.deleteIfExists(data.resolve(NAME));
    }

    /**
     * The console that a client means: the one that the appliance of its data directory left, otherwise the one of its
     * settings; empty when that is off.
     *
     * @throws io.tandem.appliance.settings.SettingsException when the file holds no address
     */
    static Optional<InetSocketAddress> of(final Settings settings) throws IOException {
        final Path file = Path.of(settings.text(Setting.DATA)).resolve(NAME);
        if (!Files.isReadable(file)) {
            return settings.endpoint(Setting.CONSOLE_BIND);
        }
        try {
            return settings.with(Setting.CONSOLE_BIND, Files.readString(file).strip())
                    .endpoint(Setting.CONSOLE_BIND);
        } catch (final NoSuchFileException removedMeanwhile) {
            return settings.endpoint(Setting.CONSOLE_BIND);
        }
    }
}
