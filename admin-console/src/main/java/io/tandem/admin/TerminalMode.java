package io.tandem.admin;

import io.tandem.admin.command.Caller;
import io.tandem.admin.command.Interpreter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.jline.utils.InfoCmp;

/**
 * The console for people: the server's end of telnet. The thread that reads from the client negotiates and feeds the
 * terminal; the line editor runs on its own thread, begun as soon as the terminal's type is known or a key was pressed.
 */
final class TerminalMode implements ClientMode, TelnetDecoder.Events {

    private static final int NEGOTIATIONS_MAX = 256;
    private static final int COLUMNS_MAX = 500;
    private static final int ROWS_MAX = 300;
    private static final int CTRL_C = 3;
    private static final int CTRL_D = 4;

    static {
        // Known types are served from JLine's own tables: it would run infocmp with the name that the client sent.
        for (var type : new String[] {"ansi", "dumb", "rxvt", "screen", "xterm", "xterm-256color"}) {
            InfoCmp.setLoadedInfoCmp(type, () -> InfoCmp.getDefaultInfoCmp(type));
        }
    }

    private final ClientOutput output;
    private final Interpreter interpreter;
    private final Caller caller;
    private final ConsoleHistory history;
    private final ConsoleCounters counters;
    private final int lineMax;
    private final Runnable close;
    private final TelnetDecoder decoder = new TelnetDecoder(this);
    private Size size = new Size(80, 24);
    private LineDisciplineTerminal terminal;
    private int negotiations;
    private int sinceLineEnd;
    private boolean afterCr;
    private boolean typeAsked;
    private boolean overlong;

    /** @param close closes the connection, from any thread */
    TerminalMode(
            ClientOutput output,
            Interpreter interpreter,
            Caller caller,
            ConsoleHistory history,
            ConsoleCounters counters,
            int lineMax,
            Runnable close) {
        this.output = output;
        this.interpreter = interpreter;
        this.caller = caller;
        this.history = history;
        this.counters = counters;
        this.lineMax = lineMax;
        this.close = close;
        output.write(Telnet.command(Telnet.WILL, Telnet.ECHO));
        output.write(Telnet.command(Telnet.WILL, Telnet.SUPPRESS_GO_AHEAD));
        output.write(Telnet.command(Telnet.DO, Telnet.WINDOW_SIZE));
        output.write(Telnet.command(Telnet.DO, Telnet.TERMINAL_TYPE));
        output.flush();
    }

    @Override
    public boolean onBytes(ByteBuffer bytes) {
        while (bytes.hasRemaining() && !overlong) {
            decoder.accept(bytes.get());
        }
        if (overlong) {
            counters.overlong.increment();
            output.write(("\r\nline is too long: limit=" + lineMax + "\r\n").getBytes(StandardCharsets.US_ASCII));
            output.flush();
        }
        return !overlong;
    }

    @Override
    public void onEnd() {
        onClosed();
    }

    /** Also called when the editor has ended, because keys that nobody reads any more would keep the reader waiting. */
    @Override
    public void onClosed() {
        if (terminal != null) {
            try {
                terminal.close();
            } catch (IOException gone) {
                close.run();
            }
        }
    }

    @Override
    public void onData(byte data) {
        boolean swallow = afterCr && (data == '\n' || data == 0);
        afterCr = data == '\r';
        if (swallow) {
            return;
        }
        sinceLineEnd = data == '\r' || data == '\n' ? 0 : sinceLineEnd + 1;
        overlong = sinceLineEnd > lineMax;
        if (!overlong) {
            type(data);
        }
    }

    @Override
    public void onNegotiation(int verb, int option) {
        if (++negotiations > NEGOTIATIONS_MAX) {
            return;
        }
        switch (verb) {
            case Telnet.WILL -> {
                if (option == Telnet.TERMINAL_TYPE) {
                    askType();
                } else if (option != Telnet.WINDOW_SIZE) {
                    send(Telnet.DONT, option);
                }
            }
            case Telnet.WONT -> {
                if (option == Telnet.TERMINAL_TYPE) {
                    begin("dumb");
                }
            }
            case Telnet.DO -> {
                if (option != Telnet.ECHO && option != Telnet.SUPPRESS_GO_AHEAD) {
                    send(Telnet.WONT, option);
                }
            }
            default -> {}
        }
    }

