package io.tandem.appliance.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.appliance.command.HeapPages.Range;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeapPagesTest {
    private static final long MIB = 1L << 20;

    @Test
    void shouldFindLargeWritableMappingsWithoutAFile() {
        assertThat(HeapPages.writableMemory(
                        List.of(
                                "c0000000-d0000000 rw-p 00000000 00:00 0 ",
                                "d0000000-100000000 ---p 00000000 00:00 0 ",
                                "7f0000000000-7f0010000000 rw-p 00000000 00:00 0",
                                "7f0020000000-7f0020100000 rw-p 00000000 00:00 0",
                                "7f0030000000-7f0050000000 rw-s 00000000 fe:00 4711       /data/inputs/20261129-13.cq4",
                                "7f0060000000-7f0080000000 rw-p 00000000 fe:00 4712       /data/config/numbers",
                                "7ffd00000000-7ffd20000000 rw-p 00000000 00:00 0          [stack]"),
                        256 * MIB))
                .containsExactly(
                        new Range(0xc000_0000L, 0xd000_0000L), new Range(0x7f00_0000_0000L, 0x7f00_1000_0000L));
    }

    @Test
    void shouldChangeNothingInMemoryThatIsInUse() {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment memory = arena.allocate(4 * MIB, 4096);
            for (long at = 0; at < memory.byteSize(); at += 4096) {
                memory.set(ValueLayout.JAVA_LONG, at, ~at);
            }
            assertThat(HeapPages.fill(List.of(new Range(memory.address(), memory.address() + memory.byteSize()))))
                    .isTrue();
            for (long at = 0; at < memory.byteSize(); at += 4096) {
                assertThat(memory.get(ValueLayout.JAVA_LONG, at)).isEqualTo(~at);
            }
        }
    }

    @Test
    void shouldEndQuietlyWhereThereIsNoMemory() {
        assertThat(HeapPages.fill(List.of(new Range(4096, 8192)))).isFalse();
    }
}
