package io.tandem.routing.address;

import io.tandem.journal.record.TransportKind;
import java.util.List;

/** The listeners of a process life by number, with the text that each puts into messages. Immutable. */
public final class Listeners {
    /** No such listener. */
    public static final int NONE = -1;

    private final Listener[] byId;
    private final byte[][] contactFields;
    private final byte[][] viaPrefixes;
    private final byte[][] sentBys;

    /** Creates the table; ids are the positions in the list. */
    public Listeners(final List<Listener> listeners) {
        byId = listeners.toArray(new Listener[0]);
        contactFields = new byte[byId.length][];
        viaPrefixes = new byte[byId.length][];
        sentBys = new byte[byId.length][];
        for (int i = 0; i < byId.length; i++) {
            if (byId[i].id() != i) {
                throw new IllegalArgumentException("listener numbered out of order: name=" + byId[i].name() + " id="
                        + byId[i].id() + " expected=" + i);
            }
            contactFields[i] = byId[i].contactField();
            viaPrefixes[i] = byId[i].viaPrefix();
            sentBys[i] = byId[i].sentBy();
        }
    }

    /** How many there are. */
    public int count() {
        return byId.length;
    }

    /** The listener with a number. */
    public Listener get(final int id) {
        return byId[id];
    }

    /** Contact field of ours at a listener, line end included. Not to be changed. */
    public byte[] contactField(final int id) {
        return contactFields[id];
    }

    /** Via field of ours at a listener up to the branch's value. Not to be changed. */
    public byte[] viaPrefix(final int id) {
        return viaPrefixes[id];
    }

    /** Advertised host and port of a listener. Not to be changed. */
    public byte[] sentBy(final int id) {
        return sentBys[id];
    }

    /**
     * The listener to send from.
     *
     * @param name      wanted name, empty for any.
     * @param transport wanted transport.
     * @param ipv4      family of the far address.
     * @param preferred listener to take when it fits, or {@link #NONE}.
     * @return its number, or {@link #NONE}.
     */
    public int find(final String name, final TransportKind transport, final boolean ipv4, final int preferred) {
        if (preferred != NONE && preferred < byId.length && fits(byId[preferred], name, transport, ipv4)) {
            return preferred;
        }
        for (final Listener listener : byId) {
            if (fits(listener, name, transport, ipv4)) {
                return listener.id();
            }
        }
        return NONE;
    }

    private static boolean fits(
            final Listener listener, final String name, final TransportKind transport, final boolean ipv4) {
        return listener.transport() == transport
                && listener.ipv4() == ipv4
                && (name.isEmpty() || listener.name().equals(name));
    }
}
