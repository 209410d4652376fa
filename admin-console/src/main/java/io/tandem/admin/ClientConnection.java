package io.tandem.admin;

import io.tandem.admin.command.Caller;
import io.tandem.admin.command.Interpreter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client, read on its own virtual thread.
 *
 * <p>Its first byte tells what it is: a telnet command means a terminal, anything else a program. A TCP client that says
 * nothing for a while is asked for its terminal type, which a telnet client answers and a person at nc hardly sees;
 * a program that sends its first line, even an empty one, as soon as it is connected never gets to see that question.
 */
final class ClientConnection {

    private static final Logger LOG = LoggerFactory.getLogger(ClientConnection.class);

    /** The question, and spaces over what a terminal without telnet may have shown of it. */
    private static final byte[] PROBE = {
        (byte) Telnet.IAC, (byte) Telnet.DO, (byte) Telnet.TERMINAL_TYPE, '\r', ' ', ' ', ' ', '\r'
    };

    private final SocketChannel channel;
    private final Caller caller;
    private final ConsoleSettings settings;
    private final Interpreter interpreter;
    private final ConsoleHistory history;
    private final ConsoleCounters counters;
    private final LongSupplier nanoTime;
    private final ClientOutput output;
    private final ReentrantLock deciding = new ReentrantLock();
    private ClientMode mode;
    private volatile long activeNs;
    private volatile boolean busy;

    ClientConnection(
            SocketChannel channel,
            Caller caller,
            ConsoleSettings settings,
            Interpreter interpreter,
            ConsoleHistory history,
            ConsoleCounters counters,
            LongSupplier nanoTime) {
        this.channel = channel;
        this.caller = caller;
        this.settings = settings;
        this.interpreter = interpreter;
        this.history = history;
        this.counters = counters;
        this.nanoTime = nanoTime;
        this.output = new ClientOutput(channel, nanoTime);
        this.activeNs = nanoTime.getAsLong();
    }

    /** Serves the client until either side ends the connection; closes it. */
    void run() {
        var bytes = ByteBuffer.allocate(settings.lineMax());
        try (channel) {
            boolean open = true;
            while (open && channel.read(bytes) >= 0) {
                activeNs = nanoTime.getAsLong();
                busy = true;
                open = mode(bytes.get(0)).onBytes(bytes.flip());
                bytes.clear();
                activeNs = nanoTime.getAsLong();
                busy = false;
            }
            if (open && mode != null) {
                busy = true;
                mode.onEnd();
            }
        } catch (IOException gone) {
            LOG.debug("console client is gone: client={}", caller.who(), gone);
        } finally {
            if (mode != null) {
                mode.onClosed();
            }
        }
    }

    /** Asks a client that has not said anything yet whether it is a terminal. */
    void probe() {
        deciding.lock();
        try {
            if (mode == null) {
                output.write(PROBE);
                output.flush();
            }
        } finally {
            deciding.unlock();
        }
    }

    /** Closes a client that leaves an answer unread or has been silent for too long. Takes no lock. */
    void sweep(long nowNs) {
        long writingSinceNs = output.writingSinceNs();
        if (writingSinceNs != ClientOutput.NOT_WRITING) {
            if (nowNs - writingSinceNs > settings.stallMax().toNanos()) {
                counters.stalled.increment();
                close();
            }
        } else if (!busy && nowNs - activeNs > settings.idleMax().toNanos()) {
            counters.idle.increment();
            close();
        }
    }

    /** Ends the connection from any thread. */
    void close() {
        try {
            channel.close();
        } catch (IOException gone) {
            LOG.debug("console client was closed already: client={}", caller.who(), gone);
        }
    }

    private ClientMode mode(byte first) {
        deciding.lock();
        try {
            if (mode == null) {
                mode = (first & 0xff) == Telnet.IAC
                        ? new TerminalMode(
                                output, interpreter, caller, history, counters, settings.lineMax(), this::close)
                        : new LineMode(output, interpreter, caller, counters, settings.lineMax());
            }
            return mode;
        } finally {
            deciding.unlock();
        }
    }
}
