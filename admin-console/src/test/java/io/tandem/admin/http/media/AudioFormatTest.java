package io.tandem.admin.http.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AudioFormatTest {
    @ParameterizedTest
    @CsvSource({
        "52494646xxxxxxxx57415645, WAV", "494433040000, MP3", "fffb9064, MP3", "ffe3, MP3", "4f67675300, OGG",
        "52494646xxxxxxxx41564920, ''", "ff, ''", "ff1b, ''", "3c68746d6c3e, ''", "'', ''"
    })
    void shouldTellAContentByItsBeginning(final String hex, final String format) {
        final byte[] head = HexFormat.of().parseHex(hex.replace('x', '0'));
        assertThat(AudioFormat.ofHead(head).map(AudioFormat::name).orElse("")).isEqualTo(format);
    }

    @Test
    void shouldKnowOtherNamesOfItsTypes() {
        assertThat(AudioFormat.ofMediaType("audio/x-wav")).contains(AudioFormat.WAV);
        assertThat(AudioFormat.ofMediaType("audio/mpeg")).contains(AudioFormat.MP3);
        assertThat(AudioFormat.ofMediaType("audio/midi")).isEmpty();
        assertThat(AudioFormat.allMediaTypes()).containsExactly("audio/wav", "audio/mpeg", "audio/ogg");
        assertThat(AudioFormat.ofHead("OggS".getBytes(StandardCharsets.US_ASCII))
                        .map(AudioFormat::word))
                .contains("ogg");
    }
}
