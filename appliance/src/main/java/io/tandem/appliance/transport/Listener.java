package io.tandem.appliance.transport;

import io.tandem.journal.record.TransportKind;
import java.net.InetSocketAddress;

/**
 * A socket that Tandem serves, as configured.
 *
 * @param number     its number in inputs, effects and the journal
 * @param name       its name in configuration and console
 * @param transport  UDP or TCP
 * @param bind       address and port it is bound to
 * @param advertised address and port that Via and Contact show (1:1 NAT)
 * @param dscp       differentiated services code point of what it sends, 0 to 63
 */
public record Listener(
        int number,
        String name,
        TransportKind transport,
        InetSocketAddress bind,
        InetSocketAddress advertised,
        int dscp) {

    /** Highest number of a listener. */
    public static final int NUMBER_MAX = 255;

    public Listener {
        if (number < 0 || number > NUMBER_MAX) {
            throw new IllegalArgumentException("listener number out of range: number=" + number + " max=" + NUMBER_MAX);
        }
        if (dscp < 0 || dscp > 63) {
            throw new IllegalArgumentException("dscp out of range: listener=" + name + " dscp=" + dscp + " max=63");
        }
    }

    /** The same listener bound to a port that the system chose; an advertised port 0 follows it. */
    public Listener boundTo(final int port) {
        return new Listener(
                number,
                name,
                transport,
                new InetSocketAddress(bind.getAddress(), port),
                advertised.getPort() == 0 ? new InetSocketAddress(advertised.getAddress(), port) : advertised,
                dscp);
    }

    /** One line such as {@code main udp 127.0.0.1:5060 as 203.0.113.7:5060}. */
    @Override
    public String toString() {
        final String place =
                name + " " + transport.name().toLowerCase(java.util.Locale.ROOT) + " " + PeerAddress.text(bind);
        return advertised.equals(bind) ? place : place + " as " + PeerAddress.text(advertised);
    }
}
