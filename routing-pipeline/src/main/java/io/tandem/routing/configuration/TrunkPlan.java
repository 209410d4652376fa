package io.tandem.routing.configuration;

import io.tandem.journal.record.TransportKind;
import io.tandem.routing.address.IpLiteral;
import io.tandem.routing.model.EarlyMedia;
import io.tandem.routing.model.Trunk;
import io.tandem.routing.model.TrunkDirection;
import io.tandem.routing.model.TrunkRole;
import io.tandem.routing.model.TrunkStatus;
import java.nio.charset.StandardCharsets;

/**
 * A trunk as the call engine uses it: everything it needs to send a call there, in the form in which it needs it. Immutable,
 * read by the core's thread.
 */
public final class TrunkPlan {
    /** A setting that is not given. */
    public static final int UNLIMITED = -1;

    private final Trunk trunk;
    private final TransportKind transport;
    private final byte[] host;
    private final byte[] fromDomain;
    private final byte[] fromUser;
    private final long callerNumber;

    TrunkPlan(final Trunk trunk) {
        this.trunk = trunk;
        transport = switch (trunk.transport()) {
            case UDP -> TransportKind.UDP;
            case TCP -> TransportKind.TCP;
            case TLS -> TransportKind.TLS;
        };
        host = trunk.proxyHost() == null ? new byte[0] : ascii(trunk.proxyHost().uriHost());
        fromDomain = ascii(trunk.fromDomain());
        fromUser = ascii(trunk.fromUser());
        callerNumber = trunk.cidNumber().isEmpty() ? 0 : Long.parseLong(trunk.cidNumber());
    }

    /** Upper half of its identifier. */
    public long idHigh() {
        return trunk.id().high();
    }

    /** Lower half of its identifier. */
    public long idLow() {
        return trunk.id().low();
    }

    /** Upper half of the account it belongs to. */
    public long accountHigh() {
        return trunk.accountId().high();
    }

    /** Lower half of the account it belongs to. */
    public long accountLow() {
        return trunk.accountId().low();
    }

    /** For people. */
    public String name() {
        return trunk.name();
    }

    /** Whether it has an address that calls can be sent to. */
    public boolean hasAddress() {
        return trunk.proxyHost() != null;
    }

    /** Upper half of the address that calls go to; IPv4 is IPv4-mapped. */
    public long addressHigh() {
        final IpLiteral address = trunk.proxyHost();
        return address == null ? 0 : address.high();
    }

    /** Lower half of the address that calls go to. */
    public long addressLow() {
        final IpLiteral address = trunk.proxyHost();
        return address == null ? 0 : address.low();
    }

    /** Port that calls go to. */
    public int port() {
        return trunk.proxyPort();
    }

    /** What it speaks. */
    public TransportKind transport() {
        return transport;
    }

    /** The address as it stands in a URI: {@code 192.0.2.1} or {@code [2001:db8::1]}, without port. Not to be changed. */
    public byte[] host() {
        return host;
    }

    /** Domain for From, empty for our own. Not to be changed. */
    public byte[] fromDomain() {
        return fromDomain;
    }

    /** User for From, empty for the caller's. Not to be changed. */
    public byte[] fromUser() {
        return fromUser;
    }

    /** Number that calls over it show by default; 0 for none. */
    public long callerNumber() {
        return callerNumber;
    }

    /** Name of the listener that calls leave from, empty for the default one. */
    public String listener() {
        return trunk.listener();
    }

    /** Whether it is in use. */
    public boolean active() {
        return trunk.status() == TrunkStatus.ACTIVE;
    }

    /** Whether calls may be sent to it. */
    public boolean takesCalls() {
        return trunk.direction() != TrunkDirection.INBOUND && hasAddress();
    }

    /** Who is at the other end. */
    public TrunkRole role() {
        return trunk.role();
    }

    /** Most simultaneous calls either way, or {@link #UNLIMITED}. */
    public int maxChannels() {
        return trunk.maxChannels();
    }

    /** What answers a call above {@link #maxChannels()}: 480, 486 or 503. */
    public int overLimitStatus() {
        return trunk.overLimitStatus();
    }

    /** Most simultaneous calls with equal caller and called number, or {@link #UNLIMITED}. */
    public int maxIdenticalCalls() {
        return trunk.maxIdenticalCalls();
    }

    /** Longest call, seconds, or {@link #UNLIMITED}. */
    public int maxCallSec() {
        return trunk.maxCallSec();
    }

    /** Which of its provisional answers with media reach the caller. */
    public EarlyMedia earlyMedia() {
        return trunk.earlyMedia();
    }

    /** Whether requests too large for a datagram may go by TCP. */
    public boolean largeTcp() {
        return trunk.largeTcp();
    }

    /** Whether 404 moves on to the next candidate. */
    public boolean failoverOn404() {
        return trunk.failoverOn404();
    }

    /** Whether 480 moves on to the next candidate. */
    public boolean failoverOn480() {
        return trunk.failoverOn480();
    }

    /** Everything about it, off the core's path. */
    public Trunk trunk() {
        return trunk;
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
