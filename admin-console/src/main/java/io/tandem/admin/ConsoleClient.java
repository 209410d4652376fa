package io.tandem.admin;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.jline.terminal.TerminalBuilder;

/**
 * The other end of the console, for the command line: one command and its answer, a terminal, or lines from a pipe. Runs on
 * the caller's thread until it is over.
 */
public final class ConsoleClient {

    /** Every command was answered. */
    public static final int FINE = 0;
    /** The console cannot be reached, or an answer was an error. */
    public static final int WRONG = 1;
    /** What was asked for is not one command. */
    public static final int USAGE = 2;

    private final SocketAddress address;
    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;

    ConsoleClient(SocketAddress address, InputStream in, PrintStream out, PrintStream err) {
        this.address = address;
        this.in = in;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs one command, or without one a dialogue with standard input, over TCP; errors go to standard error.
     *
     * @return exit status of the process
     */
    public static int run(String host, int port, Optional<String> command, PrintStream out) {
        return new ConsoleClient(new InetSocketAddress(host, port), System.in, out, System.err).run(command);
    }

    /** As {@link #run(String, int, Optional, PrintStream)} over a Unix socket. */
    public static int run(Path socket, Optional<String> command, PrintStream out) {
        return new ConsoleClient(UnixDomainSocketAddress.of(socket), System.in, out, System.err).run(command);
    }

    int run(Optional<String> command) {
        if (command.isPresent()
                && (command.get().isBlank() || command.get().lines().count() != 1)) {
            err.println(
                    "console: not one command: length=" + command.get().length() + " (give one line, such as status)");
            return USAGE;
        }
        try (var channel = connect()) {
            if (command.isPresent()) {
                return ask(channel, command.get());
            }
            return isTerminal() ? converse(channel) : pass(channel);
        } catch (IOException failed) {
            err.println("console: the connection broke: address=" + where() + " reason=" + failed.getMessage());
            return WRONG;
        } catch (Unreachable unreachable) {
            err.println("console: cannot connect: address=" + where() + " reason=" + unreachable.getMessage()
                    + " (is the appliance running?)");
            return WRONG;
        }
    }

    /** Prints the answer to one command without the line that ends it. */
    int ask(SocketChannel channel, String command) throws IOException {
        send(channel, command + "\nquit\n");
        var answer = new AnswerReader(command, out, err);
        var lines = lines(channel);
        while (!answer.complete()) {
            var line = lines.readLine();
            if (line == null) {
                err.println("console: the answer is cut off: address=" + where());
                return WRONG;
            }
            answer.onLine(line);
        }
        return answer.failed() ? WRONG : FINE;
    }

    /** Sends what comes in line by line and prints the answers with the lines that end them, as a plain socket would. */
    int pass(SocketChannel channel) throws IOException {
        var sender = Thread.ofVirtual().name("console-input").start(() -> {
            try {
                in.transferTo(Channels.newOutputStream(channel));
                channel.shutdownOutput();
            } catch (IOException gone) {
                err.println("console: input is not read to its end: reason=" + gone.getMessage());
            }
        });
        boolean failed = false;
        var lines = lines(channel);
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            failed |= AnswerReader.isError(line);
            out.println(line);
        }
        out.flush();
        sender.interrupt();
        return failed ? WRONG : FINE;
    }

    private int converse(SocketChannel channel) throws IOException {
        TerminalClient.announce(channel);
        try (var terminal = TerminalBuilder.builder().system(true).dumb(true).build()) {
            new TerminalClient(channel, terminal).run();
        }
        return FINE;
    }

    /** The built-in console of JDK 25 is null again when standard input or output is not a terminal. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        var console = System.console();
        return console != null && console.isTerminal();
    }

    private SocketChannel connect() throws Unreachable {
        try {
            var channel = address instanceof UnixDomainSocketAddress
                    ? SocketChannel.open(StandardProtocolFamily.UNIX)
                    : SocketChannel.open();
            try {
                if (address instanceof InetSocketAddress inet && inet.isUnresolved()) {
                    throw new IOException("unknown host");
                }
                if (address instanceof InetSocketAddress) {
                    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                }
                channel.connect(address);
                return channel;
            } catch (IOException refused) {
                channel.close();
                throw refused;
            }
        } catch (IOException refused) {
            throw new Unreachable(refused);
        }
    }

    private static void send(SocketChannel channel, String text) throws IOException {
        Channels.newOutputStream(channel).write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static BufferedReader lines(SocketChannel channel) {
        return new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
    }

    private String where() {
        return switch (address) {
            case InetSocketAddress inet -> inet.getHostString() + ":" + inet.getPort();
            default -> address.toString();
        };
    }

    private static final class Unreachable extends Exception {

        private static final long serialVersionUID = 1L;

        Unreachable(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }
}
