package io.tandem.routing.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceIdTest {
    @Property
    @Label("N-001 X2 one identifier, three spellings")
    void shouldReadBackItsThreeSpellings(@ForAll final long high, @ForAll final long low) {
        final ResourceId id = new ResourceId(high, low);
        assertThat(id.prefixed(ResourceKind.NUMBERS)).matches("did_[0-7][0-9a-hjkmnp-tv-z]{25}");
        assertThat(ResourceId.parse(id.prefixed(ResourceKind.NUMBERS), "did_")).isEqualTo(id);
        assertThat(ResourceId.parse(id.ulid().toUpperCase(Locale.ROOT), "did_")).isEqualTo(id);
        assertThat(ResourceId.parse(id.uuid(), "did_")).isEqualTo(id);
        assertThat(id.uuid()).isEqualTo(new UUID(high, low).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "did_",
                "did_01",
                "acc_00000000000000000000000001",
                "did_80000000000000000000000000",
                "did_0000000000000000000000000u",
                "00000000-0000-0000-0000-00000000000",
                "00000000-0000-0000-0000-00000000000g",
                "00000000-000000-00-0000-000000000000"
            })
    void shouldRefuseWhatIsNoIdentifierOfTheKind(final String text) {
        assertThat(ResourceId.parse(text, "did_")).isNull();
    }

    @Test
    void shouldTakeLettersThatLookLikeDigits() {
        assertThat(ResourceId.parse("0000000000000000000000000L", "did_")).isEqualTo(new ResourceId(0, 1));
        assertThat(ResourceId.parse("OOOOOOOOOOOOOOOOOOOOOOOOO1", "did_")).isEqualTo(new ResourceId(0, 1));
    }

    @Test
    @DisplayName("the same name always gets the same identifier, another kind another one")
    void shouldDeriveFromTheNaturalKey() {
        final ResourceId id = ResourceId.derived(ResourceKind.NUMBERS, "12025550123");
        assertThat(ResourceId.derived(ResourceKind.NUMBERS, "12025550123")).isEqualTo(id);
        assertThat(ResourceId.derived(ResourceKind.ACCOUNTS, "12025550123")).isNotEqualTo(id);
        assertThat(id.prefixed(ResourceKind.NUMBERS)).isEqualTo("did_004kfkmx9zb9ptpgnw6d55c631");
    }

    @Test
    void shouldCompareUnsigned() {
        assertThat(new ResourceId(-1, 0)).isGreaterThan(new ResourceId(1, 0));
        assertThat(new ResourceId(1, -1)).isGreaterThan(new ResourceId(1, 1));
        assertThat(ResourceId.NIL.isNil()).isTrue();
    }
}
