package io.tandem.appliance.transport;

/** What the sip-io threads count. */
public enum TransportCounter {
    UDP_RECEIVED("udp.received", "datagrams read"),
    UDP_TRUNCATED("udp.truncated", "datagrams longer than a receive buffer, dropped"),
    UDP_KEEP_ALIVE("udp.keep-alive", "datagrams that only keep a NAT binding alive, dropped"),
    UDP_SENT("udp.sent", "datagrams handed to the kernel"),
    UDP_SEND_FAILED("udp.send-failed", "datagrams that the kernel refused, reported to the core"),
    UDP_SEND_DROPPED("udp.send-dropped", "datagrams dropped because the socket's send buffer stayed full"),
    UDP_UNREACHABLE("udp.unreachable", "datagrams that came back as ICMP errors, reported to the core"),
    TCP_ACCEPTED("tcp.accepted", "connections accepted"),
    TCP_REFUSED_FULL("tcp.refused-full", "connections closed at once because the limit was reached"),
    TCP_CONNECTED("tcp.connected", "connections opened"),
    TCP_CONNECT_FAILED("tcp.connect-failed", "connections that could not be opened"),
    TCP_CLOSED("tcp.closed", "connections that ended"),
    TCP_CLOSED_IDLE("tcp.closed-idle", "connections closed because nothing passed for too long"),
    TCP_CLOSED_SLOW_SENDER("tcp.closed-slow-sender", "connections closed because a message took too long to arrive"),
    TCP_CLOSED_SLOW_READER("tcp.closed-slow-reader", "connections closed because too many bytes waited to be read"),
    TCP_CLOSED_BAD_FRAMING("tcp.closed-bad-framing", "connections closed because the stream could not be framed"),
    TCP_RECEIVED("tcp.received", "messages framed from connections"),
    TCP_PING("tcp.ping", "keep-alive pings answered"),
    TCP_SENT("tcp.sent", "messages written to connections"),
    TCP_SEND_FAILED("tcp.send-failed", "messages that could not be written, reported to the core"),
    REFUSED_FULL("inbound.refused-full", "inputs refused at the door of the inbound ring"),
    SEND_UNKNOWN_LISTENER("send.unknown-listener", "messages for a listener that is not open, reported to the core");

    private final String key;
    private final String sentence;

    TransportCounter(final String key, final String sentence) {
        this.key = key;
        this.sentence = sentence;
    }

    /** Name in console and metrics. */
    public String key() {
        return key;
    }

    /** What is counted, in one sentence. */
    public String sentence() {
        return sentence;
    }
}
