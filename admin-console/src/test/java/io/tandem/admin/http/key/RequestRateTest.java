package io.tandem.admin.http.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RequestRateTest {
    private static final long SECOND_NS = 1_000_000_000L;

    private final AtomicLong nowNs = new AtomicLong();

    @Test
    void shouldGiveTokensBackAsTimePasses() {
        final RequestRate rate = new RequestRate(2, 4, 10, nowNs::get);
        for (int i = 0; i < 4; i++) {
            assertThat(rate.take("a")).isZero();
        }
        assertThat(rate.take("a")).isEqualTo(1);
        nowNs.addAndGet(SECOND_NS / 2);
        assertThat(rate.take("a")).isZero();
        assertThat(rate.take("a")).isEqualTo(1);
        nowNs.addAndGet(100 * SECOND_NS);
        for (int i = 0; i < 4; i++) {
            assertThat(rate.take("a")).isZero();
        }
        assertThat(rate.take("a")).isEqualTo(1);
    }

    @Test
    void shouldForgetTheKeyThatAskedLongestAgoWhenTheTableIsFull() {
        final RequestRate rate = new RequestRate(1, 1, 2, nowNs::get);
        assertThat(rate.take("a")).isZero();
        assertThat(rate.take("b")).isZero();
        assertThat(rate.take("a")).isEqualTo(1);
        assertThat(rate.take("c")).isZero();

        assertThat(rate.keys()).isEqualTo(2);
        assertThat(rate.take("a")).as("still known").isEqualTo(1);
        assertThat(rate.take("b")).as("forgotten, so full again").isZero();
    }

    @Test
    void shouldRefuseRatesThatLetNobodyIn() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RequestRate(0, 1, 1, nowNs::get));
        assertThatIllegalArgumentException().isThrownBy(() -> new RequestRate(Double.NaN, 1, 1, nowNs::get));
        assertThatIllegalArgumentException().isThrownBy(() -> new RequestRate(1, 0, 1, nowNs::get));
        assertThatIllegalArgumentException().isThrownBy(() -> new RequestRate(1, 1, 0, nowNs::get));
    }
}
