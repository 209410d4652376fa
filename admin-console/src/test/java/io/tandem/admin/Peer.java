package io.tandem.admin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A client made of a plain socket; a read that does not succeed within ten seconds fails the test. */
final class Peer implements AutoCloseable {

    private static final int PATIENCE_MS = 10_000;

    private final Socket socket = new Socket();
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
    private int taken;

    Peer(InetSocketAddress address) throws IOException {
        this(address, 0);
    }

    Peer(InetSocketAddress address, int receiveBuffer) throws IOException {
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.setSoTimeout(PATIENCE_MS);
        socket.setTcpNoDelay(true);
        socket.connect(address);
    }

    Peer send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    Peer send(byte... bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    Peer send(int... codes) throws IOException {
        var bytes = new byte[codes.length];
        for (int i = 0; i < codes.length; i++) {
            bytes[i] = (byte) codes[i];
        }
        return send(bytes);
    }

    void halfClose() throws IOException {
        socket.shutdownOutput();
    }

    /** Next line without its line end; null at the end. */
    String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b = socket.getInputStream().read();
                b >= 0;
                b = socket.getInputStream().read()) {
            if (b == '\n') {
                return line.toString(StandardCharsets.UTF_8);
            }
            line.write(b);
        }
        return line.size() == 0 ? null : line.toString(StandardCharsets.UTF_8);
    }

    /** Lines of one text answer, with the one that ends it. */
    List<String> answer() throws IOException {
        var lines = new ArrayList<String>();
        for (var line = line(); line != null; line = line()) {
            lines.add(line);
            if (line.equals("OK") || line.startsWith("ERROR")) {
                return lines;
            }
        }
        throw new AssertionError("answer is cut off: " + lines);
    }

    byte[] bytes(int count) throws IOException {
        return socket.getInputStream().readNBytes(count);
    }

    byte[] rest() throws IOException {
        return socket.getInputStream().readAllBytes();
    }

    /**
     * Reads until what is painted, escape sequences and telnet commands taken out, holds a text behind what an earlier
     * call has found.
     */
    String expect(String text) throws IOException {
        var painted = painted();
        while (painted.indexOf(text, taken) < 0) {
            int b = socket.getInputStream().read();
            if (b < 0) {
                throw new AssertionError("closed while waiting for: " + text + " after: " + painted.substring(taken));
            }
            seen.write(b);
            while (socket.getInputStream().available() > 0) {
                seen.write(socket.getInputStream().read());
            }
            painted = painted();
        }
        var found = painted.substring(taken, painted.indexOf(text, taken) + text.length());
        taken += found.length();
        return found;
    }

    private String painted() {
        var data = new StringBuilder();
        var decoder = new TelnetDecoder(new TelnetDecoder.Events() {
            @Override
            public void onData(byte b) {
                data.append((char) (b & 0xff));
            }

            @Override
            public void onNegotiation(int verb, int option) {}

            @Override
            public void onSubnegotiation(int option, byte[] body) {}

            @Override
            public void onFunction(int code) {}
        });
        for (byte b : seen.toByteArray()) {
            decoder.accept(b);
        }
        return data.toString().replaceAll("\u001b(\\[[0-9;?]*[A-Za-z]|[=>]|\\(B)", "");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
