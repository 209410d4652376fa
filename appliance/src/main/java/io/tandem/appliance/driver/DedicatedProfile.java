package io.tandem.appliance.driver;

import io.tandem.appliance.settings.Setting;
import io.tandem.appliance.transport.Listener;
import io.tandem.appliance.transport.MessageTap;
import io.tandem.appliance.transport.Outbound;
import io.tandem.appliance.transport.SipIo;
import io.tandem.appliance.transport.TransportCounter;
import io.tandem.appliance.transport.TransportCounters;
import io.tandem.appliance.transport.TransportLimits;
import io.tandem.journal.SystemCalls;
import io.tandem.routing.overload.InboundDoor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A busy thread for each: core (the calling one), sequencer, and one or more for sip-io, each pinned to a CPU when CPUs are
 * named in that order. Nobody sleeps; needs four cores.
 */
final class DedicatedProfile implements Profile {
    private static final Logger LOG = LoggerFactory.getLogger(DedicatedProfile.class);
    private static final long REPEAT_TICK_NS = 1_000_000L;

    /** Places of a snapshot that are looked at between two looks for messages: some ten microseconds. */
    private static final int IDLE_PLACES = 64;

    private final List<IoThread> ioThreads = new ArrayList<>();
    private final OutboundRings rings;
    private final int[] cpus;
    private final Thread sequencerThread = new Thread(this::runSequencer, "sequencer");
    private Stages stages;
    private volatile boolean stopping;
    private volatile boolean closed;

    DedicatedProfile(
            final int ioCount,
            final int[] cpus,
            final int epoch,
            final TransportLimits limits,
            final Supplier<InboundDoor> doors,
            final MessageTap tap) {
        this.cpus = cpus.clone();
        rings = new OutboundRings(ioCount);
        pin(0);
        for (int i = 0; i < ioCount; i++) {
            final int number = i;
            final IoThread thread = new IoThread(number, () -> {
                final InboundDoor door = doors.get();
                final SipIo own = new SipIo(number, ioCount > 1, epoch, limits, door, tap);
                door.answerBy(own);
                return own;
            });
            ioThreads.add(thread);
            thread.start();
        }
    }

    @Override
    public String name() {
        return "dedicated";
    }

    @Override
    public List<Listener> open(final List<Listener> listeners) throws IOException {
        List<Listener> open = listeners;
        for (final IoThread thread : ioThreads) {
            final List<Listener> wanted = open;
            open = thread.call(() -> {
                final List<Listener> bound = new ArrayList<>();
                for (final Listener listener : wanted) {
                    bound.add(thread.io.open(listener));
                }
                return bound;
            });
        }
        return open;
    }

    @Override
    public Outbound outbound() {
        return rings;
    }

    @Override
    public void attach(final Stages attached) {
        stages = attached;
        sequencerThread.start();
    }

    @Override
    public void settle() throws Exception {
        while (stages.ring().slotsUsed() > 0) {
            turn();
        }
    }

    @Override
    public void serve() {
        for (final IoThread thread : ioThreads) {
            try {
                thread.call(() -> {
                    thread.io.serve();
                    return null;
                });
            } catch (final IOException e) {
                throw new IllegalStateException("sip-io thread does not serve: thread=" + thread.number, e);
            }
        }
    }

    @Override
    public void turn() throws Exception {
        final boolean worked = stages.graph().pollCore();
        if (stages.graph().pollLatency() || worked) {
            return;
        }
        stages.driver().doIdleWork(IDLE_PLACES);
        if (stages.queries().answer(stages.driver().core()) == 0) {
            Thread.onSpinWait();
        }
    }

