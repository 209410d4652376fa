package io.tandem.appliance.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessAgeTest {
    @Test
    void shouldReadStartBehindANameWithParenthesesAndSpaces() {
        final String stat = "4711 (a) (b c) S 1 4711 4711 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 123456 1000 50 0\n";
        assertThat(ProcessAge.ms(stat, "1236.78 99.00\n")).isEqualTo(2_220);
    }

    @Test
    void shouldTellOwnAge() throws Exception {
        final long age = ProcessAge.ms();
        final long vmAge = System.currentTimeMillis()
                - ProcessHandle.current().info().startInstant().orElseThrow().toEpochMilli();
        assertThat(age).isBetween(vmAge - 2_000, vmAge + 2_000);
    }
}
