package io.tandem.admin;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.ControlChar;
import org.jline.terminal.Attributes.InputFlag;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Attributes.OutputFlag;
import org.jline.terminal.Terminal;

/** The client's end of telnet: keys of a local terminal to the console, what the console paints to the terminal. */
final class TerminalClient implements TelnetDecoder.Events {

    private final SocketChannel channel;
    private final Terminal terminal;
    private final OutputStream screen;
    private final ClientOutput wire;
    private IOException broken;

    TerminalClient(SocketChannel channel, Terminal terminal) {
        this.channel = channel;
        this.terminal = terminal;
        this.screen = terminal.output();
        this.wire = new ClientOutput(channel, System::nanoTime);
    }

    /** Says at once that this is a terminal, so that the console need not ask. */
    static void announce(SocketChannel channel) throws IOException {
        channel.write(ByteBuffer.wrap(Telnet.command(Telnet.WILL, Telnet.TERMINAL_TYPE)));
    }

    /** Blocks until the console closes the connection; leaves the terminal as it was. */
    void run() throws IOException {
        var before = terminal.getAttributes();
        terminal.setAttributes(transparent(before));
        try {
            terminal.handle(Terminal.Signal.WINCH, signal -> tellSize());
            wire.write(Telnet.command(Telnet.WILL, Telnet.WINDOW_SIZE));
            tellSize();
            Thread.ofPlatform().daemon().name("console-keys").start(this::sendKeys);
            paint();
        } finally {
            terminal.setAttributes(before);
        }
    }

    @Override
    public void onData(byte data) {
        try {
            screen.write(data);
        } catch (IOException gone) {
            broken = gone;
        }
    }

    @Override
    public void onNegotiation(int verb, int option) {
        boolean known = option == Telnet.TERMINAL_TYPE || option == Telnet.WINDOW_SIZE;
        boolean wanted = option == Telnet.ECHO || option == Telnet.SUPPRESS_GO_AHEAD;
        if (verb == Telnet.DO && !known) {
            wire.write(Telnet.command(Telnet.WONT, option));
        } else if (verb == Telnet.WILL) {
            wire.write(Telnet.command(wanted ? Telnet.DO : Telnet.DONT, option));
        }
        wire.flush();
    }

    @Override
    public void onSubnegotiation(int option, byte[] body) {
        if (option == Telnet.TERMINAL_TYPE && body.length == 1 && body[0] == Telnet.TERMINAL_TYPE_SEND) {
            var type = terminal.getType().getBytes(StandardCharsets.US_ASCII);
            var is = new byte[type.length + 1];
            is[0] = Telnet.TERMINAL_TYPE_IS;
            System.arraycopy(type, 0, is, 1, type.length);
            wire.write(Telnet.subnegotiation(Telnet.TERMINAL_TYPE, is));
            wire.flush();
        }
    }

    @Override
    public void onFunction(int code) {
        // None of them means anything to a client that is all terminal.
    }

    /** Every key goes to the console, Ctrl-C too, and what it paints is shown as it comes. */
    private static Attributes transparent(Attributes before) {
        var attributes = new Attributes(before);
        attributes.setLocalFlags(EnumSet.of(LocalFlag.ISIG, LocalFlag.ICANON, LocalFlag.ECHO, LocalFlag.IEXTEN), false);
        attributes.setInputFlags(
                EnumSet.of(InputFlag.ICRNL, InputFlag.INLCR, InputFlag.IGNCR, InputFlag.IXON, InputFlag.ISTRIP), false);
        attributes.setOutputFlag(OutputFlag.OPOST, false);
        attributes.setControlChar(ControlChar.VMIN, 1);
        attributes.setControlChar(ControlChar.VTIME, 0);
        return attributes;
    }

    private void paint() throws IOException {
        var decoder = new TelnetDecoder(this);
        var bytes = ByteBuffer.allocate(8192);
        while (broken == null && channel.read(bytes) >= 0) {
            bytes.flip();
            while (bytes.hasRemaining()) {
                decoder.accept(bytes.get());
            }
            bytes.clear();
            screen.flush();
        }
        if (broken != null) {
            throw broken;
        }
    }

    private void tellSize() {
        var size = terminal.getSize();
        wire.write(Telnet.windowSize(size.getColumns(), size.getRows()));
        wire.flush();
    }

    private void sendKeys() {
        var keys = new byte[1024];
        try (var input = terminal.input()) {
            for (int count = input.read(keys); count > 0; count = input.read(keys)) {
                for (int i = 0; i < count; i++) {
                    wire.write(keys, i, 1);
                    if ((keys[i] & 0xff) == Telnet.IAC) {
                        wire.write(keys, i, 1);
                    }
                }
                wire.flush();
            }
            channel.shutdownOutput();
        } catch (IOException gone) {
            wire.flush();
        }
    }
}
