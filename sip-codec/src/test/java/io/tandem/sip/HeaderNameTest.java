package io.tandem.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderNameTest {
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN")
    void shouldRecogniseNameInAnyCase(final HeaderName name) {
        final String canonical = new String(name.bytes(), StandardCharsets.US_ASCII);
        assertThat(of(canonical)).isEqualTo(name);
        assertThat(of(canonical.toLowerCase(Locale.ROOT))).isEqualTo(name);
        assertThat(of(canonical.toUpperCase(Locale.ROOT))).isEqualTo(name);
        assertThat(of(canonical + "x")).isEqualTo(HeaderName.UNKNOWN);
        assertThat(of(canonical.replace(canonical.charAt(0), '_'))).isEqualTo(HeaderName.UNKNOWN);
    }

    @ParameterizedTest
    @EnumSource
    void shouldRecogniseCompactFormInAnyCase(final HeaderName name) {
        if (name.compactForm() != 0) {
            assertThat(of(String.valueOf(name.compactForm()))).isEqualTo(name);
            assertThat(of(String.valueOf(Character.toUpperCase(name.compactForm()))))
                    .isEqualTo(name);
        }
    }

    @Test
    void shouldKnowTheCompactFormsOfTheRegistry() {
        final List<String> forms = Arrays.stream(HeaderName.values())
                .filter(name -> name.compactForm() != 0)
                .map(name -> name.compactForm() + "=" + new String(name.bytes(), StandardCharsets.US_ASCII))
                .sorted()
                .toList();
        assertThat(forms)
                .containsExactly(
                        "a=Accept-Contact",
                        "b=Referred-By",
                        "c=Content-Type",
                        "d=Request-Disposition",
                        "e=Content-Encoding",
                        "f=From",
                        "i=Call-ID",
                        "j=Reject-Contact",
                        "k=Supported",
                        "l=Content-Length",
                        "m=Contact",
                        "n=Identity-Info",
                        "o=Event",
                        "r=Refer-To",
                        "s=Subject",
                        "t=To",
                        "u=Allow-Events",
                        "v=Via",
                        "x=Session-Expires",
                        "y=Identity");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "z", "g", "1", "@", "Tp", "Vib", "Date2", "P-Asserted-Service", "X-Via", "Call_ID"})
    void shouldLeaveOtherNamesUnknown(final String text) {
        assertThat(of(text)).isEqualTo(HeaderName.UNKNOWN);
    }

    /** CR and '-' differ in one bit only, as do upper and lower case. */
    @Test
    void shouldNotConfuseControlsWithLetters() {
        assertThat(of("Call\rID")).isEqualTo(HeaderName.UNKNOWN);
        assertThat(of("\u0016ia")).isEqualTo(HeaderName.UNKNOWN);
    }

    @ParameterizedTest
    @EnumSource
    void shouldFindMethodByItsName(final Method method) {
        final UnsafeBuffer buffer = Texts.buffer(method.name());
        assertThat(Method.of(buffer, 0, buffer.capacity())).isEqualTo(method);
        if (method != Method.UNKNOWN) {
            final UnsafeBuffer lower = Texts.buffer(method.name().toLowerCase(Locale.ROOT));
            assertThat(Method.of(lower, 0, lower.capacity())).isEqualTo(Method.UNKNOWN);
            final UnsafeBuffer longer = Texts.buffer(method.name() + "S");
            assertThat(Method.of(longer, 0, longer.capacity())).isEqualTo(Method.UNKNOWN);
        }
    }

    private static HeaderName of(final String text) {
        final UnsafeBuffer buffer = Texts.buffer(text);
        return HeaderName.of(buffer, 0, buffer.capacity());
    }
}
