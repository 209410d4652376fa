package io.tandem.appliance.driver;

import io.tandem.appliance.transport.Listener;
import io.tandem.appliance.transport.MessageTap;
import io.tandem.appliance.transport.Outbound;
import io.tandem.appliance.transport.SipIo;
import io.tandem.appliance.transport.TransportCounter;
import io.tandem.appliance.transport.TransportCounters;
import io.tandem.appliance.transport.TransportLimits;
import io.tandem.routing.overload.InboundDoor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One thread turns sockets, sequencer, core and measurement in one duty cycle, and sleeps in epoll when nothing is to do:
 * for machines with few cores, and the fewest wake-ups.
 */
final class SharedProfile implements Profile {
    static final long SLEEP_MAX_NS = 1_000_000_000L;

    /**
     * Shortest sleep that only a timer ends, longer than the kernel's tick (4 ms mostly, 10 ms at most). A shorter one makes the
     * kernel set the processor's timer for each sleep, and set it back, which in a virtual machine costs more than
     * reading a message. SIP's timers are hundreds of milliseconds, and any message fires those that are due.
     */
    static final long SLEEP_MIN_NS = 12_000_000L;

    /** Places of a snapshot that are looked at after a sleep without messages. */
    private static final int IDLE_PLACES = 256;

    private final SipIo io;
    private Stages stages;
    private boolean closed;

    SharedProfile(final int epoch, final TransportLimits limits, final InboundDoor door, final MessageTap tap) {
        io = new SipIo(0, false, epoch, limits, door, tap);
        door.answerBy(io);
    }

    @Override
    public String name() {
        return "shared";
    }

    @Override
    public List<Listener> open(final List<Listener> listeners) throws IOException {
        final List<Listener> open = new ArrayList<>();
        for (final Listener listener : listeners) {
            open.add(io.open(listener));
        }
        return open;
    }

    @Override
    public Outbound outbound() {
        return io;
    }

    @Override
    public void attach(final Stages attached) {
        stages = attached;
    }

    @Override
    public void settle() throws Exception {
        stages.graph().runUntilIdle();
    }

    @Override
    public void serve() {
        io.serve();
    }

    @Override
    public void turn() throws Exception {
        io.turn(sleepNs());
        if (stages.driver().deadlineNs() <= stages.clock().nowNs() && stages.ring().slotsUsed() == 0) {
            stages.ring().offerNothing(System.nanoTime());
        }
        if (stages.graph().runUntilIdle() == 0) {
            stages.driver().doIdleWork(IDLE_PLACES);
        }
        stages.queries().answer(stages.driver().core());
    }

    private long sleepNs() {
        return stages.ring().slotsUsed() > 0 || !stages.queries().isEmpty()
                ? 0
                : sleepNs(
                        stages.driver().isBusy(),
                        stages.driver().deadlineNs(),
                        stages.clock().nowNs());
    }

    /**
     * How long to sleep when there is nothing to do.
     *
     * @param busy whether a snapshot wants to go on meanwhile
     * @param deadlineNs when the next timer is due, {@link Long#MAX_VALUE} for never
     */
    static long sleepNs(final boolean busy, final long deadlineNs, final long nowNs) {
        if (busy) {
            return SLEEP_MIN_NS;
        }
        return deadlineNs == Long.MAX_VALUE ? SLEEP_MAX_NS : Math.clamp(deadlineNs - nowNs, SLEEP_MIN_NS, SLEEP_MAX_NS);
    }

    @Override
    public void wakeup() {
        io.wakeup();
    }

    @Override
    public void closeSockets() {
        closed = true;
        io.close();
    }

    @Override
    public long count(final TransportCounter counter) {
        return io.counters().get(counter);
    }

    @Override
    public List<TransportCounters> counters() {
        return List.of(io.counters());
    }

    @Override
    public int connectionCount() {
        return io.connectionCount();
    }

    @Override
    public void close() {
        if (!closed) {
            closeSockets();
        }
    }
}
