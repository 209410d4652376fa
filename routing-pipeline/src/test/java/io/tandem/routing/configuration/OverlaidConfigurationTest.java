package io.tandem.routing.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.model.ResourceKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverlaidConfigurationTest {
    private final InMemoryConfiguration base = InMemoryConfiguration.builder("base", 1)
            .resource(ResourceKind.TRUNKS, 0, 2, json("two"))
            .resource(ResourceKind.TRUNKS, 0, 4, json("four"))
            .resource(ResourceKind.TRUNKS, -1, 0, json("last"))
            .number(row(111, 1), json("n"))
            .number(row(222, 2), json("n"))
            .build();

    @Test
    void shouldReadChangesFirstAndTheRestBeneath() {
        final OverlaidConfiguration overlaid = OverlaidConfiguration.over(base, 2)
                .resource(ResourceKind.TRUNKS, 0, 1, json("one"))
                .resource(ResourceKind.TRUNKS, 0, 2, json("TWO"))
                .remove(ResourceKind.TRUNKS, 0, 4)
                .resource(ResourceKind.TRUNKS, -1, 1, json("after"))
                .number(row(111, 9), json("n"))
                .removeNumber(222, 0, 2)
                .number(row(333, 3), json("n"))
                .build();

        assertThat(overlaid.revision()).isEqualTo(2);
        assertThat(overlaid.name()).isEqualTo("base");
        assertThat(visited(overlaid)).containsExactly("one", "TWO", "last", "after");
        assertThat(overlaid.resource(ResourceKind.TRUNKS, 0, 4)).isNull();
        assertThat(overlaid.resource(ResourceKind.TRUNKS, -1, 0)).isEqualTo(json("last"));
        assertThat(overlaid.resource(ResourceKind.TRUNKS, 0, 2)).isEqualTo(json("TWO"));
        final NumberRow row = new NumberRow();
        assertThat(overlaid.number(111, row)).isTrue();
        assertThat(row.maxChannels).isEqualTo(9);
        assertThat(overlaid.number(222, row)).isFalse();
        assertThat(overlaid.number(333, row)).isTrue();
        assertThat(visited(base)).containsExactly("two", "four", "last");
    }

    @Test
    void shouldLeaveARevisionAloneWhenTheNextOneIsMade() {
        final OverlaidConfiguration second = OverlaidConfiguration.over(base, 2)
                .resource(ResourceKind.TRUNKS, 0, 1, json("one"))
                .build();
        final OverlaidConfiguration third = second.next(3)
                .remove(ResourceKind.TRUNKS, 0, 1)
                .removeNumber(111, 0, 1)
                .build();

        assertThat(visited(second)).containsExactly("one", "two", "four", "last");
        assertThat(visited(third)).containsExactly("two", "four", "last");
        assertThat(second.number(111, new NumberRow())).isTrue();
        assertThat(third.number(111, new NumberRow())).isFalse();
    }

    private static List<String> visited(final Configuration configuration) {
        final List<String> seen = new ArrayList<>();
        configuration.forEach(
                ResourceKind.TRUNKS, (high, low, json) -> seen.add(new String(json, StandardCharsets.UTF_8)));
        return seen;
    }

    private static NumberRow row(final long e164, final int maxChannels) {
        final NumberRow row = new NumberRow();
        row.clear();
        row.e164 = e164;
        row.idLow = e164 / 111;
        row.maxChannels = maxChannels;
        return row;
    }

    private static byte[] json(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
