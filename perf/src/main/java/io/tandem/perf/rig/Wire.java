package io.tandem.perf.rig;

/** Where a caller or callee sends its datagrams. */
@FunctionalInterface
interface Wire {
    /** Sends the first {@code length} octets; they may be reused afterwards. */
    void send(byte[] bytes, int length);
}
