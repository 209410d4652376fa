package io.tandem.perf.rig;

import io.tandem.perf.rig.CallTable.CallerState;
import io.tandem.perf.rig.ServerProcess.Usage;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * One run: sockets, phases, and the loop that turns caller and callee. The loop spins, so that the rig adds no wake-up of
 * its own to what it measures; give it a core.
 */
final class LoadRig implements AutoCloseable {
    private static final long LEAD_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long SETTLE_NS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long SWEEP_EVERY_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int SLOTS_PER_SWEEP = 64;
    private static final int DATAGRAMS_PER_TURN = 64;
    private static final long UNREACHABLE_MAX = 3;

    private final RigSettings settings;
    private final Progress progress;
    private final UdpEndpoint callerEnd;
    private final UdpEndpoint calleeEnd;
    private final CallTable calls;
    private final Caller caller;
    private final Callee callee;
    private ServerProcess server;
    private long sweptNs;
    private int sweepSlot;

    private LoadRig(
            final RigSettings settings,
            final Progress progress,
            final UdpEndpoint callerEnd,
            final UdpEndpoint calleeEnd) {
        this.settings = settings;
        this.progress = progress;
        this.callerEnd = callerEnd;
        this.calleeEnd = calleeEnd;
        calls = new CallTable(ThreadLocalRandom.current().nextInt(1 << 11), settings.slotCount());
        final AnswerMessages answers = new AnswerMessages(calleeEnd.localAddress());
        caller = new Caller(
                calls,
                new CallMessages(callerEnd.localAddress(), settings.target(), settings.number()),
                answers,
                callerEnd,
                TimeUnit.MILLISECONDS.toNanos(settings.holdMs()));
        callee = new Callee(calls, answers, calleeEnd);
    }

    /** Opens the sockets. */
    static LoadRig open(final RigSettings settings, final Progress progress) throws IOException {
        final UdpEndpoint calleeEnd = UdpEndpoint.open(settings.callee(), null);
        boolean opened = false;
        try {
            final LoadRig rig = open(settings, progress, calleeEnd);
            opened = true;
            return rig;
        } finally {
            if (!opened) {
                calleeEnd.close();
            }
        }
    }

    private static LoadRig open(final RigSettings settings, final Progress progress, final UdpEndpoint calleeEnd)
            throws IOException {
        final UdpEndpoint callerEnd = UdpEndpoint.open(settings.caller(), settings.target());
        return new LoadRig(settings, progress, callerEnd, calleeEnd);
    }

    /** A rig whose caller calls its callee directly: what the rig itself costs and reaches. */
    static LoadRig openDirect(final RigSettings settings, final Progress progress) throws IOException {
        final UdpEndpoint calleeEnd = UdpEndpoint.open(settings.callee(), null);
        final RigSettings direct = settings.withTarget(calleeEnd.localAddress());
        return new LoadRig(direct, progress, UdpEndpoint.open(settings.caller(), direct.target()), calleeEnd);
    }

    /** Runs warm-up and measurement on the calling thread. */
    RigResult run() throws IOException {
        server = findServer();
        long firstNumber = 0;
        if (settings.warmupSeconds() > 0) {
            final Phase warmup = begin(settings.warmupSeconds(), firstNumber);
            turnUntilBegun(warmup);
            if (settings.holdMs() == 0) {
                turnUntilQuiet(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(settings.graceMs()));
            }
            firstNumber = warmup.schedule().callCount();
        }
        final Usage before = usage();
        final Phase measured = begin(settings.seconds(), firstNumber);
        final long setUpsBefore = caller.setUps();
        final long releasesBefore = caller.releases();
        final long sentUntilNs = turnUntilBegun(measured);
        turnUntil(sentUntilNs + SETTLE_NS);
        final Usage used = usage().since(before);
        final double fullCalls = (caller.setUps() - setUpsBefore + caller.releases() - releasesBefore) / 2.0;
        turnUntilQuiet(sentUntilNs + TimeUnit.MILLISECONDS.toNanos(settings.holdMs() + settings.graceMs()));
        giveUpTheRest();
        return new RigResult(
                settings,
                measured,
                sentUntilNs - measured.schedule().startNs(),
                fullCalls,
                server == null ? null : used,
                callerEnd.unreachable(),
                callerEnd.refusedBySocket() + calleeEnd.refusedBySocket());
    }

