package io.tandem.routing.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class PhoneNumberTest {
    private static final String ACCOUNT = "acc_01j9zzzzzzzzzzzzzzzzzzzzzz";

    private final Problems problems = new Problems(10);
    private Fields fields;

    @ParameterizedTest
    @CsvSource({
        "active, pstn, , ACTIVE, active",
        "disabled, pstn, , DISABLED, disabled",
        "disabled, virtual, , DISABLED, disabled",
        "virtual, , , VIRTUAL, virtual",
        "active, virtual, , VIRTUAL, virtual",
        "disabled, pstn, pending, PENDING, disabled",
        "disabled, virtual, suspended, SUSPENDED, disabled",
        "disabled, pstn, deleted, DELETED, disabled",
        "active, pstn, suspended, ACTIVE, active"
    })
    @DisplayName("N-007 R-046 what was read can be written back: status, class and disabled_as")
    void shouldReadBackItsOwnJson(
            final String status,
            final String kind,
            final String disabledAs,
            final NumberStatus state,
            final String shown) {
        final PhoneNumber number = read("12025550123", status, kind, disabledAs);

        assertThat(problems.kept()).isEmpty();
        assertThat(number.status()).isEqualTo(state);
        final ObjectNode json = object(new String(number.json(), StandardCharsets.UTF_8));
        assertThat(json.get("status").stringValue()).isEqualTo(shown);
        assertThat(read(json)).isEqualTo(number);
    }

    @ParameterizedTest
    @DisplayName("V-007 V-008 numbers of 899 and nine digits are virtual, and no others are of themselves")
    @CsvSource({
        "899100000001, true",
        "899999999999, true",
        "89910000001, false",
        "8991000000012, false",
        "12025550123, false"
    })
    void shouldTellVirtualNumbersByTheirDigits(final String e164, final boolean virtual) {
        assertThat(read(e164, null, null, null).virtual()).isEqualTo(virtual);
        assertThat(problems.kept()).isEmpty();
    }

    @Test
    void shouldRefuseToCallAVirtualNumberOneOfTheNetwork() {
        read("899100000001", "active", "pstn", null);

        assertThat(problems.kept()).extracting(Problem::field).containsExactly("class");
    }

    @ParameterizedTest
    @DisplayName("V-009 899000 and six digits are reserved")
    @CsvSource({"899000000000", "899000999999"})
    void shouldRefuseReservedNumbers(final String e164) {
        read(e164, null, null, null);

        assertThat(problems.kept()).extracting(Problem::field).containsExactly("e164");
    }

    @ParameterizedTest
    @DisplayName("V-028 more virtual numbers than the account may have are refused")
    @CsvSource({"899100000001, 2, true", "899100000001, 3, false", "12025550123, 2, false"})
    void shouldRefuseOneVirtualNumberTooMany(final String e164, final int most, final boolean refused) {
        final PhoneNumber number = read(e164, null, null, null);
        final ObjectNode account = object("{'name':'acme','max_virtual_numbers':" + most + "}");
        number.check(fields, new Counted(Account.read(fieldsOf(account, "accounts")), 3));

        assertThat(problems.kept()).extracting(Problem::field).isEqualTo(refused ? List.of("class") : List.of());
    }

    @Test
    void shouldCountVirtualNumbersByWhatTheyReferTo() {
        final PhoneNumber number = read("899100000001", null, null, null);
        assertThat(fields.found())
                .extracting(Reference::id)
                .containsExactly(number.accountId(), PhoneNumber.virtualNumbers(number.accountId()));

        read("899100000001", "disabled", null, "deleted");
        assertThat(fields.found()).extracting(Reference::id).containsExactly(number.accountId());
    }

    private PhoneNumber read(final String e164, final String status, final String kind, final String disabledAs) {
        final Map<String, String> given = new TreeMap<>();
        given.put("account_id", ACCOUNT);
        given.put("e164", e164);
        given.put("status", status);
        given.put("class", kind);
        given.put("disabled_as", disabledAs);
        given.put("dest_kind", "hangup");
        final ObjectNode object = JsonMapper.shared().createObjectNode();
        given.forEach((name, value) -> {
            if (value != null) {
                object.put(name, value);
            }
        });
        return read(object);
    }

    private PhoneNumber read(final ObjectNode object) {
        fields = fieldsOf(object, "numbers");
        return PhoneNumber.read(fields);
    }

    private Fields fieldsOf(final ObjectNode object, final String collection) {
        return new Fields(object, collection, 0, References.TRUSTING, problems, new Problems(10));
    }

    private static ObjectNode object(final String json) {
        return (ObjectNode) JsonMapper.shared().readTree(json.replace('\'', '"'));
    }

    /** One account, with so many virtual numbers. */
    private record Counted(Account account, long count) implements Resources {
        @Override
        public Resource find(final ResourceKind kind, final ResourceId id) {
            return kind == ResourceKind.ACCOUNTS ? account : null;
        }

        @Override
        public Iterable<Resource> referring(
                final ResourceKind kind, final ResourceKind targetKind, final ResourceId target) {
            return List.of();
        }

        @Override
        public long referrerCount(
                final ResourceKind kind, final ResourceKind targetKind, final ResourceId target) {
            return kind == ResourceKind.NUMBERS ? count : 0;
        }
    }
}
