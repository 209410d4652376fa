package io.tandem.perf.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import org.junit.jupiter.api.Test;

class ServerProcessTest {
    @Test
    void shouldReadTicksBehindANameWithBlanksAndBrackets() {
        final String stat = "42 (a ) b) S 1 42 42 0 -1 4194560 100 0 0 0 250 50 0 0 20 0 1 0 1000 0 0";
        assertThat(ServerProcess.cpuNs(stat)).isEqualTo(3_000_000_000L);
    }

    @Test
    void shouldAddVoluntaryAndInvoluntarySwitches() {
        assertThat(ServerProcess.switches("Name:\tx\nvoluntary_ctxt_switches:\t12\nnonvoluntary_ctxt_switches:\t3\n"))
                .isEqualTo(15);
    }

    @Test
    void shouldFindTheProcessThatListens() throws IOException {
        final InetSocketAddress address;
        try (UdpEndpoint endpoint = UdpEndpoint.open(BenchCommand.address("127.0.0.1:0"), null)) {
            address = endpoint.localAddress();
            assertThat(ServerProcess.listeningAt(address))
                    .hasValue(ProcessHandle.current().pid());
        }
        assertThat(ServerProcess.listeningAt(address)).isEmpty();
    }

    @Test
    void shouldFindASocketForBothFamilies() throws IOException {
        try (DatagramChannel socket = DatagramChannel.open().bind(BenchCommand.address("127.0.0.1:0"))) {
            assertThat(ServerProcess.listeningAt((InetSocketAddress) socket.getLocalAddress()))
                    .hasValue(ProcessHandle.current().pid());
        }
        try (DatagramChannel socket = DatagramChannel.open().bind(new InetSocketAddress(0))) {
            final int port = ((InetSocketAddress) socket.getLocalAddress()).getPort();
            assertThat(ServerProcess.listeningAt(BenchCommand.address("127.0.0.1:" + port)))
                    .hasValue(ProcessHandle.current().pid());
        }
    }
}
