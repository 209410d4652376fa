package io.tandem.routing.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tandem.routing.model.NumberPattern;
import io.tandem.routing.model.Problem;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files with prefixes and ranges of numbers. */
class NumberBlocksImportTest {
    private static final String ACME = "{'resource':'accounts','name':'acme','did_default_dest_kind':'hangup'}";

    private final InMemoryWriter writer = new InMemoryWriter(InMemoryConfiguration.builder("file", 1));

    private ImportResult imported(final String... lines) throws IOException {
        final byte[] bytes = String.join("\n", lines).replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return NdjsonImport.run(() -> new ByteArrayInputStream(bytes), writer, ImportProgress.SILENT);
    }

    private static String number(final String e164, final String... more) {
        return "{'resource':'numbers','account_id':'name:acme','e164':'" + e164 + "'"
                + (more.length == 0 ? "" : "," + String.join(",", more)) + "}";
    }

    /** The account, and a line for each of some numbers. */
    private static String[] lines(final String... patterns) {
        final List<String> lines = new ArrayList<>(List.of(ACME));
        Arrays.stream(patterns).map(NumberBlocksImportTest::number).forEach(lines::add);
        return lines.toArray(new String[0]);
    }

    @Test
    void shouldTakeNumbersPrefixesAndRangesBesideEachOther() throws IOException {
        final ImportResult result = imported(lines(
                "+1 (202) 555-0123",
                "+1 202 555 *",
                "12025550100..12025550199",
                "1202555012*",
                "12025550200..12025550201",
                "1*"));

        assertThat(result.problems().kept()).isEmpty();
        assertThat(result.count(ResourceKind.NUMBERS)).isEqualTo(6);
        final Configuration configuration = writer.configuration();
        final NumberRow row = new NumberRow();
        for (final String[] taken : new String[][] {
            {"12025550123", "12025550123"}, {"12025550124", "1202555012*"}, {"12025550130", "12025550100..12025550199"},
            {"12025550201", "12025550200..12025550201"}, {"12025550202", "1202555*"}, {"1303", "1*"}
        }) {
            assertThat(configuration.longestMatch(Long.parseLong(taken[0]), row))
                    .isTrue();
            assertThat(new ResourceId(row.idHigh, row.idLow))
                    .isEqualTo(configuration.find(NumberPattern.parse(taken[1]).name()))
                    .isEqualTo(ResourceId.derived(ResourceKind.NUMBERS, taken[1]));
        }
        assertThat(configuration.longestMatch(4930, row)).isFalse();
    }

    @ParameterizedTest
    @DisplayName("every line with a range that overlaps one before it is named, and what is given twice")
    @CsvSource(
            delimiter = '|',
            value = {
                "12025550100..12025550199,12025550199..12025550299|3",
                "12025550100..12025550199,12025550000..12025550100|3",
                "12025550100..12025550199,12025550140..12025550150|3",
                "12025550140..12025550150,12025550100..12025550199|3",
                "12025550100..12025550199,12025550100..12025550199|3",
                "12025550100..12025550199,12025550100..12025550149|3",
                "12025550100..12025550149,12025550100..12025550199|3",
                "12025550100..12025550199,+1 202 555 0150..+1 202 555 0260|3",
                "12025550100..12025550199,12025550000..12025550099,12025550200..12025550299|",
                "12025550100..12025550199,120255501000..120255501999,1202555010..1202555019|",
                "100..199,200..299,300..399,250..350,150..160|5 6",
                "1202555*,120255*,1202555*|4",
                "1202555*,12025550100..12025550199,12025550123|",
                "12025550123,12025550123|3",
            })
    void shouldNameEveryOverlappingLine(final String patterns, final String wrong) throws IOException {
        final ImportResult result = imported(lines(patterns.split(",")));

        final List<Long> expected = wrong == null
                ? List.of()
                : Arrays.stream(wrong.split(" ")).map(Long::valueOf).toList();
        assertThat(result.problems().kept()).extracting(Problem::line).isEqualTo(expected);
        assertThat(result.problems().kept()).allSatisfy(problem -> {
            assertThat(problem.resource()).isEqualTo("numbers");
            assertThat(problem.field()).isEqualTo("e164");
            assertThat(problem.mend()).isNotBlank();
        });
        assertThat(result.accepted()).isEqualTo(expected.isEmpty());
    }

