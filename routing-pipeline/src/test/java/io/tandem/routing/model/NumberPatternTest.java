package io.tandem.routing.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.model.NumberPattern.Form;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Numbers, prefixes and ranges as they are written, and what is wrong with other texts. */
class NumberPatternTest {
    private static final String ACCOUNT = "acc_01j9zzzzzzzzzzzzzzzzzzzzzz";

    private final Problems problems = new Problems(20);

    @ParameterizedTest
    @DisplayName("numbers are stored as digits, and so are prefixes before * and both ends of ranges around ..")
    @CsvSource({
        "12025550123, SINGLE, 12025550123",
        "+1 (202) 555-0123, SINGLE, 12025550123",
        "1.202.555.0123, SINGLE, 12025550123",
        "112, SINGLE, 112",
        "123456789012345, SINGLE, 123456789012345",
        "1202555*, PREFIX, 1202555*",
        "+1 (202) 555-*, PREFIX, 1202555*",
        "+1.202.555*, PREFIX, 1202555*",
        "1*, PREFIX, 1*",
        "+4*, PREFIX, 4*",
        "123456789012345*, PREFIX, 123456789012345*",
        "12025550100..12025550199, RANGE, 12025550100..12025550199",
        "+1 (202) 555-0100..+1 (202) 555-0199, RANGE, 12025550100..12025550199",
        "+1 202 555 0100 .. +1 202 555 0199, RANGE, 12025550100..12025550199",
        "1-202-555-0199..1.202.555.0200, RANGE, 12025550199..12025550200",
        "100..999, RANGE, 100..999",
        "100000000000000..999999999999999, RANGE, 100000000000000..999999999999999"
    })
    void shouldReadEverySpellingAndWriteOne(final String written, final Form form, final String stored) {
        final NumberPattern pattern = NumberPattern.parse(written);

        assertThat(pattern.isThere()).isTrue();
        assertThat(pattern.form()).isEqualTo(form);
        assertThat(pattern.isSingle()).isEqualTo(form == Form.SINGLE);
        assertThat(pattern.text()).isEqualTo(stored);
        assertThat(NumberPattern.parse(pattern.text())).isEqualTo(pattern);
        assertThat(NumberPattern.formOf(pattern.key())).isEqualTo(form);
        assertThat(pattern.name().name()).isEqualTo(stored);
        assertThat(read(stored, "").pattern()).isEqualTo(pattern);
        assertThat(problems.kept()).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("what is neither a number, a prefix nor a range is refused with its field and value")
    @ValueSource(
            strings = {
                "12",
                "1234567890123456",
                "0123",
                "alice",
                "12a",
                "++123",
                "1+23",
                " ",
                "-",
                "*",
                "+*",
                "**",
                "1202555**",
                "*1202",
                "12*34",
                "0*",
                "0123*",
                "a*",
                "1234567890123456*",
                "1++2*",
                "%",
                "1202%",
                "..",
                "12025550100..",
                "..12025550199",
                "12..34",
                "99..100",
                "100..99",
                "100..1000",
                "1000..999",
                "12025550199..12025550100",
                "12025550100..12025550100",
                "012..345",
                "123..045",
                "alice..bob",
                "12025550100..1202555019a",
                "1202555*..1202556*",
                "100..200*",
                "*..200",
                "100-200..",
                "100..200..300",
                "1234567890123456..1234567890123457",
                "12025550100\u202612025550199",
                "12025550100 to 12025550199",
                "12025550100:12025550199",
                "1202555[0-9]",
                "12025550100,12025550199"
            })
    void shouldRefuseEverythingElse(final String written) {
        assertThat(NumberPattern.parse(written)).isEqualTo(NumberPattern.NONE);
        assertThat(read(written, "").pattern().isThere()).isFalse();
        assertThat(problems.kept()).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo("e164");
            assertThat(problem.value()).isEqualTo(written);
            assertThat(problem.rule()).isNotBlank();
            assertThat(problem.mend()).contains("1202555*", "12025550100..12025550199");
        });
    }

    @ParameterizedTest
    @DisplayName("a number, prefix or range must be given, as a text")
    @ValueSource(
            strings = {
                "{}",
                "{'e164':null}",
                "{'e164':''}",
                "{'e164':12025550123}",
                "{'e164':['1202555*']}",
                "{'e164':true}"
            })
    void shouldRefuseWhatIsNoText(final String given) {
        final ObjectNode object = object(given);
        object.put("account_id", ACCOUNT).put("dest_kind", "hangup");
        read(object);

        assertThat(problems.kept()).extracting(Problem::field).containsExactly("e164");
    }

    @Test
    @DisplayName("a wrong range is named together with every other field that is wrong")
    void shouldNameEveryWrongFieldAtOnce() {
        read(
                "12025550199..12025550100",
                "'label':5,'status':'open','class':'pbx','max_channels':-1,'fax_mode':'paper','allow_anonymous':2,'colour':1");

        assertThat(problems.kept())
                .extracting(Problem::field)
                .containsExactlyInAnyOrder(
                        "e164", "label", "status", "class", "max_channels", "fax_mode", "allow_anonymous", "colour");
    }

    @ParameterizedTest
    @DisplayName("what was read of a prefix or a range can be written back, every field of it")
    @ValueSource(strings = {"12025550123", "1202555*", "12025550100..12025550199"})
    void shouldReadBackItsOwnJson(final String written) {
        final PhoneNumber number = read(
                written,
                "'label':'Block','detail':'of the third floor','status':'disabled','disabled_as':'suspended','max_channels':7,"
                        + "'fax_mode':'t38','allow_anonymous':0,'schedule_id':'sch_01j9zzzzzzzzzzzzzzzzzzzzz1',"
                        + "'closed_dest_kind':'hangup','closed_dest_xform':{'sip_code':486},'holiday_dest_kind':'hangup',"
                        + "'message_flow_id':'flow_01j9zzzzzzzzzzzzzzzzzzzzz2','emergency_enabled':1,'rtp_debug':1");
        assertThat(problems.kept()).isEmpty();
        final String json = new String(number.json(), StandardCharsets.UTF_8);

        assertThat(object(json).get("e164").stringValue()).isEqualTo(written);
        final PhoneNumber again = read(object(json));

        assertThat(problems.kept()).isEmpty();
        assertThat(again).isEqualTo(number);
        assertThat(new String(again.json(), StandardCharsets.UTF_8)).isEqualTo(json);
        assertThat(again.maxChannels()).isEqualTo(7);
        assertThat(again.status()).isEqualTo(NumberStatus.SUSPENDED);
    }

    @Test
    @DisplayName("a number has the identifier that it always had, and each prefix and range one of its own")
    void shouldDeriveIdentifiersFromWhatIsStored() {
        assertThat(read("+1 202 555 0123", "").id().prefixed(ResourceKind.NUMBERS))
                .isEqualTo("did_004kfkmx9zb9ptpgnw6d55c631");
        final Set<ResourceId> ids = new HashSet<>();
        for (final String written : List.of("1202", "1202*", "1202..1203", "1202..1204", "1201..1203", "12021203")) {
            ids.add(read(written, "").id());
        }
        assertThat(ids).hasSize(6);
        assertThat(read("+1 202 *", "").id()).isEqualTo(read("1202*", "").id());
        assertThat(read("+1202..+1203", "").id())
                .isEqualTo(read("1202..1203", "").id());
        assertThat(problems.kept()).isEmpty();
    }

    @Test
    @DisplayName(
            "numbers, prefixes and ranges of equal digits are stored under keys of their own, and numbers under themselves")
    void shouldStoreEachFormUnderAKeyOfItsOwn() {
        final long[] digits = {100, 1202, 12025550100L, 100_000_000_000_000L};
        final Set<Long> keys = new HashSet<>();
        for (final long number : digits) {
            assertThat(NumberPattern.single(number).key()).isEqualTo(number);
            keys.add(number);
            keys.add(NumberPattern.prefix(number).key());
            keys.add(NumberPattern.range(number, number + 1).key());
        }
        assertThat(keys).hasSize(3 * digits.length).allMatch(key -> key > 0);
        assertThat(NumberPattern.prefix(1202).key()).isEqualTo(NumberPattern.prefixKey(1202));
        assertThat(NumberPattern.range(1202, 1203).key()).isEqualTo(NumberPattern.rangeKey(1202));
    }

    @ParameterizedTest
    @DisplayName("virtual numbers are given one by one: no prefix or range holds any")
    @CsvSource({
        "8*, true",
        "89*, true",
        "899*, true",
        "8990*, true",
        "899100*, true",
        "899100000001*, true",
        "899999999999*, true",
        "88*, false",
        "898*, false",
        "9*, false",
        "8991000000011*, false",
        "9899*, false",
        "899000000000..899000999999, true",
        "899100000000..899100000009, true",
        "898999999999..899000000000, true",
        "899999999999..900000000000, true",
        "100000000000..999999999999, true",
        "898000000000..898999999999, false",
        "900000000000..900000000001, false",
        "89910000000..89910000009, false",
        "8991000000000..8991000000009, false",
        "899..900, false"
    })
    void shouldRefusePatternsWithVirtualNumbers(final String written, final boolean refused) {
        read(written, "");

        assertThat(problems.kept()).extracting(Problem::field).isEqualTo(refused ? List.of("e164") : List.of());
    }

    @ParameterizedTest
    @DisplayName("a prefix or a range is of class pstn, whatever asks for another")
    @CsvSource({
        "1202555*, class, virtual, class",
        "1202555*, status, virtual, class",
        "1202555*, class, pstn, ''",
        "12025550100..12025550199, class, virtual, class",
        "12025550100..12025550199, status, virtual, class",
        "12025550100..12025550199, status, active, ''"
    })
    void shouldRefuseVirtualPatterns(final String written, final String field, final String value, final String wrong) {
        final PhoneNumber number = read(written, "'" + field + "':'" + value + "'");

        assertThat(problems.kept()).extracting(Problem::field).isEqualTo(wrong.isEmpty() ? List.of() : List.of(wrong));
        assertThat(wrong.isEmpty() && number.virtual()).isFalse();
    }

    @Test
    @DisplayName("a class and a range that are both wrong are both named")
    void shouldNameClassAndReservedNumbersTogether() {
        read("899000000000..899000000009", "'status':'virtual'");

        assertThat(problems.kept()).extracting(Problem::field).containsExactlyInAnyOrder("e164", "class");
    }

    private PhoneNumber read(final String e164, final String more) {
        final ObjectNode object = object("{" + more + "}");
        if (!object.has("dest_kind")) {
            object.put("dest_kind", "hangup");
        }
        return read(object.put("account_id", ACCOUNT).put("e164", e164));
    }

    private PhoneNumber read(final ObjectNode object) {
        return PhoneNumber.read(new Fields(object, "numbers", 0, References.TRUSTING, problems, new Problems(10)));
    }

    private static ObjectNode object(final String json) {
        return (ObjectNode) JsonMapper.shared().readTree(json.replace('\'', '"'));
    }
}