    @Override
    public void onSubnegotiation(int option, byte[] body) {
        if (option == Telnet.WINDOW_SIZE && body.length == 4) {
            resize(unsignedShort(body, 0), unsignedShort(body, 2));
        } else if (option == Telnet.TERMINAL_TYPE && body.length > 1 && body[0] == Telnet.TERMINAL_TYPE_IS) {
            begin(type(new String(body, 1, body.length - 1, StandardCharsets.US_ASCII)));
        }
    }

    @Override
    public void onFunction(int code) {
        switch (code) {
            case Telnet.IP, Telnet.BREAK -> type((byte) CTRL_C);
            case Telnet.EOF -> type((byte) CTRL_D);
            case Telnet.AYT -> {
                output.write("\r\n[yes]\r\n".getBytes(StandardCharsets.US_ASCII));
                output.flush();
            }
            default -> {}
        }
    }

    private void askType() {
        if (!typeAsked) {
            typeAsked = true;
            output.write(Telnet.subnegotiation(Telnet.TERMINAL_TYPE, (byte) Telnet.TERMINAL_TYPE_SEND));
            output.flush();
        }
    }

    private void send(int verb, int option) {
        output.write(Telnet.command(verb, option));
        output.flush();
    }

    private void type(byte key) {
        begin("dumb");
        try {
            terminal.processInputByte(key & 0xff);
        } catch (IOException closed) {
            close.run();
        }
    }

    /** A window of no size means that the client does not know it (RFC 1073). */
    private void resize(int columns, int rows) {
        size = new Size(
                columns == 0 ? 80 : Math.clamp(columns, 20, COLUMNS_MAX),
                rows == 0 ? 24 : Math.clamp(rows, 2, ROWS_MAX));
        if (terminal != null) {
            terminal.setSize(size);
            terminal.raise(Terminal.Signal.WINCH);
        }
    }

    private void begin(String type) {
        if (terminal != null) {
            return;
        }
        try {
            terminal = new LineDisciplineTerminal("console", type, new Wire(output), StandardCharsets.UTF_8);
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        }
        terminal.setSize(size);
        counters.terminals.increment();
        var editor = new LineEditor(terminal, interpreter, caller, history);
        Thread.ofVirtual().name("console-editor-" + caller.who()).start(() -> {
            try {
                editor.run();
            } finally {
                close.run();
                onClosed();
            }
        });
    }

    private static int unsignedShort(byte[] bytes, int offset) {
        return ((bytes[offset] & 0xff) << 8) | (bytes[offset + 1] & 0xff);
    }

    /** The nearest of the types that are known here; dumb for a terminal that nothing is known about. */
    static String type(String name) {
        var type = name.toLowerCase(Locale.ROOT);
        if (type.endsWith("256color") && type.startsWith("xterm")) {
            return "xterm-256color";
        }
        if (type.startsWith("screen") || type.startsWith("tmux")) {
            return "screen";
        }
        if (type.startsWith("rxvt") || type.startsWith("ansi")) {
            return type.substring(0, 4);
        }
        for (var like :
                new String[] {"xterm", "vt", "linux", "putty", "konsole", "kitty", "alacritty", "foot", "gnome"}) {
            if (type.startsWith(like)) {
                return "xterm";
            }
        }
        return "dumb";
    }

    /** Doubles what would read as a telnet command. */
    private static final class Wire extends OutputStream {

        private final ClientOutput output;

        Wire(ClientOutput output) {
            this.output = output;
        }

        @Override
        public void write(int b) {
            var bytes = new byte[] {(byte) b, (byte) b};
            output.write(bytes, 0, (b & 0xff) == Telnet.IAC ? 2 : 1);
        }

        @Override
        public void flush() {
            output.flush();
        }
    }
}