    @ParameterizedTest
    @DisplayName("a line that is refused hides none behind it: all overlaps with lines that stand are named")
    @CsvSource(
            delimiter = '|',
            value = {
                "12025550100..12025550900,12025550200..12025550300,12025550500..12025550600|3 4",
                "12025550100..12025550900,12025550100..12025550150,12025550500..12025550600|3 4",
                "12025550500..12025550600,12025550100..12025550900,12025550590..12025550700|3 4",
                "12025550100..12025550900,12025550200..12025550300,12025550500..12025550600,12025550700..12025550950|3 4 5",
            })
    void shouldNameOverlapsBehindLinesThatAreRefused(final String patterns, final String wrong) throws IOException {
        final ImportResult result = imported(lines(patterns.split(",")));

        assertThat(result.problems().kept())
                .extracting(Problem::line)
                .containsExactlyElementsOf(
                        Arrays.stream(wrong.split(" ")).map(Long::valueOf).toList());
        final String first = patterns.split(",", -1)[0];
        assertThat(result.problems().kept())
                .allSatisfy(problem -> assertThat(problem.rule()).endsWith("overlaps another range: " + first));
    }

    @Test
    @DisplayName("overlaps are named together with whatever else is wrong, and nothing is kept")
    void shouldNameOverlapsWithEverythingElse() throws IOException {
        final ImportResult result = imported(
                ACME,
                number("12025550100..12025550199"),
                number("12025550150..12025550250", "'fax_mode':'paper'"),
                number("8991*"),
                number("1202555**", "'status':'open'"),
                "{'resource':'trunks','account_id':'name:acme','name':'t','proxy':'nowhere'}");

        assertThat(result.accepted()).isFalse();
        assertThat(result.problems().kept())
                .extracting(problem -> problem.line() + " " + problem.field())
                .containsExactlyInAnyOrder("3 fax_mode", "3 e164", "4 e164", "5 e164", "5 status", "6 proxy");
        assertThat(result.problems().toString())
                .contains("line 3: resource=numbers field=e164 value=12025550150..12025550250: overlaps another range: "
                        + "12025550100..12025550199");
    }

    @ParameterizedTest
    @DisplayName("thousands of ranges are told apart in whatever order they come, and the one that overlaps is named")
    @ValueSource(longs = {0, 1, 20261130})
    void shouldTellManyRangesApart(final long seed) throws IOException {
        final List<String> ranges = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            ranges.add((12025000000L + 20L * i) + ".." + (12025000009L + 20L * i));
        }
        if (seed == 0) {
            Collections.reverse(ranges);
        } else {
            Collections.shuffle(ranges, new Random(seed));
        }
        ranges.add("12025030010..12025030019");
        ranges.add("12025030009..12025030010");
        ranges.add("12025049995..12025050000");
        final ImportResult result = imported(lines(ranges.toArray(new String[0])));

