package io.tandem.perf.simulation;

import io.tandem.perf.simulation.SystemUnderTest.Input;
import io.tandem.perf.simulation.SystemUnderTest.InputKind;
import io.tandem.perf.simulation.check.Watch;
import io.tandem.perf.simulation.network.Connection;
import io.tandem.perf.simulation.network.Endpoint;
import io.tandem.perf.simulation.network.Network;
import io.tandem.perf.simulation.network.Node;
import io.tandem.perf.simulation.network.Packet;
import io.tandem.perf.simulation.network.VirtualTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The machine that the system under test runs on: gathers what the network brings into turns, carries out what the
 * system says, wakes it when it asked to be woken, and kills it.
 */
final class Host implements Node, SystemUnderTest.Output {
    private static final int TURN_INPUT_COUNT_MAX = 16;
    private static final int RETURNED_BYTES_MAX = 500;
    private static final long WALL_START_MS = 1_767_225_600_000L;

    private final SystemUnderTest system;
    private final Endpoint address;
    private final VirtualTime time;
    private final Network network;
    private final Watch watch;
    private final SplittableRandom random;
    private final List<Input> inbox = new ArrayList<>();
    private final List<Packet> inboxPackets = new ArrayList<>();
    private final List<Packet> turnPackets = new ArrayList<>();
    private int handled;
    private boolean turnPlanned;
    private VirtualTime.Event wakeUp;
    private boolean isDown;
    private int crashCount;
    private long wallStepMs;
    /** Outputs of the running turn that still get out; the rest dies with the process. */
    private long outputBudget = Long.MAX_VALUE;

    Host(
            final SystemUnderTest system,
            final Endpoint address,
            final VirtualTime time,
            final Network network,
            final Watch watch,
            final SplittableRandom random) {
        this.system = system;
        this.address = address;
        this.time = time;
        this.network = network;
        this.watch = watch;
        this.random = random;
        network.attach(address, this);
    }

    void start() {
        system.start(time.nowNs(), wallMs(), this);
        planWakeUp();
    }

    boolean isDown() {
        return isDown;
    }

    int crashCount() {
        return crashCount;
    }

    /** Steps the wall clock, which must not matter to anything but records. */
    void stepWallClock() {
        wallStepMs += random.nextLong(-7_200_000L, 7_200_000L);
    }

    private long wallMs() {
        return WALL_START_MS + time.nowNs() / VirtualTime.MILLISECOND + wallStepMs;
    }

    // ------------------------------------------------------------------ from the network

    @Override
    public void onDatagram(final Endpoint local, final Endpoint from, final Packet packet) {
        take(new Input(InputKind.MESSAGE, false, 0, from, packet.bytes()), packet);
    }

    @Override
    public void onStream(final Connection connection, final Packet packet) {
        take(new Input(InputKind.MESSAGE, true, connection.flow(), connection.remote(this), packet.bytes()), packet);
    }

    @Override
    public void onClosed(final Connection connection) {
        take(new Input(InputKind.FLOW_CLOSED, true, connection.flow(), connection.remote(this), new byte[0]), null);
    }

    @Override
    public void onUnreachable(final Endpoint to, final Packet packet) {
        watch.undeliverable(packet);
        final byte[] returned = Arrays.copyOf(packet.bytes(), Math.min(RETURNED_BYTES_MAX, packet.bytes().length));
        take(new Input(InputKind.TRANSPORT_FAILURE, false, 0, to, returned), null);
    }

    private void take(final Input input, final Packet packet) {
        if (isDown) {
            return;
        }
        inbox.add(input);
        inboxPackets.add(packet);
        if (!turnPlanned) {
            turnPlanned = true;
            time.after(random.nextLong(500 * VirtualTime.MICROSECOND), this::turn);
        }
    }

    // ------------------------------------------------------------------ turns

    private void turn() {
        turnPlanned = false;
        if (isDown) {
            return;
        }
        final int count = Math.min(inbox.size(), TURN_INPUT_COUNT_MAX);
        final List<Input> inputs = new ArrayList<>(inbox.subList(0, count));
        turnPackets.clear();
        turnPackets.addAll(inboxPackets.subList(0, count));
        handled = 0;
        inbox.subList(0, count).clear();
        inboxPackets.subList(0, count).clear();
        system.turn(inputs, time.nowNs(), wallMs(), this);
        if (handled != count) {
            throw new IllegalStateException("inputs handled=" + handled + " given=" + count);
        }
        if (!inbox.isEmpty()) {
            turnPlanned = true;
            time.after(VirtualTime.MICROSECOND, this::turn);
        }
        planWakeUp();
    }

    private void planWakeUp() {
        if (wakeUp != null) {
            wakeUp.cancel();
        }
        final long deadlineNs = system.nextDeadlineNs();
        if (deadlineNs != Long.MAX_VALUE) {
            wakeUp = time.at(deadlineNs, this::turn);
        }
    }

    // ------------------------------------------------------------------ death

    /**
     * Kills the system in the middle of its next turn: that turn's inputs are in the journal, some first part of its
     * outputs gets out, whatever else is in the machine is gone.
     */
    void crash() {
        if (isDown) {
            return;
        }
        outputBudget = random.nextInt(4);
        turn();
        outputBudget = Long.MAX_VALUE;
        isDown = true;
        inbox.clear();
        inboxPackets.clear();
        if (wakeUp != null) {
            wakeUp.cancel();
        }
        network.down(this);
        watch.crashed();
        system.crash();
        crashCount++;
        final long awayNs = (50 + random.nextLong(random.nextInt(4) == 0 ? 20_000 : 1_000)) * VirtualTime.MILLISECOND;
        time.after(awayNs, () -> {
            isDown = false;
            network.down(null);
            watch.restarted();
            start();
        });
    }

    // ------------------------------------------------------------------ to the network

    @Override
    public void handling(final Input input) {
        final Packet packet = turnPackets.get(handled++);
        if (packet != null) {
            watch.received(packet, input.peer(), input.flow());
        }
    }

    @Override
    public void send(final boolean stream, final long flow, final Endpoint to, final byte[] bytes) {
        final Packet packet = new Packet(bytes);
        final boolean lost = outputBudget <= 0;
        outputBudget--;
        watch.emitted(packet, to, stream, flow, lost);
        if (lost) {
            return;
        }
        if (!stream) {
            network.datagram(this, address, to, packet);
            return;
        }
        Connection connection = network.connection(flow);
        if (connection == null) {
            connection = network.connectionTo(this, to);
        }
        if (connection == null) {
            connection = network.connect(this, address, to);
        }
        if (connection == null) {
            watch.undeliverable(packet);
            final Input failure = new Input(InputKind.TRANSPORT_FAILURE, true, flow, to, bytes);
            time.after(VirtualTime.MILLISECOND, () -> take(failure, null));
        } else {
            network.stream(connection, this, packet);
        }
    }

    @Override
    public void closeFlow(final long flow) {
        final Connection connection = network.connection(flow);
        if (connection != null) {
            network.closeAfterSending(connection, this);
        }
    }

    @Override
    public void callRecord(final String callerCallId, final int finalStatus) {
        watch.recorded(callerCallId, finalStatus);
    }
}
