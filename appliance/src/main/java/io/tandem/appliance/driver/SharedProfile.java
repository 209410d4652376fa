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
    private static final long SLEEP_MAX_NS = 1_000_000_000L;
    private static final long BUSY_SLEEP_MAX_NS = 1_000_000L;

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
        if (stages.driver().deadlineNs() <= stages.clock().nowNs()) {
            stages.ring().offerNothing(System.nanoTime());
        }
        if (stages.graph().runUntilIdle() == 0) {
            stages.driver().doIdleWork();
        }
        stages.queries().answer(stages.driver().core());
    }

    private long sleepNs() {
        if (stages.ring().slotsUsed() > 0 || !stages.queries().isEmpty()) {
            return 0;
        }
        final long deadlineNs = stages.driver().deadlineNs();
        final long sleepMaxNs = stages.driver().isBusy() ? BUSY_SLEEP_MAX_NS : SLEEP_MAX_NS;
        return deadlineNs == Long.MAX_VALUE
                ? sleepMaxNs
                : Math.min(sleepMaxNs, deadlineNs - stages.clock().nowNs());
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