        assertThat(result.problems().kept())
                .extracting(Problem::line, Problem::rule)
                .containsExactly(
                        tuple(3_003L, "overlaps another range: 12025030010..12025030019"),
                        tuple(3_004L, "overlaps another range: 12025050000..12025050009"));
    }

    @Test
    @DisplayName("others refer to a prefix or a range by its name, as it is written, from lines before and behind it")
    void shouldFindPatternsByName() throws IOException {
        final String transform = "{'resource':'number-transforms','account_id':'name:acme','scope_kind':'did',"
                + "'scope_id':'name:%s','direction':'inbound_cid','match_regex':'^0','replacement':'49'}";
        final String limit = "{'resource':'policies/call-limits','account_id':'name:acme','scope_kind':'did',"
                + "'scope_id':'name:%s','period_sec':60,'max_count':3}";
        final ImportResult result = imported(
                transform.formatted("1202555*"),
                limit.formatted("12025550100..12025550199"),
                ACME,
                number("1202555*"),
                number("12025550100..12025550199"),
                number("1202555"),
                transform.formatted("+1 (202) 555-0100..+1 (202) 555-0199"),
                limit.formatted("+1 202 555*"));

        assertThat(result.problems().kept()).isEmpty();
        final Configuration configuration = writer.configuration();
        for (final String block : new String[] {"1202555*", "12025550100..12025550199", "1202555"}) {
            final ResourceId id = configuration.find(NumberPattern.parse(block).name());
            for (final ResourceKind kind :
                    new ResourceKind[] {ResourceKind.NUMBER_TRANSFORMS, ResourceKind.CALL_LIMITS}) {
                assertThat(configuration.referrerCount(kind, ResourceKind.NUMBERS, id))
                        .as(block)
                        .isEqualTo(block.equals("1202555") ? 0 : 1);
            }
        }
    }

    @ParameterizedTest
    @DisplayName("a name that is not that of a prefix or a range finds none, also a number inside")
    @ValueSource(
            strings = {"1202555", "120255*", "12025550100", "12025550150", "12025550100..12025550198", "1202..1203", "*"
            })
    void shouldFindNothingByAnotherName(final String name) throws IOException {
        final ImportResult result = imported(
                ACME,
                number("1202555*"),
                number("12025550100..12025550199"),
                "{'resource':'number-transforms','account_id':'name:acme','scope_kind':'did','scope_id':'name:" + name
                        + "','direction':'inbound_cid','match_regex':'^0','replacement':'49'}");

        assertThat(result.problems().kept())
                .extracting(problem -> problem.line() + " " + problem.field())
                .containsExactly("4 scope_id");
    }

    @Test
    @DisplayName("what was imported can be imported again as it is stored")
    void shouldTakeBackWhatItWrote() throws IOException {
        imported(lines("12025550123", "1202555*", "12025550100..12025550199"));
        final InMemoryConfiguration first = writer.configuration();
        final List<String> again = new ArrayList<>();
        again.add(ACME);
        first.forEach(
                ResourceKind.NUMBERS,
                (high, low, json) -> again.add(
                        "{\"resource\":\"numbers\"," + new String(json, StandardCharsets.UTF_8).substring(1)));
        final InMemoryWriter second = new InMemoryWriter(InMemoryConfiguration.builder("again", 2));
        final byte[] bytes = String.join("\n", again).replace('\'', '"').getBytes(StandardCharsets.UTF_8);

        assertThat(NdjsonImport.run(() -> new ByteArrayInputStream(bytes), second, ImportProgress.SILENT)
                        .problems()
                        .kept())
                .isEmpty();

        first.forEach(ResourceKind.NUMBERS, (high, low, json) -> assertThat(
                        second.configuration().resource(ResourceKind.NUMBERS, high, low))
                .isEqualTo(json));
        assertThat(again).hasSize(4);
    }

    // ---- parking lots ----------------------------------------------------------------------------------------------

    @ParameterizedTest
    @DisplayName("lots of an account have no slot in common, lots of two accounts may")
    @CsvSource({
        "acme 701 709 acme 710 719, 0", "acme 701 709 acme 709 719, 1", "acme 701 709 acme 690 701, 1",
        "acme 701 709 acme 703 705, 1", "acme 703 705 acme 701 709, 1", "acme 701 709 acme 701 709, 1",
        "acme 701 709 other 701 709, 0", "acme 701 709 acme 690 700, 0", "acme 701 709 acme 705 712 acme 700 701, 2",
        "acme 701 709 acme 1 9 acme 99900 99999, 0"
    })
    void shouldKeepLotsApart(final String lots, final int wrong) throws IOException {
        final List<String> lines = new ArrayList<>(List.of(ACME, "{'resource':'accounts','name':'other'}"));
        final String[] words = lots.split(" ", -1);
        for (int i = 0; i < words.length; i += 3) {
            lines.add("{'resource':'parking-lots','account_id':'name:" + words[i] + "','name':'lot" + i
                    + "','first_slot':" + words[i + 1] + ",'last_slot':" + words[i + 2] + "}");
        }
        final ImportResult result = imported(lines.toArray(new String[0]));

        assertThat(result.problems().kept()).hasSize(wrong).allSatisfy(problem -> {
            assertThat(problem.line()).isGreaterThan(3);
            assertThat(problem.field()).isEqualTo("first_slot");
            assertThat(problem.rule()).contains("lot0 has " + words[1] + " to " + words[2]);
        });
    }

    @Test
    @DisplayName("an account has at most 1,000 lots")
    void shouldRefuseOneLotTooMany() throws IOException {
        final List<String> lines = new ArrayList<>(List.of(ACME));
        for (int slot = 1; slot <= 1_001; slot++) {
            lines.add("{'resource':'parking-lots','account_id':'name:acme','name':'lot" + slot + "','first_slot':"
                    + slot + ",'last_slot':" + slot + "}");
        }
        assertThat(imported(lines.subList(0, 1_001).toArray(new String[0]))
                        .problems()
                        .kept())
                .isEmpty();
        assertThat(imported(lines.toArray(new String[0])).problems().kept())
                .extracting(problem -> problem.line() + " " + problem.field())
                .containsExactly("1002 account_id");
    }
}
