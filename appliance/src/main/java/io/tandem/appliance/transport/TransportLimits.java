package io.tandem.appliance.transport;

import io.tandem.sip.SipLimits;

/**
 * What sockets may cost.
 *
 * @param socketBufferBytes     send and receive buffer of each UDP socket
 * @param connectionCountMax    open stream connections of one sip-io thread
 * @param connectionQueueBytes  bytes that may wait in one connection before its peer counts as too slow
 * @param connectTimeoutMs      time that a connection may take to open
 * @param messageTimeoutMs      time between the first and the last byte of one message
 * @param idleTimeoutMs         time without a byte after which a connection is closed
 * @param sip                   what one message may cost
 */
public record TransportLimits(
        int socketBufferBytes,
        int connectionCountMax,
        int connectionQueueBytes,
        int connectTimeoutMs,
        int messageTimeoutMs,
        int idleTimeoutMs,
        SipLimits sip) {

    /** Limits for a carrier box. */
    public static final TransportLimits DEFAULT =
            new TransportLimits(4 << 20, 10_000, 1 << 20, 1_000, 5_000, 600_000, SipLimits.DEFAULT);
}
