package io.tandem.appliance.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.admission.Dimension;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CeilingViewsTest {
    @ParameterizedTest
    @CsvSource({
        "ACCOUNT_IN, account-in, ACCOUNTS",
        "ACCOUNT_OUT, account-out, ACCOUNTS",
        "TRUNK, trunk, TRUNKS",
        "NUMBER, number, NUMBERS",
        "IDENTICAL, identical, TRUNKS",
        "CONFERENCE, conference, CONFERENCES",
        "QUEUE, queue, QUEUES"
    })
    void shouldNameADimensionAndWhatItCountsCallsOf(
            final Dimension dimension, final String word, final ResourceKind kind) {
        assertThat(CeilingViews.word(dimension)).isEqualTo(word);
        assertThat(CeilingViews.id(dimension, 2, 7)).isEqualTo(new ResourceId(2, 7).prefixed(kind));
        assertThat(CeilingViews.dimensions()).contains(word).hasSize(Dimension.values().length);
    }
}
