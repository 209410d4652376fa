package io.tandem.admin.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How the HTTP API is reached and what its clients may take.
 *
 * @param bind address and port; port 0 lets the system choose.
 * @param certificate PEM file with the server's certificate and those above it.
 * @param privateKey PEM file with its PKCS #8 key, not encrypted.
 * @param plaintext whether an address beyond loopback may be served without TLS.
 * @param operatorToken file with a token that opens everything.
 * @param bodyMax most bytes of a body.
 * @param importMax most bytes of a bulk import.
 * @param importLinesMax most lines of a bulk import, which is one change.
 * @param mediaMax most bytes of a media file.
 * @param requestsPerSecond requests of one key that are answered in the long run.
 * @param burst requests of one key that are answered at once.
 * @param keysMax keys whose requests are counted at the same time.
 * @param connectionsMax connections at once.
 * @param idleMax how long a connection may be silent.
 */
public record HttpSettings(
        InetSocketAddress bind,
        Optional<Path> certificate,
        Optional<Path> privateKey,
        boolean plaintext,
        Optional<Path> operatorToken,
        int bodyMax,
        int importMax,
        int importLinesMax,
        int mediaMax,
        double requestsPerSecond,
        int burst,
        int keysMax,
        int connectionsMax,
        Duration idleMax) {

    private static final int BODY_MAX = 1 << 20;
    private static final int IMPORT_MAX = 16 << 20;
    private static final int IMPORT_LINES_MAX = 10_000;
    private static final int MEDIA_MAX = 64 << 20;
    private static final double REQUESTS_PER_SECOND = 100;
    private static final int BURST = 200;
    private static final int KEYS_MAX = 10_000;
    private static final int CONNECTIONS_MAX = 1_000;
    private static final Duration IDLE_MAX = Duration.ofMinutes(2);

    /** Throws IllegalArgumentException for what cannot be served safely. */
    public HttpSettings {
        if (bind.isUnresolved()) {
            throw new IllegalArgumentException(
                    "http address is not known: bind=" + bind.getHostString() + " (give it in numbers)");
        }
        if (certificate.isPresent() != privateKey.isPresent()) {
            throw new IllegalArgumentException("http needs a certificate and its key, or neither: certificate="
                    + certificate.isPresent() + " private_key=" + privateKey.isPresent());
        }
        if (!bind.getAddress().isLoopbackAddress() && certificate.isEmpty() && !plaintext) {
            throw new IllegalArgumentException("http would carry keys in the clear: bind=" + bind.getHostString()
                    + " (set a certificate, bind it to 127.0.0.1, or say that plaintext is wanted)");
        }
        if (bodyMax < 1024 || importMax < bodyMax || mediaMax < bodyMax || importLinesMax < 1 || connectionsMax < 1) {
            throw new IllegalArgumentException("http limits are too small: body_max=" + bodyMax + " import_max="
                    + importMax + " media_max=" + mediaMax + " import_lines_max=" + importLinesMax
                    + " connections_max=" + connectionsMax);
        }
    }

    /** 127.0.0.1 with the limits of the documentation. */
    public static HttpSettings loopback(final int port) {
        return new HttpSettings(
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                BODY_MAX,
                IMPORT_MAX,
                IMPORT_LINES_MAX,
                MEDIA_MAX,
                REQUESTS_PER_SECOND,
                BURST,
                KEYS_MAX,
                CONNECTIONS_MAX,
                IDLE_MAX);
    }

    /** The same elsewhere. */
    public HttpSettings withBind(final InetSocketAddress other, final boolean inTheClear) {
        return new HttpSettings(
                other,
                certificate,
                privateKey,
                inTheClear,
                operatorToken,
                bodyMax,
                importMax,
                importLinesMax,
                mediaMax,
                requestsPerSecond,
                burst,
                keysMax,
                connectionsMax,
                idleMax);
    }

    /** The same over TLS. */
    public HttpSettings withTls(final Path chain, final Path key) {
        return new HttpSettings(
                bind,
                Optional.of(chain),
                Optional.of(key),
                plaintext,
                operatorToken,
                bodyMax,
                importMax,
                importLinesMax,
                mediaMax,
                requestsPerSecond,
                burst,
                keysMax,
                connectionsMax,
                idleMax);
    }

    /** The same with an operator's token. */
    public HttpSettings withOperatorToken(final Path file) {
        return new HttpSettings(
                bind,
                certificate,
                privateKey,
                plaintext,
                Optional.of(file),
                bodyMax,
                importMax,
                importLinesMax,
                mediaMax,
                requestsPerSecond,
                burst,
                keysMax,
                connectionsMax,
                idleMax);
    }

    /** The same with other limits on bodies. */
    public HttpSettings withBodies(final int body, final int bulk, final int bulkLines) {
        return new HttpSettings(
                bind,
                certificate,
                privateKey,
                plaintext,
                operatorToken,
                body,
                bulk,
                bulkLines,
                mediaMax,
                requestsPerSecond,
                burst,
                keysMax,
                connectionsMax,
                idleMax);
    }

    /** The same with another limit on a media file. */
    public HttpSettings withMediaMax(final int most) {
        return new HttpSettings(
                bind,
                certificate,
                privateKey,
                plaintext,
                operatorToken,
                bodyMax,
                importMax,
                importLinesMax,
                most,
                requestsPerSecond,
                burst,
                keysMax,
                connectionsMax,
                idleMax);
    }

    /** The same with another rate for each key. */
    public HttpSettings withRate(final double perSecond, final int atOnce) {
        return new HttpSettings(
                bind,
                certificate,
                privateKey,
                plaintext,
                operatorToken,
                bodyMax,
                importMax,
                importLinesMax,
                mediaMax,
                perSecond,
                atOnce,
                keysMax,
                connectionsMax,
                idleMax);
    }
}
