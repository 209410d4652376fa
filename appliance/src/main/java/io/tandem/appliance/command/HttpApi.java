package io.tandem.appliance.command;

import io.tandem.admin.http.HttpLimits;
import io.tandem.admin.http.HttpServer;
import io.tandem.admin.http.HttpSettings;
import io.tandem.admin.http.media.MediaFiles;
import io.tandem.admin.http.pbx.PresenceView;
import io.tandem.admin.view.ApplianceView;
import io.tandem.admin.view.ConfigurationDesk;
import io.tandem.appliance.driver.ApplianceException;
import io.tandem.appliance.settings.Setting;
import io.tandem.appliance.settings.Settings;
import io.tandem.appliance.transport.PeerAddress;
import io.tandem.journal.DurableFiles;
import io.tandem.journal.IoReason;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the HTTP API as the settings say, with the operator's token that the first start makes. */
final class HttpApi {
    private static final Logger LOG = LoggerFactory.getLogger(HttpApi.class);
    private static final String TOKEN = "operator.token";
    private static final int TOKEN_BYTES = 32;
    private static final int RESERVES_FREE = 2;

    private HttpApi() {}

    /**
     * Starts it.
     *
     * @return nothing when it is off, or when its default port is taken.
     * @throws ApplianceException when it cannot be opened as it was asked for.
     */
    static Optional<HttpServer> start(
            final Settings settings, final Path data, final ConfigurationDesk desk, final ApplianceView view) {
        final Optional<InetSocketAddress> bind = settings.endpoint(Setting.HTTP_BIND);
        if (bind.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(HttpServer.start(
                    httpSettings(settings, data, bind.get()), desk, view, PresenceView.NOBODY, media(settings, data)));
        } catch (final IOException | RuntimeException e) {
            if (e instanceof BindException
                    && settings.text(Setting.HTTP_BIND).equals(Setting.HTTP_BIND.defaultValue())) {
                LOG.warn(
                        "http is off, its default port cannot be used: http.bind={} reason={}",
                        text(bind.get()),
                        e.getMessage());
                return Optional.empty();
            }
            throw new ApplianceException(
                    "http cannot be opened: " + Setting.HTTP_BIND.key() + "=" + text(bind.get()) + " reason="
                            + reason(e),
                    e);
        }
    }

    private static String reason(final Exception e) {
        return e instanceof FileSystemException file ? IoReason.of(file) + ": " + file.getFile() : e.getMessage();
    }

    /** Uploads end before the disk is so full that nothing more would be journaled. */
    private static MediaFiles media(final Settings settings, final Path data) throws IOException {
        return MediaFiles.open(
                data.resolve("media"),
                settings.size(Setting.MEDIA_BYTES_MAX),
                RESERVES_FREE * settings.size(Setting.JOURNAL_RESERVE));
    }

    private static HttpSettings httpSettings(final Settings settings, final Path data, final InetSocketAddress bind)
            throws IOException {
        final String certificate = settings.text(Setting.HTTP_CERTIFICATE);
        final String privateKey = settings.text(Setting.HTTP_PRIVATE_KEY);
        if (certificate.isEmpty() != privateKey.isEmpty()) {
            throw new IllegalArgumentException(
                    Setting.HTTP_CERTIFICATE.key() + " and " + Setting.HTTP_PRIVATE_KEY.key() + " go together");
        }
        final HttpSettings secured = certificate.isEmpty()
                ? HttpSettings.loopback(bind.getPort())
                : HttpSettings.loopback(bind.getPort()).withTls(Path.of(certificate), Path.of(privateKey));
        return secured.withBind(bind, settings.flag(Setting.HTTP_PLAINTEXT))
                .withOperatorToken(token(settings, data))
                .withLimits(HttpLimits.DEFAULT.withMedia(
                        Math.toIntExact(settings.size(Setting.MEDIA_CONTENT_BYTES_MAX)),
                        settings.size(Setting.MEDIA_ACCOUNT_BYTES_MAX)));
    }

    private static Path token(final Settings settings, final Path data) throws IOException {
        final String given = settings.text(Setting.HTTP_TOKEN);
        if (!given.isEmpty()) {
            return Path.of(given);
        }
        final Path file = data.resolve(TOKEN);
        if (!Files.exists(file)) {
            final byte[] random = new byte[TOKEN_BYTES];
            new SecureRandom().nextBytes(random);
            final Path fresh = data.resolve(TOKEN + ".new");
            Files.deleteIfExists(fresh);
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            DurableFiles.write(fresh, HexFormat.of().formatHex(random) + "\n");
            DurableFiles.publish(fresh, file);
        }
        return file;
    }

    /** Where it listens, for the ready line. */
    static String address(final Settings settings, final HttpServer server) {
        return PeerAddress.text(new InetSocketAddress(
                settings.endpoint(Setting.HTTP_BIND).orElseThrow().getAddress(), server.port()));
    }

    private static String text(final InetSocketAddress bind) {
        return PeerAddress.text(bind);
    }
}
