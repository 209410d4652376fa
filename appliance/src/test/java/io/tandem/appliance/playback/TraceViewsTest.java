package io.tandem.appliance.playback;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.admin.view.TraceView;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraceViewsTest {
    @Test
    void shouldSayThatNanosecondsAreThoseOfTheReexecution() {
        final List<CallTrace.Step> steps =
                List.of(new CallTrace.Step.Verdict(1000, "number", "number-unknown", "number unknown", 417));

        final TraceView view = TraceViews.of("a@b", steps);

        assertThat(view.events())
                .containsExactly(new TraceView.Note(
                        Instant.ofEpochMilli(1000),
                        1,
                        "number: number unknown (number-unknown, 417 ns when executed again)"));
    }
}
