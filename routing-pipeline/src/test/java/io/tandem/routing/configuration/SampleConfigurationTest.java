package io.tandem.routing.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.model.ResourceKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SampleConfigurationTest {
    private static final Path SAMPLE = Path.of("..", "docs", "sample-configuration.ndjson");

    @Test
    void shouldImportWithoutProblemsAndWarnings() throws IOException {
        final InMemoryWriter writer = new InMemoryWriter(InMemoryConfiguration.builder("sample", 1));
        final ImportResult result = NdjsonImport.run(() -> Files.newInputStream(SAMPLE), writer, ImportProgress.SILENT);

        assertThat(result.problems().kept()).isEmpty();
        assertThat(result.warnings().kept()).isEmpty();
        assertThat(result.count(ResourceKind.ACCOUNTS)).isEqualTo(1);
        assertThat(result.count(ResourceKind.TRUNKS)).isEqualTo(2);
        assertThat(result.count(ResourceKind.NUMBERS)).isEqualTo(1);
        assertThat(writer.configuration().number(12025550123L, new NumberRow())).isTrue();
        final TrunkPlan carrier = RoutingPlans.of(writer.configuration()).trunkOfSource(0, 0xffff_7f00_0002L);
        assertThat(carrier.name()).isEqualTo("carrier");
    }
}
