package io.tandem.perf.simulation.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NetworkTest {
    private static final Endpoint HERE = Endpoint.of("127.0.0.1", 5060);
    private static final Endpoint THERE = Endpoint.of("127.0.0.2", 5070);
    private static final int COUNT = 2_000;

    private final VirtualTime time = new VirtualTime(1);
    private final Recorder here = new Recorder();
    private final Recorder there = new Recorder();

    /** Notes what comes. */
    private static final class Recorder implements Node {
        private final List<Integer> numbers = new ArrayList<>();
        private final List<Endpoint> unreachable = new ArrayList<>();
        private int closed;

        @Override
        public void onDatagram(final Endpoint local, final Endpoint from, final Packet packet) {
            numbers.add(packet.bytes()[0] * 128 + packet.bytes()[1]);
        }

        @Override
        public void onStream(final Connection connection, final Packet packet) {
            numbers.add(packet.bytes()[0] * 128 + packet.bytes()[1]);
        }

        @Override
        public void onClosed(final Connection connection) {
            closed++;
        }

        @Override
        public void onUnreachable(final Endpoint to, final Packet packet) {
            unreachable.add(to);
        }
    }

    private Network network(final Profile profile, final long seed) {
        final Network network = new Network(time, profile, new SplittableRandom(seed));
        network.attach(HERE, here);
        network.attach(THERE, there);
        return network;
    }

    private static Packet packet(final int number) {
        return new Packet(new byte[] {(byte) (number / 128), (byte) (number % 128)});
    }

    private void pass() {
        while (time.step(Long.MAX_VALUE / 2)) {
            assertThat(time.nowNs()).isPositive();
        }
    }

    @Test
    void shouldDeliverEverythingInOrderOnAnIdealNetwork() {
        final Network network = network(Profile.IDEAL, 1);
        for (int i = 0; i < COUNT; i++) {
            network.datagram(here, HERE, THERE, packet(i));
        }
        pass();
        assertThat(there.numbers).hasSize(COUNT).isSorted();
    }

    @Test
    void shouldLoseDoubleAndReorderAsTheProfileSays() {
        final Network network = network(Profile.HOSTILE, 2);
        for (int i = 0; i < COUNT; i++) {
            final int number = i;
            time.after(i * VirtualTime.MILLISECOND, () -> network.datagram(here, HERE, THERE, packet(number)));
        }
        pass();
        final long arrived = there.numbers.stream().distinct().count();
        assertThat(arrived).isBetween((long) (COUNT * 0.76), (long) (COUNT * 0.84));
        assertThat(there.numbers.size() - arrived).isBetween((long) (COUNT * 0.08), (long) (COUNT * 0.16));
        assertThat(there.numbers).isNotEqualTo(there.numbers.stream().sorted().toList());
    }

    @Test
    void shouldDoTheSameAgainFromTheSameSeed() {
        final Network network = network(Profile.HOSTILE, 3);
        final Network same = new Network(time, Profile.HOSTILE, new SplittableRandom(3));
        same.attach(HERE, there);
        for (int i = 0; i < COUNT; i++) {
            network.datagram(there, THERE, HERE, packet(i));
            same.datagram(there, THERE, HERE, packet(i));
        }
        pass();
        assertThat(here.numbers).isNotEmpty().isEqualTo(there.numbers);
    }

    @Test
    void shouldKeepOrderOnAStreamUntilItBreaksAndThenTellBothEnds() {
        final Network network = network(Profile.HOSTILE, 4);
        final Connection connection = network.connect(here, HERE, THERE);
        int sent = 0;
        while (connection.isOpen() && sent < 100 * COUNT) {
            network.stream(connection, here, packet(sent++ % COUNT));
            time.step(time.nowNs() + VirtualTime.MILLISECOND);
        }
        pass();
        assertThat(connection.isOpen()).isFalse();
        assertThat(network.stream(connection, here, packet(0))).isFalse();
        assertThat(here.closed).isEqualTo(1);
        assertThat(there.closed).isEqualTo(1);
        for (int i = 0; i < there.numbers.size(); i++) {
            assertThat(there.numbers.get(i)).isEqualTo(i % COUNT);
        }
    }

    @Test
    void shouldReportAClosedPortAndDropWhatComesToADeadMachine() {
        final Network network = network(Profile.IDEAL, 5);
        final Endpoint closed = Endpoint.of("127.0.0.5", 5080);
        network.attachClosedPort(closed);
        network.datagram(here, HERE, closed, packet(1));
        network.down(there);
        network.datagram(here, HERE, THERE, packet(2));
        assertThat(network.connect(here, HERE, THERE)).isNull();
        pass();
        assertThat(here.unreachable).containsExactly(closed);
        assertThat(there.numbers).isEmpty();
    }
}
