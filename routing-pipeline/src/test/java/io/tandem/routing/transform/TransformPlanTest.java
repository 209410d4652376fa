package io.tandem.routing.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.model.NumberTransform;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.TransformDirection;
import io.tandem.routing.model.TransformScope;
import io.tandem.routing.number.DialString;
import io.tandem.routing.policy.RuleTrace;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransformPlanTest {
    @ParameterizedTest
    @DisplayName("R-150 capture groups, $1 and \\1 alike; the first match only, searched anywhere")
    @CsvSource({
        "^011(\\d+)$, $1, 0114930123456, 4930123456",
        "^011(\\d+)$, \\1, 0114930123456, 4930123456",
        "^0(\\d+)$, 49$1, 030123456, 4930123456",
        "5+, X, 1255345, 12X345",
        "^(\\d{3})(\\d{4})$, 1202$1$2, 5550123, 12025550123",
        "^(?:\\+)?, 9, +15551234, 915551234",
        "$, #, 123, 123#",
        "^(\\d)(x)?(.*)$, $1$2$3, 12, 12",
        "23, $0$0, 1234, 123234"
    })
    void shouldRewrite(final String regex, final String replacement, final String number, final String expected) {
        assertThat(rewritten(number, rule(1, regex, replacement, false))).isEqualTo(expected);
    }

    @Test
    @DisplayName("R-151 rules run by ordering, each on what the one before made")
    void shouldRunInOrder() {
        assertThat(rewritten("1", rule(20, "^2$", "3", false), rule(10, "^1$", "2", false)))
                .isEqualTo("3");
    }

    @Test
    @DisplayName("R-152 stop_on_match ends the chain only if it matched")
    void shouldStopOnMatch() {
        assertThat(rewritten("1", rule(1, "^1$", "2", true), rule(2, "^2$", "3", false)))
                .isEqualTo("2");
        assertThat(rewritten("2", rule(1, "^1$", "2", true), rule(2, "^2$", "3", false)))
                .isEqualTo("3");
    }

    @Test
    void shouldLeaveANumberAloneThatWouldNotFit() {
        final String long60 = "1".repeat(60);
        assertThat(rewritten(long60, rule(1, "^", "123456789", false))).isEqualTo(long60);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[", "a{1001}", "(a{40}){40}", "((a{11}){11}){11}", "(?<n>x", "(?=x)", "a**"})
    void shouldRefuseWhatIsNoExpressionOrTooLarge(final String regex) {
        assertThat(TransformPlan.problem(rule(1, regex, "1", false))).startsWith("match_regex:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"$2", "$", "\\", "$x", "a b", "1@2", "<", "\u00e9"})
    void shouldRefuseAReplacementThatCannotBeDialledOrNamesNoGroup(final String replacement) {
        assertThat(TransformPlan.problem(rule(1, "(1)", replacement, false))).startsWith("replacement:");
    }

    @Test
    @DisplayName("R-150 an expression that ruins others takes linear time here")
    void shouldNotBacktrack() {
        final NumberTransform evil = rule(1, "^(1+)+$", "0", false);
        assertThat(TransformPlan.problem(evil)).isNull();
        assertThat(rewritten("1".repeat(63) + "x", evil)).endsWith("x");
    }

    @ParameterizedTest
    @CsvSource({
        "^123, 123",
        "^12?3, 1",
        "^12*3, 1",
        "^12+3, 1",
        "^1{2}, ''",
        "^1|2, ''",
        "123, ''",
        "^\\+49(.*), +49",
        "^ab[cd], ab",
        "'', ''",
        "^, ''",
        "^\\+?1, ''",
        "^12$, 12"
    })
    void shouldKnowHowAMatchMustBegin(final String regex, final String prefix) {
        assertThat(LiteralPrefix.of(regex)).isEqualTo(prefix);
    }

    private static String rewritten(final String number, final NumberTransform... rules) {
        final DialString text = new DialString();
        text.setAscii(number);
        new TransformPlan(List.of(rules)).apply(text, RuleTrace.NONE);
        return text.toString();
    }

    private static NumberTransform rule(
            final int ordering, final String regex, final String replacement, final boolean stop) {
        return new NumberTransform(
                new ResourceId(1, ordering),
                new ResourceId(1, 1),
                TransformScope.ACCOUNT,
                new ResourceId(1, 1),
                TransformDirection.INBOUND_DST,
                regex,
                replacement,
                ordering,
                stop);
    }
}
