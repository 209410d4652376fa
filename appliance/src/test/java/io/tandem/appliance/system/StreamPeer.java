package io.tandem.appliance.system;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A SIP user agent on a raw TCP connection that shares no code with the engine. */
final class StreamPeer implements AutoCloseable {
    private static final int PATIENCE_MS = 10_000;
    private static final String HEAD_END = "\r\n\r\n";

    private final Socket socket = new Socket();

    StreamPeer(final InetSocketAddress appliance) {
        try {
            socket.connect(appliance);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MS);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a message as it is; line ends are LF in tests and CRLF on the wire. */
    void send(final String message) {
        try {
            socket.getOutputStream().write(message.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next message, which must have no body. */
    String receive() {
        final ByteArrayOutputStream head = new ByteArrayOutputStream();
        try {
            while (!head.toString(StandardCharsets.ISO_8859_1).endsWith(HEAD_END)) {
                final int octet = socket.getInputStream().read();
                if (octet < 0) {
                    throw new AssertionError("connection ended after: " + head.toString(StandardCharsets.ISO_8859_1));
                }
                head.write(octet);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return head.toString(StandardCharsets.ISO_8859_1).replace("\r\n", "\n");
    }

    /** Whether the appliance ends the connection, with nothing more said and without a reset. */
    boolean isEnded() {
        try {
            return socket.getInputStream().read() < 0;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
