package io.tandem.routing.transform;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.tandem.routing.model.NumberTransform;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.TransformDirection;
import io.tandem.routing.model.TransformScope;
import io.tandem.routing.number.DialString;
import io.tandem.routing.policy.RuleTrace;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Expressions that are made to hurt: nested repetitions, alternatives that overlap, optional parts in rows, repetitions of
 * repetitions. Each is either refused when it is saved, with the text that hurts, or costs time in proportion to the number.
 *
 * <p>Time is counted in characters read, which does not depend on the machine: an engine without backtracking reads each
 * character a bounded number of times.
 */
class HostilePatternsTest {
    private static final long SEED = 20_260_729;
    private static final int PATTERNS = 1_000;
    private static final int SHORT = 1_000;
    private static final int TIMES = 8;

    /** What a linear engine may need for a text {@link #TIMES} as long; it reads what it finds a second time. */
    private static final int FACTOR_MAX = 20;

    @Test
    void shouldRefuseOrMatchInLinearTime() {
        final Random random = new Random(SEED);
        int refused = 0;
        int linear = 0;
        for (int i = 0; i < PATTERNS; i++) {
            final String regex = hostile(random);
            final String problem = TransformPlan.problem(rule(regex));
            if (problem != null) {
                assertThat(problem)
                        .as("seed=%d number=%d regex=%s", SEED, i, regex)
                        .startsWith("match_regex:");
                assertThat(problem.length()).isGreaterThan("match_regex:".length() + 10);
                refused++;
                continue;
            }
            final Pattern pattern = TransformRule.pattern(regex);
            final long once = reads(pattern, SHORT);
            final long longer = reads(pattern, TIMES * SHORT);
            assertThat(longer)
                    .as("seed=%d number=%d regex=%s reads=%d", SEED, i, regex, once)
                    .isLessThanOrEqualTo(FACTOR_MAX * once + 1_000);
            assertThat(longer)
                    .as("seed=%d number=%d regex=%s reads for each character", SEED, i, regex)
                    .isLessThanOrEqualTo(20L * TIMES * SHORT);
            linear++;
        }
        assertThat(refused).as("seed=%d", SEED).isGreaterThan(PATTERNS / 10);
        assertThat(linear).as("seed=%d", SEED).isGreaterThan(PATTERNS / 4);
    }

    @Test
    void shouldRewriteTheLongestNumberByEveryPatternThatIsTaken() {
        final Random random = new Random(SEED);
        final long begun = System.nanoTime();
        int applied = 0;
        for (int i = 0; i < PATTERNS; i++) {
            final NumberTransform rule = rule(hostile(random));
            if (TransformPlan.problem(rule) == null) {
                final DialString number = new DialString();
                number.setAscii("1".repeat(DialString.LENGTH_MAX - 1) + "x");
                new TransformPlan(List.of(rule)).apply(number, RuleTrace.NONE);
                applied++;
            }
        }
        final long perPatternMs = (System.nanoTime() - begun) / 1_000_000 / applied;
        assertThat(perPatternMs)
                .as("a backtracking engine would still be at the first one")
                .isLessThan(100);
    }

    @Test
    void shouldTellALinearEngineFromOneThatGoesBack() {
        final long once = backtrackingReads(SHORT);
        assertThat(backtrackingReads(TIMES * SHORT)).isGreaterThan(2L * FACTOR_MAX * once);
    }

    private static long backtrackingReads(final int length) {
        final CountedText text = new CountedText(length);
        assertThat(java.util.regex.Pattern.compile("1*2").matcher(text).find()).isFalse();
        return text.reads;
    }

    /** Characters read by one search through ones with something else behind them, so that most matches fail at the end. */
    private static long reads(final Pattern pattern, final int length) {
        final CountedText text = new CountedText(length);
        final Matcher matcher = pattern.matcher(text);
        if (matcher.find()) {
            matcher.group(matcher.groupCount());
        }
        return text.reads;
    }

    private static String hostile(final Random random) {
        final StringBuilder regex = new StringBuilder(random.nextBoolean() ? "^" : "");
        append(regex, random, 1 + random.nextInt(4));
        if (random.nextInt(3) > 0) {
            regex.append('$');
        }
        return regex.length() <= 255 ? regex.toString() : hostile(random);
    }

    private static void append(final StringBuilder regex, final Random random, final int depth) {
        final int parts = 1 + random.nextInt(3);
        for (int i = 0; i < parts; i++) {
            switch (depth == 0 ? random.nextInt(4) : 4 + random.nextInt(6)) {
                case 0 -> regex.append('1');
                case 1 -> regex.append("\\d");
                case 2 -> regex.append("[0-9]");
                case 3 -> regex.append('.');
                case 4 -> group(regex, random, depth, "(", ")+");
                case 5 -> group(regex, random, depth, "(?:", ")*");
                case 6 -> group(regex, random, depth, "(", ")?");
                case 7 -> {
                    group(regex, random, depth, "(?:", "|");
                    append(regex, random, depth - 1);
                    regex.append(")+");
                }
                case 8 ->
                    group(regex, random, depth, "(", "){" + random.nextInt(3) + ',' + (2 + random.nextInt(60)) + '}');
                default ->
                    group(
                            regex,
                            random,
                            depth,
                            List.of("(?=", "(?<=", "(?>", "(", "(?:").get(random.nextInt(5)),
                            List.of(")++", ")*+", ")\\1", ")*", ")+?").get(random.nextInt(5)));
            }
        }
    }

    private static void group(
            final StringBuilder regex, final Random random, final int depth, final String open, final String close) {
        regex.append(open);
        append(regex, random, depth - 1);
        regex.append(close);
    }

    private static NumberTransform rule(final String regex) {
        return new NumberTransform(
                new ResourceId(0, 1),
                new ResourceId(0, 2),
                TransformScope.ACCOUNT,
                new ResourceId(0, 2),
                TransformDirection.INBOUND_DST,
                regex,
                "$0",
                0,
                false);
    }

    /** Ones, and an x at the end; counts how often a character is read. */
    private static final class CountedText implements CharSequence {
        private final int length;
        private long reads;

        CountedText(final int length) {
            this.length = length;
        }

        @Override
        public int length() {
            return length;
        }

        @Override
        public char charAt(final int index) {
            reads++;
            return index == length - 1 ? 'x' : '1';
        }

        @Override
        public CharSequence subSequence(final int start, final int end) {
            return "1".repeat(end - start);
        }

        @Override
        public String toString() {
            return "1".repeat(length - 1) + 'x';
        }
    }
}
