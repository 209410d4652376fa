package io.tandem.appliance.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A SIP user agent on a raw UDP socket that shares no code with the engine: messages are text, headers are lines. It
 * repeats nothing by itself; who wants a retransmission sends the same text again.
 */
public final class SipPeer implements AutoCloseable {
    private static final int PATIENCE_MS = 10_000;
    private static final int RECEIVE_BYTES = 4 << 20;

    private final DatagramSocket socket;
    private InetSocketAddress appliance;
    private int branches;
    private final List<String> backlog = new ArrayList<>();

    /** Opens a peer at an address with a port chosen by the system; without appliance until {@link #towards}. */
    public SipPeer(final String address, final InetSocketAddress appliance) {
        this(address, 0, appliance);
    }

    /** Opens a peer at an address and port. */
    SipPeer(final String address, final int port, final InetSocketAddress appliance) {
        try {
            socket = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral(address), port));
            socket.setReceiveBufferSize(RECEIVE_BYTES);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        this.appliance = appliance;
    }

    /** Says where the appliance is. */
    public SipPeer towards(final InetSocketAddress place) {
        appliance = place;
        return this;
    }

    /** Address and port as they stand in Via and Contact. */
    public String place() {
        return socket.getLocalAddress().getHostAddress() + ":" + socket.getLocalPort();
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** Sends a message to the appliance as it is; line ends are LF in tests and CRLF on the wire. */
    public void send(final String message) {
        final byte[] bytes = message.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        try {
            socket.send(new DatagramPacket(bytes, bytes.length, appliance));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next message whose start line begins with {@code start}; those before it are passed over. */
    public String receive(final String start) {
        final StringBuilder passed = new StringBuilder();
        while (true) {
            final String message = next();
            if (message == null) {
                throw new AssertionError("nothing came that begins with '" + start + "', but:" + passed);
            }
            if (message.startsWith(start)) {
                return message;
            }
            passed.append('\n').append(message.lines().findFirst().orElse(""));
        }
    }

    /**
     * The next message whose start line begins with {@code start} and which contains all {@code parts}, or null when none
     * comes within {@code waitMs}; others are kept for later calls until {@link #forget}.
     */
    public String find(final int waitMs, final String start, final String... parts) {
        for (int i = 0; i < backlog.size(); i++) {
            if (fits(backlog.get(i), start, parts)) {
                return backlog.remove(i);
            }
        }
        final long endNs = System.nanoTime() + waitMs * 1_000_000L;
        for (long leftMs = waitMs; leftMs > 0; leftMs = (endNs - System.nanoTime()) / 1_000_000) {
            final String message = next((int) leftMs);
            if (message != null) {
                if (fits(message, start, parts)) {
                    return message;
                }
                backlog.add(message);
            }
        }
        return null;
    }

    private static boolean fits(final String message, final String start, final String... parts) {
        return message.startsWith(start) && Stream.of(parts).allMatch(message::contains);
    }

    /** Whether a message like that has arrived; it is kept. */
    public boolean has(final String start, final String... parts) {
        final String found = find(1, start, parts);
        if (found != null) {
            backlog.add(found);
        }
        return found != null;
    }

    /** Forgets what {@link #find} passed over. */
    public void forget() {
        backlog.clear();
    }

    private String next() {
        return next(PATIENCE_MS);
    }

    private String next(final int waitMs) {
        final DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
        try {
            socket.setSoTimeout(waitMs);
            socket.receive(packet);
        } catch (final SocketTimeoutException e) {
            return null;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.ISO_8859_1).replace("\r\n", "\n");
    }

    /** A new branch. */
    public String branch() {
        return "z9hG4bK-" + port() + "-" + ++branches;
    }

    /** An INVITE of a call of ours; its Call-ID is the name of the session that it offers, too. */
    public String invite(final String callId, final String called, final String branch) {
        final String sdp = """
                v=0
                o=- 1 1 IN IP4 127.0.0.2
                s=%s
                c=IN IP4 127.0.0.2
                t=0 0
                m=audio 40000 RTP/AVP 0
                """.formatted(callId);
        return """
                INVITE sip:%1$s@127.0.0.1 SIP/2.0
                Via: SIP/2.0/UDP %2$s;branch=%3$s
                Max-Forwards: 70
                From: <sip:13035550100@%2$s>;tag=from-%4$s
                To: <sip:%1$s@127.0.0.1>
                Call-ID: %4$s
                CSeq: 1 INVITE
                Contact: <sip:13035550100@%2$s>
                Content-Type: application/sdp
                Content-Length: %5$d

                %6$s""".formatted(
                called, place(), branch, callId, sdp.replace("\n", "\r\n").length(), sdp);
    }

    /** A request inside a dialog of which {@code answer} is a response that we received. */
    public String inDialog(final String method, final int cSeq, final String answer) {
        return inDialog(method, cSeq, answer, "");
    }

    /** As above, with whole header lines added, each with its line end. */
    public String inDialog(final String method, final int cSeq, final String answer, final String headers) {
        return """
                %s %s SIP/2.0
                Via: SIP/2.0/UDP %s;branch=%s
                Max-Forwards: 70
                %s
                %s
                %s
                CSeq: %d %s
                %sContent-Length: 0

                """.formatted(
                        method,
                        uri(header(answer, "Contact")),
                        place(),
                        branch(),
                        line(answer, "From"),
                        line(answer, "To"),
                        line(answer, "Call-ID"),
                        cSeq,
                        method,
                        headers);
    }

    /** A request in the opposite direction of the dialog that {@code request}, answered with our tag, opened. */
    public String fromCallee(final String method, final int cSeq, final String request, final String tag) {
        return """
                %s %s SIP/2.0
                Via: SIP/2.0/UDP %s;branch=%s
                Max-Forwards: 70
                From: %s;tag=%s
                To: %s
                %s
                CSeq: %d %s
                Content-Length: 0

                """.formatted(
                        method,
                        uri(header(request, "Contact")),
                        place(),
                        branch(),
                        header(request, "To"),
                        tag,
                        header(request, "From"),
                        line(request, "Call-ID"),
                        cSeq,
                        method);
    }

    /** A response to a request that we received; {@code tag} is added to To when it has none. */
    public String response(final int status, final String reason, final String request, final String tag) {
        return response(status, reason, request, tag, "");
    }

    /** As above, with whole header lines added, each with its line end. */
    public String response(
            final int status, final String reason, final String request, final String tag, final String headers) {
        final StringBuilder text = new StringBuilder("SIP/2.0 " + status + " " + reason + "\n");
        request.lines().filter(line -> line.startsWith("Via:")).forEach(line -> text.append(line)
                .append('\n'));
        final String to = line(request, "To");
        text.append(line(request, "From")).append('\n');
        text.append(to.contains(";tag=") || tag.isEmpty() ? to : to + ";tag=" + tag)
                .append('\n');
        text.append(line(request, "Call-ID")).append('\n');
        text.append(line(request, "CSeq")).append('\n');
        text.append("Contact: <sip:callee@").append(place()).append(">\n").append(headers);
        final boolean sdp = status == 200 && line(request, "CSeq").endsWith("INVITE");
        final String body =
                sdp ? "v=0\no=- 2 2 IN IP4 127.0.0.3\ns=-\nc=IN IP4 127.0.0.3\nt=0 0\nm=audio 50000 RTP/AVP 0\n" : "";
        if (sdp) {
            text.append("Content-Type: application/sdp\n");
        }
        text.append("Content-Length: ")
                .append(body.replace("\n", "\r\n").length())
                .append("\n\n")
                .append(body);
        return text.toString();
    }

    /** The whole line of a header. */
    public static String line(final String message, final String name) {
        return message.lines()
                .takeWhile(line -> !line.isEmpty())
                .filter(line -> line.startsWith(name + ":"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("header is missing: header=" + name + " message=" + message));
    }

    /** The value of a header. */
    public static String header(final String message, final String name) {
        return line(message, name).substring(name.length() + 1).strip();
    }

    private static String uri(final String nameAddress) {
        return nameAddress.substring(nameAddress.indexOf('<') + 1, nameAddress.indexOf('>'));
    }

    /** Its port is gone without a word to anybody. */
    void crash() {
        socket.close();
    }

    @Override
    public void close() {
        socket.close();
    }
}
