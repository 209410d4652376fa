package io.tandem.admin;

import java.nio.ByteBuffer;

/** How one client is served, once it is known. Called on the thread that reads from it. */
interface ClientMode {

    /**
     * Bytes from the client, all of which are consumed.
     *
     * @return false when the connection is to be closed
     */
    boolean onBytes(ByteBuffer bytes);

    /** The client will send no more; it may still read. */
    void onEnd();

    /** The connection is over, however it ended. */
    void onClosed();
}
