package io.tandem.admin.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How the HTTP API is reached.
 *
 * @param bind address and port; port 0 lets the system choose.
 * @param certificate PEM file with the server's certificate and those above it.
 * @param privateKey PEM file with its PKCS #8 key, not encrypted.
 * @param plaintext whether an address beyond loopback may be served without TLS.
 * @param operatorToken file with a token that opens everything.
 * @param limits what its clients may take.
 */
public record HttpSettings(
        InetSocketAddress bind,
        Optional<Path> certificate,
        Optional<Path> privateKey,
        boolean plaintext,
        Optional<Path> operatorToken,
        HttpLimits limits) {

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
    }

    /** 127.0.0.1 with the limits of the documentation. */
    public static HttpSettings loopback(final int port) {
        return new HttpSettings(
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                HttpLimits.DEFAULT);
    }

    /** The same elsewhere. */
    public HttpSettings withBind(final InetSocketAddress other, final boolean inTheClear) {
        return new HttpSettings(other, certificate, privateKey, inTheClear, operatorToken, limits);
    }

    /** The same over TLS. */
    public HttpSettings withTls(final Path chain, final Path key) {
        return new HttpSettings(bind, Optional.of(chain), Optional.of(key), plaintext, operatorToken, limits);
    }

    /** The same with an operator's token. */
    public HttpSettings withOperatorToken(final Path file) {
        return new HttpSettings(bind, certificate, privateKey, plaintext, Optional.of(file), limits);
    }

    /** The same with other limits. */
    public HttpSettings withLimits(final HttpLimits other) {
        return new HttpSettings(bind, certificate, privateKey, plaintext, operatorToken, other);
    }
}
