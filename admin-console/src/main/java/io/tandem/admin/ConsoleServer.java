package io.tandem.admin;

import io.tandem.admin.command.Caller;
import io.tandem.admin.command.CommandTable;
import io.tandem.admin.command.Interpreter;
import io.tandem.admin.view.ApplianceControl;
import io.tandem.admin.view.ApplianceView;
import io.tandem.admin.view.CounterView;
import io.tandem.admin.view.OperatorAudit;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The console's sockets: a TCP port on loopback and, when the settings name one, a Unix socket. Every client has its own
 * virtual thread, so that one that reads slowly, sends rubbish or stays silent delays nobody.
 */
public final class ConsoleServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleServer.class);
    private static final Duration SWEEP_EVERY = Duration.ofSeconds(1);

    private final ConsoleSettings settings;
    private final LongSupplier nanoTime;
    private final Interpreter interpreter;
    private final ConsoleHistory history = new ConsoleHistory();
    private final ConsoleCounters counters = new ConsoleCounters();
    private final Set<ClientConnection> clients = ConcurrentHashMap.newKeySet();
    private final Semaphore places;
    private final List<ServerSocketChannel> sockets = new ArrayList<>();
    private final InetSocketAddress address;
    private volatile boolean closed;

    private ConsoleServer(
            ConsoleSettings settings,
            ApplianceView view,
            ApplianceControl control,
            OperatorAudit audit,
            InstantSource clock,
            LongSupplier nanoTime)
            throws IOException {
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.places = new Semaphore(settings.clientsMax());
        this.interpreter = new Interpreter(CommandTable.standard(), view, control, audit, clock, this::counters);
        try {
            this.address = (InetSocketAddress) listen().getLocalAddress();
            if (settings.socket().isPresent()) {
                listen(settings.socket().get());
            }
        } catch (IOException unusable) {
            close();
            throw unusable;
        }
    }

    /**
     * Opens the sockets and serves them on virtual threads.
     *
     * @param audit hears of commands that change state
     * @param clock wall clock for the audit
     * @throws IOException when a socket cannot be opened; its message names the socket and what is wrong with it
     */
    public static ConsoleServer start(
            ConsoleSettings settings,
            ApplianceView view,
            ApplianceControl control,
            OperatorAudit audit,
            InstantSource clock)
            throws IOException {
        return start(settings, view, control, audit, clock, System::nanoTime);
    }

    static ConsoleServer start(
            ConsoleSettings settings,
            ApplianceView view,
            ApplianceControl control,
            OperatorAudit audit,
            InstantSource clock,
            LongSupplier nanoTime)
            throws IOException {
        var server = new ConsoleServer(settings, view, control, audit, clock, nanoTime);
        for (var socket : server.sockets) {
            Thread.ofVirtual().name("console-accept").start(() -> server.accept(socket));
        }
        Thread.ofVirtual().name("console-sweep").start(server::sweepUntilClosed);
        return server;
    }

    /** Address and port of the TCP socket. */
    public InetSocketAddress address() {
        return address;
    }

    public int port() {
        return address.getPort();
    }

    /** Counters of the console, which its {@code counters} command shows beside those of the appliance. */
    public List<CounterView> counters() {
        var all = new ArrayList<>(counters.views(clients.size()));
        all.addAll(interpreter.counters());
        return all;
    }

    /** Ends every connection and removes the Unix socket. Commands that are running end on their own. */
    @Override
    public void close() {
        closed = true;
        for (var socket : sockets) {
            try {
                socket.close();
            } catch (IOException gone) {
                LOG.debug("console socket was closed already", gone);
            }
        }
        clients.forEach(ClientConnection::close);
        settings.socket().filter(path -> sockets.size() > 1).ifPresent(ConsoleServer::remove);
    }

    /** Closes clients that stalled or idled; called every second, and by tests. */
    void sweep() {
        long nowNs = nanoTime.getAsLong();
        clients.forEach(client -> client.sweep(nowNs));
    }

    private ServerSocketChannel listen() throws IOException {
        var socket = ServerSocketChannel.open();
        sockets.add(socket);
        socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        try {
            return socket.bind(settings.bind());
        } catch (IOException unusable) {
            throw new IOException(
                    "console cannot listen: address="
                            + settings.bind().getAddress().getHostAddress() + ":"
                            + settings.bind().getPort() + " reason=" + BindReason.of(unusable),
                    unusable);
        }
    }

    private void listen(Path path) throws IOException {
        var socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            var name = UnixDomainSocketAddress.of(path);
            if (Files.exists(path) && abandoned(name)) {
                Files.delete(path);
            }
            socket.bind(name);
            sockets.add(socket);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException unusable) {
            socket.close();
            throw new IOException(
                    "console cannot listen: socket=" + path + " reason=" + unusable.getMessage(), unusable);
        }
    }

    /** A socket file that a killed process left behind refuses connections; a plain file is nobody's to delete. */
    private static boolean abandoned(UnixDomainSocketAddress name) throws IOException {
        if (Files.isRegularFile(name.getPath()) || Files.isDirectory(name.getPath())) {
            throw new IOException("a file of this name is there and is not a socket");
        }
        try (var probe = SocketChannel.open(name)) {
            throw new IOException("another process listens on it: " + probe.getRemoteAddress());
        } catch (ConnectException refused) {
            return true;
        }
    }

    private static void remove(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException kept) {
            LOG.warn("console socket is left behind: path={}", path, kept);
        }
    }

    private void accept(ServerSocketChannel socket) {
        while (!closed) {
            try {
                admit(socket.accept());
            } catch (IOException failed) {
                if (!closed) {
                    LOG.warn("console cannot accept a client", failed);
                    pause(SWEEP_EVERY);
                }
            }
        }
    }

    private void admit(SocketChannel channel) throws IOException {
        if (!places.tryAcquire()) {
            counters.full.increment();
            refuse(channel);
            return;
        }
        boolean tcp;
        Caller caller;
        try {
            tcp = tune(channel);
            caller = new Caller(who(channel), settings.role());
        } catch (IOException gone) {
            places.release();
            channel.close();
            return;
        }
        counters.accepted.increment();
        var client = connection(channel, caller);
        clients.add(client);
        if (closed) {
            client.close();
        }
        Thread.ofVirtual().name("console-" + caller.who()).start(() -> serve(client));
        if (tcp) {
            Thread.ofVirtual().name("console-probe-" + caller.who()).start(() -> {
                pause(settings.probeAfter());
                client.probe();
            });
        }
    }

    /** A client that is not among the clients yet and has no thread. */
    ClientConnection connection(SocketChannel channel, Caller caller) {
        return new ClientConnection(channel, caller, settings, interpreter, history, counters, nanoTime);
    }

    /** Sets the options of a TCP client; false for a client of the Unix socket. */
    private static boolean tune(SocketChannel channel) throws IOException {
        boolean tcp = channel.getRemoteAddress() instanceof InetSocketAddress;
        if (tcp) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        }
        return tcp;
    }

    private void serve(ClientConnection client) {
        try {
            client.run();
        } catch (RuntimeException fault) {
            LOG.error("console client ended by a fault", fault);
        } finally {
            clients.remove(client);
            places.release();
        }
    }

    private void refuse(SocketChannel channel) {
        try (channel) {
            var line = LineMode.ERROR + " console is full: clients=" + settings.clientsMax() + " limit="
                    + settings.clientsMax() + " (leave another client first)\n";
            channel.configureBlocking(false);
            channel.read(ByteBuffer.allocate(settings.lineMax()));
            channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
            channel.shutdownOutput();
        } catch (IOException gone) {
            LOG.debug("console client left before it was refused", gone);
        }
    }

    private static String who(SocketChannel channel) throws IOException {
        return channel.getRemoteAddress() instanceof InetSocketAddress peer
                ? peer.getAddress().getHostAddress() + ":" + peer.getPort()
                : "unix:" + channel.getLocalAddress();
    }

    private void sweepUntilClosed() {
        while (!closed) {
            pause(SWEEP_EVERY);
            sweep();
        }
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
