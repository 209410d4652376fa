package io.tandem.perf.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tandem.routing.configuration.ImportProgress;
import io.tandem.routing.configuration.ImportResult;
import io.tandem.routing.configuration.NdjsonImport;
import io.tandem.routing.model.ResourceKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PopulationTest {
    private static byte[] written(final PopulationSize size) throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        Population.write(size, "127.0.0.2/32", "127.0.0.3:5080", out);
        return out.toByteArray();
    }

    @Test
    @DisplayName("a population is imported with as much of everything as was asked for")
    void shouldBeImportedAsLargeAsItWasAskedFor() throws IOException {
        final byte[] file = written(new PopulationSize(3, 7, 2, 100));
        final ImportResult result = NdjsonImport.check(() -> new ByteArrayInputStream(file), ImportProgress.SILENT);

        assertThat(result.problems().kept()).isEmpty();
        assertThat(result.count(ResourceKind.ACCOUNTS)).isEqualTo(4);
        assertThat(result.count(ResourceKind.TRUNKS)).isEqualTo(2);
        assertThat(result.count(ResourceKind.DOMAINS)).isEqualTo(3);
        assertThat(result.count(ResourceKind.USERS)).isEqualTo(7);
        assertThat(result.count(ResourceKind.EXTENSIONS)).isEqualTo(7);
        assertThat(result.count(ResourceKind.DEVICES)).isEqualTo(14);
        assertThat(result.count(ResourceKind.NUMBERS)).isEqualTo(100);
        assertThat(written(new PopulationSize(3, 7, 2, 100))).isEqualTo(file);
    }

    @Test
    @DisplayName("counts that do not fit are refused")
    void shouldRefuseCountsThatDoNotFit() {
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> new PopulationSize(0, 1, 1, 1));
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> new PopulationSize(1, 1, 11, 1));
    }

    @Test
    @DisplayName("bench population writes the file, and says what is wrong with its options")
    void shouldWriteTheFile(@TempDir final Path directory) throws IOException {
        final Path file = directory.resolve("population.ndjson");
        final CommandLine command =
                new CommandLine(new PopulationCommand()).setErr(new PrintWriter(new StringWriter()));
        assertThat(command.execute("--accounts=2", "--users=4", "--devices=0", "--numbers=10", file.toString()))
                .isZero();
        assertThat(Files.readAllBytes(file)).isEqualTo(written(new PopulationSize(2, 4, 0, 10)));
        assertThat(command.execute("--devices=11", file.toString())).isEqualTo(2);
    }
}
