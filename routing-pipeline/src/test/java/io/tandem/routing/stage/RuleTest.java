package io.tandem.routing.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.model.TargetKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RuleTest {
    private static final Path TABLE = Path.of("..", "docs", "specs", "outcomes.md");

    @Test
    void shouldHaveCodesThatAreUniqueAndTellTheStage() {
        assertThat(Arrays.stream(Rule.values()).map(Rule::code)).doesNotHaveDuplicates();
        for (final Rule rule : Rule.values()) {
            assertThat(rule.code() / 100).as(rule.name()).isEqualTo(rule.stage().code());
            assertThat(Rule.ofCode(rule.code())).isEqualTo(rule);
        }
        assertThat(Rule.ofCode(0)).isNull();
    }

    @Test
    void shouldHavePhrasesThatFitAndNeedNoQuoting() {
        for (final Rule rule : Rule.values()) {
            for (final int limit : new int[] {0, Integer.MAX_VALUE, TargetKind.RING_GROUP.code()}) {
                assertThat(ReasonText.text(rule, limit)).as(rule.name()).matches("[a-z0-9 ,_]+");
            }
        }
    }

    @Test
    @DisplayName("D2 every cause has the answer that was decided")
    void shouldAnswerAsDecided() {
        for (final Rule rule : Rule.values()) {
            assertThat(rule.retryAfter()).as(rule.name()).isEqualTo(rule.status() == 503);
        }
        assertThat(Rule.NUMBER_UNKNOWN.status()).isEqualTo(404);
        assertThat(Rule.NUMBER_DISABLED.q850())
                .as("a probe cannot tell disabled from unknown")
                .isEqualTo(Rule.NUMBER_UNKNOWN.q850());
        assertThat(Rule.ACCOUNT_CEILING.q850()).isEqualTo(34);
        assertThat(Rule.HOPS_USED_UP.status()).isEqualTo(483);
    }

    /** Run with {@code -Dtandem.docs.write=true} to write the table anew after a change of the rules. */
    @Test
    void shouldBeDocumented() throws IOException {
        final String table = OutcomeTable.markdown();
        if (Boolean.getBoolean("tandem.docs.write")) {
            Files.writeString(TABLE, table);
        }
        assertThat(Files.readString(TABLE)).isEqualTo(table);
    }
}
