package io.tandem.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TelnetDecoderTest {

    private final List<String> events = new ArrayList<>();
    private final TelnetDecoder decoder = new TelnetDecoder(new TelnetDecoder.Events() {
        @Override
        public void onData(byte data) {
            events.add("data " + (data & 0xff));
        }

        @Override
        public void onNegotiation(int verb, int option) {
            events.add("negotiation " + verb + " " + option);
        }

        @Override
        public void onSubnegotiation(int option, byte[] body) {
            events.add("subnegotiation " + option + " " + Arrays.toString(body));
        }

        @Override
        public void onFunction(int code) {
            events.add("function " + code);
        }
    });

    private List<String> decode(int... codes) {
        for (int code : codes) {
            decoder.accept((byte) code);
        }
        return events;
    }

    @Test
    void shouldTakeCommandsOutOfData() {
        assertThat(decode('a', 255, 253, 1, 'b', 255, 246, 255, 255, 'c'))
                .containsExactly("data 97", "negotiation 253 1", "data 98", "function 246", "data 255", "data 99");
    }

    @Test
    void shouldReadASubnegotiationWithADoubledByte() {
        assertThat(decode(255, 250, 31, 0, 255, 255, 0, 24, 255, 240, 'x'))
                .containsExactly("subnegotiation 31 [0, -1, 0, 24]", "data 120");
    }

    @Test
    void shouldReadBackWhatItFrames() {
        for (byte b : Telnet.windowSize(255, 65_535)) {
            decoder.accept(b);
        }
        assertThat(events).containsExactly("subnegotiation 31 [0, -1, -1, -1]");
    }

    @Test
    void shouldDropASubnegotiationThatIsTooLongAndGoOn() {
        decode(255, 250, 24);
        decode(new int[1_000_000]);
        assertThat(decode(255, 240, 'x')).containsExactly("data 120");
    }

    @Test
    void shouldEndASubnegotiationAtAnyOtherCommand() {
        assertThat(decode(255, 250, 24, 0, 255, 253, 'x')).containsExactly("data 120");
    }
}