    private void runSequencer() {
        pin(1);
        long tickFor = Long.MAX_VALUE;
        long tickAtNs = 0;
        try {
            while (!stopping) {
                if (stages.graph().pollSequencer()) {
                    continue;
                }
                final long deadlineNs = stages.driver().deadlineNs();
                final long nowNs = stages.clock().nowNs();
                if (deadlineNs <= nowNs && (deadlineNs != tickFor || nowNs - tickAtNs > REPEAT_TICK_NS)) {
                    tickFor = deadlineNs;
                    tickAtNs = nowNs;
                    stages.ring().offerNothing(System.nanoTime());
                }
                Thread.onSpinWait();
            }
        } catch (final Exception e) {
            LOG.error("sequencer failed", e);
        }
    }

    @Override
    public void wakeup() {
        // nobody sleeps
    }

    @Override
    public void closeSockets() {
        while (!rings.isEmpty()) {
            Thread.onSpinWait();
        }
        for (final IoThread thread : ioThreads) {
            thread.stop();
        }
        closed = true;
    }

    @Override
    public long count(final TransportCounter counter) {
        long sum = counter == TransportCounter.UDP_SEND_DROPPED ? rings.dropped() : 0;
        for (final IoThread thread : ioThreads) {
            sum += thread.io.counters().get(counter);
        }
        return sum;
    }

    @Override
    public List<TransportCounters> counters() {
        return ioThreads.stream().map(thread -> thread.io.counters()).toList();
    }

    @Override
    public int connectionCount() {
        int sum = 0;
        for (final IoThread thread : ioThreads) {
            sum += thread.io.connectionCount();
        }
        return sum;
    }

    @Override
    public void close() {
        if (!closed) {
            closeSockets();
        }
        stopping = true;
        if (sequencerThread.isAlive()) {
            try {
                sequencerThread.join();
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void pin(final int position) {
        if (position < cpus.length) {
            final int error = SystemCalls.pin(cpus[position]);
            if (error != 0) {
                LOG.warn(
                        "thread runs on any CPU: thread={} cpu={} errno={} setting={}",
                        Thread.currentThread().getName(),
                        cpus[position],
                        error,
                        Setting.CPUS.key());
            }
        }
    }

    /** Something to do on a sip-io thread. */
    private interface Job<T> {
        T run() throws IOException;
    }

    /** One sip-io thread with its sockets. */
    private final class IoThread {
        private final int number;
        private final Thread thread;
        private final CompletableFuture<SipIo> created = new CompletableFuture<>();
        private volatile SipIo io;
        private volatile Runnable job;
        private volatile boolean stopped;

        private IoThread(final int number, final Supplier<SipIo> sockets) {
            this.number = number;
            thread = new Thread(() -> run(sockets), "sip-io-" + number);
        }

        private void start() {
            thread.start();
            io = created.join();
        }

        private void run(final Supplier<SipIo> sockets) {
            try {
                pin(2 + number);
                final SipIo own = sockets.get();
                final OutboundRings.Reader outbound = rings.reader(number, own);
                created.complete(own);
                while (!stopped) {
                    if (own.turn(0) + outbound.doWork() == 0) {
                        own.flush();
                        Thread.onSpinWait();
                    }
                    final Runnable next = job;
                    if (next != null) {
                        job = null;
                        next.run();
                    }
                }
                own.close();
            } catch (final RuntimeException e) {
                created.completeExceptionally(e);
                LOG.error("sip-io thread failed: thread={}", number, e);
            }
        }

        private <T> T call(final Job<T> work) throws IOException {
            final CompletableFuture<T> answer = new CompletableFuture<>();
            job = () -> {
                try {
                    answer.complete(work.run());
                } catch (final IOException | RuntimeException e) {
                    answer.completeExceptionally(e);
                }
            };
            try {
                return answer.get();
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while waiting for a sip-io thread", e);
            } catch (final ExecutionException e) {
                throw e.getCause() instanceof IOException io
                        ? io
                        : new IOException("sip-io thread failed: reason=" + e.getCause(), e.getCause());
            }
        }

        private void stop() {
            stopped = true;
            try {
                thread.join();
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
