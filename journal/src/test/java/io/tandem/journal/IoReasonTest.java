package io.tandem.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class IoReasonTest {
    @Test
    void shouldNameNoClassOfJava() {
        assertThat(IoReason.of(new NoSuchFileException("/x"))).isEqualTo("no such file or directory");
        assertThat(IoReason.of(new AccessDeniedException("/x"))).isEqualTo("permission denied");
        assertThat(IoReason.of(new FileSystemException("/x", null, "Read-only file system")))
                .isEqualTo("read-only file system");
        assertThat(IoReason.of(new MalformedInputException(1))).isEqualTo("not UTF-8 text");
        assertThat(IoReason.of(new InternalError("a fault occurred in an unsafe memory access operation")))
                .isEqualTo("a page of a mapped file has no disk space");
        assertThat(IoReason.of(new IOException("Is a directory"))).isEqualTo("Is a directory");
    }
}
