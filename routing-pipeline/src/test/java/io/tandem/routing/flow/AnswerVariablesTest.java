package io.tandem.routing.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerVariablesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{}|{}", "7|\"7\"", "[1,[2]]|{}", "{\"customer\":|null", "<html>|null", "''|null"})
    void shouldLeaveNothingOfWhatIsNoJson(final String body, final String left) {
        assertThat(String.valueOf(AnswerVariables.prune(List.of("/customer/name"), body))).isEqualTo(left);
    }

    @Test
    void shouldNotReadAnAnswerThatIsTooLong() {
        assertThat(AnswerVariables.prune(List.of("/x"), "{\"x\":\"" + "x".repeat(FlowInterpreter.ANSWER_MAX) + "\"}"))
                .isNull();
        assertThat(AnswerVariables.prune(List.of(), "<html>")).isEmpty();
    }
}
