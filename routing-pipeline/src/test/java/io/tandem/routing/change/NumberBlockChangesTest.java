package io.tandem.routing.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.change.ChangeResult.Outcome;
import io.tandem.routing.configuration.InMemoryConfiguration;
import io.tandem.routing.configuration.NumberRow;
import io.tandem.routing.configuration.OverlaidConfiguration;
import io.tandem.routing.configuration.ResourceEdit;
import io.tandem.routing.model.NumberPattern;
import io.tandem.routing.model.Problem;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.ResourceReader;
import io.tandem.routing.model.UniqueName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** Edits of prefixes and ranges of numbers, and of parking lots, which may not overlap either. */
class NumberBlockChangesTest {
    private static final String BASE = """
            {'resource':'accounts','name':'acme','did_default_dest_kind':'hangup'}
            {'resource':'accounts','name':'other','did_default_dest_kind':'hangup'}
            {'resource':'numbers','account_id':'name:acme','e164':'12025550100..12025550199','label':'A'}
            {'resource':'numbers','account_id':'name:other','e164':'12025550200..12025550299','label':'B'}
            {'resource':'numbers','account_id':'name:acme','e164':'1202555*','label':'P'}
            {'resource':'numbers','account_id':'name:acme','e164':'12025550123','label':'S'}
            {'resource':'number-transforms','account_id':'name:acme','scope_kind':'did','scope_id':'name:1202555*',\
            'direction':'inbound_cid','match_regex':'^0','replacement':''}
            {'resource':'parking-lots','account_id':'name:acme','name':'one','first_slot':701,'last_slot':709}
            {'resource':'parking-lots','account_id':'name:acme','name':'two','first_slot':711,'last_slot':719}
            {'resource':'parking-lots','account_id':'name:other','name':'one','first_slot':701,'last_slot':709}
            """;

    private final OverlaidConfiguration configuration =
            OverlaidConfiguration.over(InMemoryConfiguration.of("x", 1, BASE.replace('\'', '"')));
    private final AtomicLong ids = new AtomicLong();

    // ---- what is taken ---------------------------------------------------------------------------------------------