    private ServerProcess findServer() throws IOException {
        if (settings.pid() == RigSettings.NO_PID) {
            return null;
        }
        if (settings.pid() != RigSettings.FIND_PID) {
            return ServerProcess.of(settings.pid());
        }
        final OptionalLong pid = ServerProcess.listeningAt(settings.target());
        return pid.isPresent() ? ServerProcess.of(pid.getAsLong()) : null;
    }

    private Usage usage() throws IOException {
        return server == null ? new Usage(0, 0) : server.usage();
    }

    private Phase begin(final int seconds, final long firstNumber) {
        final long startNs = System.nanoTime() + LEAD_NS;
        final Phase phase = Phase.of(
                new Schedule(startNs, settings.callsPerSecond(), (long) settings.callsPerSecond() * seconds),
                firstNumber);
        caller.begin(phase);
        callee.begin(phase);
        progress.begin(phase, startNs);
        return phase;
    }

    /** Answers when the last call of the phase had begun and its schedule was over. */
    private long turnUntilBegun(final Phase phase) {
        final long endNs = phase.schedule().endNs();
        long nowNs = System.nanoTime();
        while ((!caller.allBegun() || nowNs < endNs) && callerEnd.unreachable() < UNREACHABLE_MAX) {
            turn(nowNs);
            nowNs = System.nanoTime();
        }
        return nowNs;
    }

    private void turnUntil(final long deadlineNs) {
        for (long nowNs = System.nanoTime(); nowNs < deadlineNs; nowNs = System.nanoTime()) {
            turn(nowNs);
        }
    }

    private void turnUntilQuiet(final long deadlineNs) {
        for (long nowNs = System.nanoTime();
                calls.inFlight() > 0 && nowNs < deadlineNs && callerEnd.unreachable() < UNREACHABLE_MAX;
                nowNs = System.nanoTime()) {
            turn(nowNs);
        }
    }

    private void giveUpTheRest() {
        for (int slot = 0; slot < calls.slotsTouched(); slot++) {
            if (calls.callerState[slot] != CallerState.FREE) {
                caller.timeOut(slot);
            }
        }
    }

    private void turn(final long nowNs) {
        int work = caller.turn(nowNs);
        work += receive(callerEnd, true);
        work += receive(calleeEnd, false);
        sweep(nowNs);
        progress.turn(nowNs, calls.inFlight());
        if (work == 0) {
            Thread.onSpinWait();
        }
    }

    private int receive(final UdpEndpoint end, final boolean atCaller) {
        for (int count = 0; count < DATAGRAMS_PER_TURN; count++) {
            final int length = end.receive();
            if (length == 0) {
                return count;
            }
            if (atCaller) {
                caller.onDatagram(end.bytes, length, System.nanoTime());
            } else {
                callee.onDatagram(end.bytes, length, System.nanoTime());
            }
        }
        return DATAGRAMS_PER_TURN;
    }

    /** Looks at some slots for what must be sent again, and begins anew every 20 ms. */
    private void sweep(final long nowNs) {
        if (sweepSlot == 0 && nowNs - sweptNs < SWEEP_EVERY_NS) {
            return;
        }
        if (sweepSlot == 0) {
            sweptNs = nowNs;
        }
        final int end = Math.min(sweepSlot + SLOTS_PER_SWEEP, calls.slotsTouched());
        for (int slot = sweepSlot; slot < end; slot++) {
            callee.resend(slot, nowNs);
            caller.resend(slot, nowNs);
        }
        sweepSlot = end == calls.slotsTouched() ? 0 : end;
    }

    @Override
    public void close() throws IOException {
        callerEnd.close();
        calleeEnd.close();
    }
}
