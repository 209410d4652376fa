package io.tandem.routing.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"kv:vm:7:pin", "board-pin", "a", "7", "trunk.main_2", "A--", "x.."})
    void shouldTakeNames(final String name) {
        assertThat(SecretName.isName(name)).isTrue();
    }

    @ParameterizedTest
    @DisplayName("D8 a name leads to no other file and to no hidden one")
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "../a",
                "a/b",
                "/etc/passwd",
                ".hidden",
                "-rf",
                ":a",
                "a b",
                "a\nb",
                "a\0",
                "ä",
                "a\\b",
                "~a"
            })
    void shouldTakeNothingElse(final String name) {
        assertThat(SecretName.isName(name)).isFalse();
    }

    @Test
    void shouldTakeNoMoreThanItsLimit() {
        assertThat(SecretName.isName("a".repeat(SecretName.LENGTH_MAX))).isTrue();
        assertThat(SecretName.isName("a".repeat(SecretName.LENGTH_MAX + 1))).isFalse();
    }
}