    @ParameterizedTest
    @DisplayName("a range that overlaps one that is there is taken, and the other is named")
    @CsvSource({
        "12025550150..12025550160, 12025550100..12025550199", "12025550199..12025550200, 12025550",
        "12025550000..12025550100, 12025550100..12025550199", "12025550100..12025550198, 12025550100..12025550199",
        "12025550100..12025550101, 12025550100..12025550199", "12025550000..12025559999, 12025550",
        "12025550299..12025550300, 12025550200..12025550299"
    })
    void shouldRefuseAnOverlap(final String range, final String other) {
        final ChangeResult refusal = check(create(range)).refusal();

        assertThat(refusal.outcome()).isEqualTo(Outcome.TAKEN);
        assertThat(refusal.revision()).isEqualTo(1);
        assertThat(refusal.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo("e164");
            assertThat(problem.value()).isEqualTo(range);
            assertThat(problem.rule()).startsWith("overlaps another range: " + other);
        });
    }

    @ParameterizedTest
    @DisplayName("what is there already under the same text is taken")
    @CsvSource({
        "12025550100..12025550199",
        "+1 202 555 0100 .. +1 202 555 0199",
        "1202555*",
        "+1 (202) 555-*",
        "12025550123"
    })
    void shouldRefuseASecondOne(final String again) {
        final ChangeResult refusal = check(create(again)).refusal();

        assertThat(refusal.outcome()).isEqualTo(Outcome.TAKEN);
        assertThat(refusal.problems()).extracting(Problem::field).containsExactly("e164");
    }

    @ParameterizedTest
    @DisplayName("prefixes and numbers lie inside ranges and each other, and neighbouring ranges beside each other")
    @CsvSource({
        "120255501*",
        "1202*",
        "1202555012*",
        "12025550150",
        "12025550000..12025550099",
        "12025550300..12025550301",
        "120255501000..120255501999",
        "1202555010..1202555019",
        "1202555"
    })
    void shouldMakeWhatLiesInside(final String pattern) {
        final OverlaidConfiguration next = apply(configuration, create(pattern));

        final NumberRow row = new NumberRow();
        assertThat(next.number(NumberPattern.parse(pattern).key(), row)).isTrue();
        assertThat(next.find(NumberPattern.parse(pattern).name())).isEqualTo(new ResourceId(row.idHigh, row.idLow));
        assertThat(configuration.find(NumberPattern.parse(pattern).name())).isNull();
    }

    @Test
    @DisplayName("all overlaps of a change are named at once, with those among its own edits, and nothing changes")
    void shouldNameEveryOverlapAtOnce() {
        final Edit[] edits = {
            create("12025550150..12025550160"),
            create("13035550100..13035550199"),
            create("13035550150..13035550250"),
            create("12025550290..12025550300"),
            create("1202555*"),
            create("14045550100..14045550199"),
            create("13035550180..13035550190")
        };
        final ChangeCheck.Checked checked = check(edits);

        assertThat(checked.refusal().outcome()).isEqualTo(Outcome.TAKEN);
        assertThat(checked.transitions()).isEmpty();
        assertThat(checked.refusal().problems())
                .extracting(problem -> problem.line() + " " + problem.field() + " "
                        + problem.rule().replaceFirst(".*: ", ""))
                .containsExactly(
                        "1 e164 12025550100..12025550199",
                        "3 e164 13035550100..13035550199",
                        "4 e164 12025550200..12025550299",
                        "5 e164 is taken by another of the numbers",
                        "7 e164 13035550100..13035550199");
        assertThat(configuration.changeCount()).isZero();
    }

    @Test
    @DisplayName("with other faults in the change an overlap is named too, and the whole is invalid")
    void shouldNameOverlapsWithOtherFaults() {
        final ObjectNode wrong = fields("14045550100..14045550199");
        wrong.put("fax_mode", "paper");
        final ChangeResult refusal = check(
                        create("12025550150..12025550160"), Edit.create(ResourceKind.NUMBERS, wrong), create("8991*"))
                .refusal();

        assertThat(refusal.outcome()).isEqualTo(Outcome.INVALID);
        assertThat(refusal.problems())
                .extracting(problem -> problem.line() + " " + problem.field())
                .containsExactlyInAnyOrder("1 e164", "2 fax_mode", "3 e164");
    }

    @Test
    void shouldRefuseAnEditThatGrowsIntoAnother() {
        assertThat(check(put("12025550100..12025550199", "12025550100..12025550200"))
                        .refusal()
                        .outcome())
                .isEqualTo(Outcome.TAKEN);
        assertThat(check(put("12025550123", "12025550150..12025550300"))
                        .refusal()
                        .outcome())
                .isEqualTo(Outcome.TAKEN);
        assertThat(check(put("1202555*", "12025550299..12025550300")).refusal().outcome())
                .isEqualTo(Outcome.TAKEN);
    }

    // ---- what passes from one to another ---------------------------------------------------------------------------

    @ParameterizedTest
    @DisplayName(
            "ranges, prefixes and numbers change hands, grow, shrink and move in one change, in any order of edits")
    @CsvSource(
            delimiter = '|',
            value = {
                "12025550100..12025550199 12025550200..12025550299|12025550200..12025550299 12025550100..12025550199",
                "12025550100..12025550199 12025550200..12025550299|12025550150..12025550249 12025550250..12025550349",
                "12025550100..12025550199 12025550200..12025550299|12025550100..12025550299 12025550300..12025550399",
                "12025550100..12025550199 12025550200..12025550299|12025550150..12025550199 12025550100..12025550149",
                "12025550100..12025550199 12025550123|12025550123 12025550100..12025550199",
                "12025550100..12025550199 1202555*|1202555* 12025550100..12025550199",
                "12025550100..12025550199 1202555* 12025550123|12025550123 12025550100..12025550199 1202555*",
                "12025550100..12025550199|12025550100..12025550149",
                "12025550100..12025550199|12025550000..12025550199",
                "12025550100..12025550199|12025550150",
                "1202555*|120255*",
                "12025550123|12025550123*"
            })
    void shouldLetPatternsChangeHands(final String from, final String to) {
        final String[] before = from.split(" ", -1);
        final String[] after = to.split(" ", -1);
        final List<Edit> edits = new ArrayList<>();
        for (int i = 0; i < before.length; i++) {
            edits.add(put(before[i], after[i]));
        }
        for (int turn = 0; turn < edits.size(); turn++) {
            Collections.rotate(edits, 1);
            final OverlaidConfiguration next = apply(configuration, edits.toArray(new Edit[0]));
            for (int i = 0; i < before.length; i++) {
                final ResourceId id =
                        configuration.find(NumberPattern.parse(before[i]).name());
                assertThat(next.find(NumberPattern.parse(after[i]).name())).isEqualTo(id);
                final NumberRow row = new NumberRow();
                assertThat(next.number(NumberPattern.parse(after[i]).key(), row))
                        .isTrue();
                if (!Arrays.asList(after).contains(before[i])) {
                    assertThat(next.find(NumberPattern.parse(before[i]).name())).isNull();
                }
            }
        }
    }

    @Test
    @DisplayName("a range may overlap one that goes in the same change, and not one that stays")
    void shouldTakeThePlaceOfWhatGoes() {
        final Edit gone = Edit.delete(ResourceKind.NUMBERS, id(configuration, "12025550100..12025550199"), "");
        for (final Edit[] edits : new Edit[][] {
            {gone, create("12025550150..12025550160")}, {create("12025550150..12025550160"), gone},
            {create("12025550100..12025550160"), gone}, {gone, create("12025550000..12025550199")}
        }) {
            final OverlaidConfiguration next = apply(configuration, edits);
            assertThat(taker(next, 12025550155L)).isEqualTo(new ResourceId(9, ids.get()));
            assertThat(taker(next, 12025550199L))
                    .isEqualTo(
                            edits[1].fields() != null
                                            && edits[1].fields().toString().contains("0199")
                                    ? new ResourceId(9, ids.get())
                                    : id(configuration, "1202555*"));
        }
        assertThat(check(gone, create("12025550150..12025550250")).refusal().problems())
                .extracting(Problem::rule)
                .containsExactly("overlaps another range: 12025550200..12025550299");
    }

    @Test
    @DisplayName("ranges that two changes made are known to the third, and what a change gave up is free for the next")
    void shouldKnowWhatChangesMade() {
        final OverlaidConfiguration made = apply(configuration, create("13035550100..13035550199"));
        assertThat(check(made, create("13035550150..13035550160")).refusal().outcome())
                .isEqualTo(Outcome.TAKEN);
        final OverlaidConfiguration shrunk =
                apply(made, put(made, "13035550100..13035550199", "13035550100..13035550149"));
        final OverlaidConfiguration both = apply(shrunk, create("13035550150..13035550160"));
        assertThat(taker(both, 13035550149L)).isEqualTo(id(both, "13035550100..13035550149"));
        assertThat(taker(both, 13035550150L)).isEqualTo(id(both, "13035550150..13035550160"));
        final OverlaidConfiguration less =
                apply(both, Edit.delete(ResourceKind.NUMBERS, id(both, "13035550100..13035550149"), ""));
        assertThat(taker(less, 13035550149L)).isNull();
        assertThat(check(less, create("13035550000..13035550149")).refusal()).isNull();
    }

    @Test
    @DisplayName("nothing is changed by writing back what was read of a prefix or a range")
    void shouldChangeNothingByWritingBack() {
        for (final String pattern : new String[] {"12025550100..12025550199", "1202555*", "12025550123"}) {
            final ChangeCheck.Checked checked = check(put(pattern, pattern));
            assertThat(checked.refusal()).isNull();
            assertThat(checked.transitions()).isEmpty();
        }
    }

    // ---- names -----------------------------------------------------------------------------------------------------

    @Test
    @DisplayName("others refer to prefixes and ranges by name, also to those of the same change")
    void shouldFindPatternsByName() {
        final OverlaidConfiguration next = apply(
                configuration,
                transform("name:12025550100..12025550199"),
                transform("name:13035550100..13035550199"),
                create("13035550100..13035550199"),
                transform("name:1303*"),
                create("+1 303*"));
        for (final String[] counted : new String[][] {
            {"12025550100..12025550199", "1"},
            {"13035550100..13035550199", "1"},
            {"1303*", "1"},
            {"1202555*", "1"},
            {"12025550123", "0"}
        }) {
            assertThat(next.referrerCount(ResourceKind.NUMBER_TRANSFORMS, ResourceKind.NUMBERS, id(next, counted[0])))
                    .as(counted[0])
                    .isEqualTo(Long.parseLong(counted[1]));
        }
        for (final String none :
                new String[] {"name:1202*", "name:12025550100..12025550198", "name:12025550150", "name:*"}) {
            assertThat(check(transform(none)).refusal().problems())
                    .extracting(Problem::field)
                    .containsExactly("scope_id");
        }
    }

    @Test
    @DisplayName("a prefix that is referred to cannot go")
    void shouldKeepWhatIsReferredTo() {
        final ChangeResult refusal = check(Edit.delete(ResourceKind.NUMBERS, id(configuration, "1202555*"), ""))
                .refusal();
        assertThat(refusal.outcome()).isEqualTo(Outcome.REFERRED_TO);
        assertThat(refusal.referrerCount()).isEqualTo(1);
    }

    @Test
    @DisplayName("without an identifier a line is about the prefix or range that it names, however it spells it")
    void shouldGoByTheNameOfAPattern() {
        final ObjectNode fields = fields("+1 202 555 0100 .. +1 202 555 0199");
        fields.put("label", "new");
        final ChangeCheck.Checked checked = check(new Edit(ResourceKind.NUMBERS, null, fields, "", false));
        assertThat(checked.refusal()).isNull();
        assertThat(checked.transitions()).singleElement().satisfies(transition -> assertThat(transition.id())
                .isEqualTo(id(configuration, "12025550100..12025550199")));
    }

    // ---- parking lots ----------------------------------------------------------------------------------------------

    @ParameterizedTest
    @DisplayName("a lot gets no slot that another lot of its account has")
    @CsvSource({
        "acme, 709, 710, true",
        "acme, 700, 720, true",
        "acme, 703, 704, true",
        "acme, 719, 730, true",
        "acme, 690, 701, true",
        "acme, 710, 710, false",
        "acme, 720, 729, false",
        "acme, 600, 699, false",
        "other, 711, 719, false",
        "other, 705, 712, true"
    })
    void shouldKeepLotsApart(final String account, final int first, final int last, final boolean refused) {
        final ChangeResult refusal = check(lot(account, "three", first, last)).refusal();

        if (refused) {
            assertThat(refusal.outcome()).isEqualTo(Outcome.INVALID);
            assertThat(refusal.problems())
                    .isNotEmpty()
                    .extracting(Problem::field)
                    .containsOnly("first_slot");
        } else {
            assertThat(refusal).isNull();
        }
    }

    @Test
    @DisplayName("lots change their slots with each other in one change, and two new ones that overlap are refused")
    void shouldLetLotsChangeSlots() {
        assertThat(check(lot("acme", "one", 711, 719), lot("acme", "two", 701, 709))
                        .refusal())
                .isNull();
        assertThat(check(lot("acme", "one", 711, 719)).refusal()).isNotNull();
        assertThat(check(lot("acme", "one", 701, 710)).refusal()).isNull();
        assertThat(check(lot("acme", "three", 801, 809), lot("acme", "four", 805, 812))
                        .refusal()
                        .problems())
                .hasSize(1);
        final ResourceId one = configuration.find(UniqueName.within(ResourceKind.PARKING_LOTS, account("acme"), "one"));
        assertThat(check(Edit.delete(ResourceKind.PARKING_LOTS, one, ""), lot("acme", "three", 701, 709))
                        .refusal())
                .isNull();
    }

    private static Edit lot(final String account, final String name, final int first, final int last) {
        return new Edit(
                ResourceKind.PARKING_LOTS,
                null,
                object("{'account_id':'name:" + account + "','name':'" + name + "','first_slot':" + first
                        + ",'last_slot':" + last + "}"),
                "",
                false);
    }

    // ---- common ----------------------------------------------------------------------------------------------------

    private ResourceId account(final String name) {
        return configuration.find(new UniqueName(ResourceKind.ACCOUNTS, "name", ResourceId.NIL, name));
    }

    private static ResourceId id(final OverlaidConfiguration in, final String pattern) {
        return in.find(NumberPattern.parse(pattern).name());
    }

    private static ResourceId taker(final OverlaidConfiguration in, final long number) {
        final NumberRow row = new NumberRow();
        return in.longestMatch(number, row) ? new ResourceId(row.idHigh, row.idLow) : null;
    }

    private static Edit transform(final String scope) {
        return Edit.create(
                ResourceKind.NUMBER_TRANSFORMS,
                object("{'account_id':'name:acme','scope_kind':'did','scope_id':'" + scope
                        + "','direction':'inbound_cid','match_regex':'^1','replacement':''}"));
    }

    private static ObjectNode fields(final String pattern) {
        return object("{'account_id':'name:acme','e164':'" + pattern + "'}");
    }

    private static Edit create(final String pattern) {
        return Edit.create(ResourceKind.NUMBERS, fields(pattern));
    }

    /** What is there under one text, under another. */
    private Edit put(final String pattern, final String other) {
        return put(configuration, pattern, other);
    }

    private static Edit put(final OverlaidConfiguration in, final String pattern, final String other) {
        final ResourceId id = id(in, pattern);
        final byte[] json = in.resource(ResourceKind.NUMBERS, id.high(), id.low());
        final ObjectNode fields = ResourceReader.object(json, 0, json.length);
        fields.put("e164", other);
        return Edit.put(ResourceKind.NUMBERS, id, fields, "");
    }

    private ChangeCheck.Checked check(final Edit... edits) {
        return check(configuration, edits);
    }

    private ChangeCheck.Checked check(final OverlaidConfiguration in, final Edit... edits) {
        return ChangeCheck.check(
                in,
                new ChangeRequest("test", "edit", List.of(edits)),
                7,
                () -> new ResourceId(9, ids.incrementAndGet()));
    }

    private OverlaidConfiguration apply(final OverlaidConfiguration to, final Edit... edits) {
        final ChangeCheck.Checked checked = check(to, edits);
        assertThat(checked.refusal()).isNull();
        return to.with(
                checked.transitions().stream()
                        .map(change -> new ResourceEdit(change.kind(), change.id(), change.after()))
                        .toList(),
                to.revision() + 1);
    }

    private static ObjectNode object(final String text) {
        final byte[] json = text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return ResourceReader.object(json, 0, json.length);
    }
}
