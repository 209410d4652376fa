package io.tandem.appliance.driver;

import io.tandem.appliance.transport.Listener;
import io.tandem.appliance.transport.Outbound;
import io.tandem.appliance.transport.TransportCounter;
import io.tandem.appliance.transport.TransportCounters;
import java.io.IOException;
import java.util.List;

/**
 * How stages share threads. The calling thread is the core's from creation to close; what other threads there are is the
 * profile's matter. Called in this order: {@link #open}, {@link #attach}, {@link #settle}, {@link #serve}, then {@link
 * #turn} again and again, {@link #closeSockets}, {@link #settle}, {@link #close}.
 */
interface Profile extends AutoCloseable {
    /** Name in settings and console. */
    String name();

    /** Opens every listener without reading from it; says with which ports. */
    List<Listener> open(List<Listener> listeners) throws IOException;

    /** Where the driver sends. */
    Outbound outbound();

    /** Connects the stages; nothing was turned before. */
    void attach(Stages stages);

    /** Turns until every input offered so far has been through all stages. */
    void settle() throws Exception;

    /** Begins to read from the sockets. */
    void serve();

    /** One duty cycle of the calling thread; may sleep until there is something to do. */
    void turn() throws Exception;

    /** Ends the sleep of {@link #turn()}; any thread. */
    void wakeup();

    /** Closes every socket; what they had offered is still turned. */
    void closeSockets();

    /** A count over all sip-io threads; any thread. */
    long count(TransportCounter counter);

    /** Counts of every sip-io thread; any thread. */
    List<TransportCounters> counters();

    /** Open stream connections; any thread. */
    int connectionCount();

    @Override
    void close();
}
