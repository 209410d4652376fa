package io.tandem.appliance.transport;

/** A listener and a peer's address and port; one instance is reused for look-ups. */
final class PeerKey {
    private int listener;
    private long high;
    private long low;
    private int port;

    PeerKey set(final int newListener, final long newHigh, final long newLow, final int newPort) {
        listener = newListener;
        high = newHigh;
        low = newLow;
        port = newPort;
        return this;
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof PeerKey key
                && key.listener == listener
                && key.high == high
                && key.low == low
                && key.port == port;
    }

    @Override
    public int hashCode() {
        long mixed = (high ^ Long.rotateLeft(low, 17) ^ ((long) port << 32) ^ listener) * 0x9E37_79B9_7F4A_7C15L;
        mixed ^= mixed >>> 32;
        return (int) mixed;
    }
}
