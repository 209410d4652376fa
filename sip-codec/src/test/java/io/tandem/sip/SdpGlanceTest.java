package io.tandem.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.sip.SdpGlance.Direction;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SdpGlanceTest {
    private static final String SESSION = "v=0\no=- 1 1 IN IP4 192.0.2.1\ns=-\nc=IN IP4 192.0.2.1\nt=0 0\n";

    private final SdpGlance sdp = new SdpGlance();
    private UnsafeBuffer buffer = Texts.buffer("");

    @Test
    void shouldReadPlainOffer() {
        assertThat(wrap(SESSION + "m=audio 49170 RTP/AVP 0 8\na=rtpmap:0 PCMU/8000\n"))
                .isTrue();
        assertThat(sdp.hasMedia()).isTrue();
        assertThat(sdp.hasAudio()).isTrue();
        assertThat(sdp.mediaCount()).isEqualTo(1);
        assertThat(sdp.mediaPort()).isEqualTo(49_170);
        assertThat(sdp.direction()).isEqualTo(Direction.SENDRECV);
        assertThat(part(sdp.connectionOffset(), sdp.connectionLength())).isEqualTo("192.0.2.1");
        assertThat(part(sdp.profileOffset(), sdp.profileLength())).isEqualTo("RTP/AVP");
        assertThat(sdp.isDtls()).isFalse();
        assertThat(sdp.isSdes()).isFalse();
    }

    @Test
    void shouldPreferMediaLevelToSessionLevel() {
        assertThat(wrap(SESSION + "a=sendonly\nm=audio 1 RTP/SAVP 0\nc=IN IP6 2001:db8::1/127\na=recvonly\n"
                        + "a=crypto:1 AES\nm=video 2 RTP/AVP 31\na=inactive\nc=IN IP4 192.0.2.9\n"))
                .isTrue();
        assertThat(sdp.direction()).isEqualTo(Direction.RECVONLY);
        assertThat(part(sdp.connectionOffset(), sdp.connectionLength())).isEqualTo("2001:db8::1");
        assertThat(part(sdp.profileOffset(), sdp.profileLength())).isEqualTo("RTP/SAVP");
        assertThat(sdp.isSdes()).isTrue();
        assertThat(sdp.mediaCount()).isEqualTo(2);
    }

    @Test
    void shouldPassOverRefusedMedia() {
        assertThat(wrap(SESSION + "m=audio 0 RTP/AVP 0\na=inactive\nc=IN IP4 0.0.0.0\na=crypto:1\n"
                        + "m=video 0 RTP/AVP 31\na=recvonly\nm=audio 7 RTP/AVP 8\na=sendonly\n"))
                .isTrue();
        assertThat(sdp.mediaPort()).isEqualTo(7);
        assertThat(sdp.direction()).isEqualTo(Direction.SENDONLY);
        assertThat(part(sdp.connectionOffset(), sdp.connectionLength())).isEqualTo("192.0.2.1");
        assertThat(sdp.isSdes()).isFalse();
        assertThat(sdp.mediaCount()).isEqualTo(3);
    }

    @Test
    void shouldLookAtFirstSectionWhenAllAreRefused() {
        assertThat(wrap(SESSION + "m=audio 0 RTP/AVP 0\na=inactive\nm=video 0 RTP/AVP 31\na=recvonly\n"))
                .isTrue();
        assertThat(sdp.mediaPort()).isZero();
        assertThat(sdp.direction()).isEqualTo(Direction.INACTIVE);
        assertThat(part(sdp.profileOffset(), sdp.profileLength())).isEqualTo("RTP/AVP");
    }

    @Test
    void shouldSeeBrowsers() {
        assertThat(
                        wrap(
                                "v=0\r\ns=-\r\na=fingerprint:sha-256 4A\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 0.0.0.0\r\n"))
                .isTrue();
        assertThat(sdp.isDtls()).isTrue();
        assertThat(part(sdp.connectionOffset(), sdp.connectionLength())).isEqualTo("0.0.0.0");
        assertThat(part(sdp.profileOffset(), sdp.profileLength())).isEqualTo("UDP/TLS/RTP/SAVPF");
    }

    @Test
    void shouldReadDescriptionWithoutMedia() {
        assertThat(wrap("v=0\n")).isTrue();
        assertThat(sdp.hasMedia()).isFalse();
        assertThat(sdp.connectionOffset()).isEqualTo(Octets.NONE);
        assertThat(sdp.profileOffset()).isEqualTo(Octets.NONE);
        assertThat(wrap("m=audio 1 RTP/AVP 0\n")).isFalse();
        assertThat(wrap("")).isFalse();
        assertThat(wrap("v=0\nm=audio\nm=\nm=audio 1\nc=\nc=IN\na=\n")).isTrue();
        assertThat(sdp.connectionOffset()).isEqualTo(Octets.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/sdp|true",
                "Application/SDP ; charset=x|true",
                "application/sdpx|false",
                "application/sd|false",
                "multipart/mixed|false"
            })
    void shouldKnowItsContentType(final String type, final boolean expected) {
        final SipMessage message = new SipMessage(SipLimits.DEFAULT);
        final UnsafeBuffer octets = Texts.message("OPTIONS sip:a SIP/2.0\nc: " + type + "\nContent-Length: 3\n\nv=0");
        message.wrap(octets, 0, octets.capacity());
        assertThat(SdpGlance.isIn(message)).isEqualTo(expected);
        final UnsafeBuffer empty = Texts.message("OPTIONS sip:a SIP/2.0\nc: " + type + "\nContent-Length: 0\n\n");
        message.wrap(empty, 0, empty.capacity());
        assertThat(SdpGlance.isIn(message)).isFalse();
    }

    private boolean wrap(final String text) {
        buffer = Texts.buffer(text);
        return sdp.wrap(buffer, 0, buffer.capacity());
    }

    private String part(final int offset, final int length) {
        return Texts.text(buffer, offset, length);
    }
}
