package io.tandem.routing.core;

import io.tandem.routing.identifier.SipHash;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The core's secrets, derived from the master key by HMAC-SHA-256. Whoever holds a journal but not the master file can
 * mint no identifier that Tandem takes for its own.
 */
public final class CoreKeys {
    private final byte[] master;

    /** Creates the keys of a master key of at least 16 bytes. */
    public CoreKeys(final byte[] master) {
        if (master.length < 16) {
            throw new IllegalArgumentException("master key too short: bytes=" + master.length + " minimum=16");
        }
        this.master = master.clone();
    }

    /** Key under which identifiers are minted in a process life. */
    SipHash identifiers(final long epoch) {
        return derive("identifiers", epoch);
    }

    /** Key of the tables that peers' identifiers are looked up in: the same in every life, for entries outlive it. */
    SipHash requestTable() {
        return derive("request table", 0);
    }

    /** Key of the To tags of responses without state. */
    public SipHash statelessTags() {
        return derive("stateless tags", 0);
    }

    private SipHash derive(final String purpose, final long number) {
        try {
            final Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(master, "HmacSHA256"));
            mac.update(purpose.getBytes(StandardCharsets.US_ASCII));
            mac.update(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
            final ByteBuffer derived = ByteBuffer.wrap(mac.doFinal()).order(ByteOrder.LITTLE_ENDIAN);
            return new SipHash(derived.getLong(0), derived.getLong(Long.BYTES));
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA-256 is missing from this JDK", e);
        }
    }
}
