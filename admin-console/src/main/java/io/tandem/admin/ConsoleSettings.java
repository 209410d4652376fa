package io.tandem.admin;

import io.tandem.admin.command.Role;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How the console is reached and what its clients may take.
 *
 * @param bind       loopback address and port; port 0 lets the system choose
 * @param socket     path of a Unix socket that takes clients as well
 * @param role       what clients may do
 * @param clientsMax clients at once, over both sockets
 * @param lineMax    bytes of one line
 * @param probeAfter how long a silent TCP client may be before it is asked whether it is a terminal
 * @param idleMax    how long a client may neither send nor be answered
 * @param stallMax   how long a client may leave an answer unread once the socket's buffers are full
 */
public record ConsoleSettings(
        InetSocketAddress bind,
        Optional<Path> socket,
        Role role,
        int clientsMax,
        int lineMax,
        Duration probeAfter,
        Duration idleMax,
        Duration stallMax) {

    public static final int PORT = 2323;
    public static final int CLIENTS_MAX = 100;
    public static final int LINE_MAX = 4096;
    public static final Duration PROBE_AFTER = Duration.ofMillis(200);
    public static final Duration IDLE_MAX = Duration.ofHours(1);
    public static final Duration STALL_MAX = Duration.ofSeconds(10);

    /** Throws IllegalArgumentException for what cannot be served safely. */
    public ConsoleSettings {
        if (bind.isUnresolved() || !bind.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException("console has no login and listens on loopback only: bind="
                    + bind.getHostString() + " (bind it to 127.0.0.1 or ::1 and come by way of ssh)");
        }
        if (clientsMax < 1 || lineMax < 64) {
            throw new IllegalArgumentException(
                    "console limits are too small: clientsMax=" + clientsMax + " lineMax=" + lineMax);
        }
    }

    /** Operators on 127.0.0.1 with the limits of the documentation. */
    public static ConsoleSettings loopback(int port) {
        return new ConsoleSettings(
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port),
                Optional.empty(),
                Role.OPERATOR,
                CLIENTS_MAX,
                LINE_MAX,
                PROBE_AFTER,
                IDLE_MAX,
                STALL_MAX);
    }

    public ConsoleSettings withBind(InetSocketAddress other) {
        return new ConsoleSettings(other, socket, role, clientsMax, lineMax, probeAfter, idleMax, stallMax);
    }

    public ConsoleSettings withSocket(Path path) {
        return new ConsoleSettings(bind, Optional.of(path), role, clientsMax, lineMax, probeAfter, idleMax, stallMax);
    }

    public ConsoleSettings withRole(Role other) {
        return new ConsoleSettings(bind, socket, other, clientsMax, lineMax, probeAfter, idleMax, stallMax);
    }

    public ConsoleSettings withClientsMax(int limit) {
        return new ConsoleSettings(bind, socket, role, limit, lineMax, probeAfter, idleMax, stallMax);
    }

    public ConsoleSettings withProbeAfter(Duration delay) {
        return new ConsoleSettings(bind, socket, role, clientsMax, lineMax, delay, idleMax, stallMax);
    }
}
