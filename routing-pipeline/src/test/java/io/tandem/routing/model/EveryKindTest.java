package io.tandem.routing.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds of every kind of resource. */
class EveryKindTest {
    @ParameterizedTest
    @EnumSource(ResourceKind.class)
    @DisplayName("R-004 every resource of a tenant names its account, and cannot do without")
    void shouldNameItsAccount(final ResourceKind kind) {
        final Set<String> names = new HashSet<>();
        for (final FieldRule field : kind.fields()) {
            assertThat(names.add(field.name())).as(field.name()).isTrue();
            if (field.name().equals("account_id")) {
                assertThat(field.type()).isEqualTo(FieldType.REFERENCE);
                assertThat(field.refers()).isEqualTo(ResourceKind.ACCOUNTS);
                assertThat(field.required()).isTrue();
            }
        }
        assertThat(names).contains("id");
        assertThat(names.contains("account_id")).isEqualTo(kind != ResourceKind.ACCOUNTS);
    }
}
