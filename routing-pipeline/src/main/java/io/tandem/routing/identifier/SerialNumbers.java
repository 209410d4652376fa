package io.tandem.routing.identifier;

/** The one counter and the one key behind all identifiers of a core. */
public final class SerialNumbers {
    private static final long PROOF_MASK = 0xFFFF_FFFF_FFFFL;

    private SipHash hash;
    private long last;

    /** Creates the numbers under the key of the present epoch. */
    public SerialNumbers(final SipHash hash) {
        this.hash = hash;
    }

    /** Uses another key for what is minted from now on. */
    public void key(final SipHash newHash) {
        hash = newHash;
    }

    /** The next serial number, never 0. */
    public long next() {
        return ++last;
    }

    /** The last serial number given out. */
    public long last() {
        return last;
    }

    /** Continues after a stored number. */
    public void restore(final long stored) {
        last = stored;
    }

    /** The proof of a token. */
    public long proof(final byte table, final int slot, final long serial) {
        return hash.begin().number(table).number(slot).number(serial).end().low() & PROOF_MASK;
    }
}
