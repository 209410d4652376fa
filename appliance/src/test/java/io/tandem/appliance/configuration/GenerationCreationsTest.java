package io.tandem.appliance.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.configuration.Configuration;
import io.tandem.routing.configuration.ConfigurationWriter;
import io.tandem.routing.configuration.Creation;
import io.tandem.routing.configuration.ImportProgress;
import io.tandem.routing.configuration.ImportSource;
import io.tandem.routing.configuration.NdjsonImport;
import io.tandem.routing.configuration.NumberRow;
import io.tandem.routing.configuration.OverlaidConfiguration;
import io.tandem.routing.configuration.ResourceEdit;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.UniqueName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The order in which numbers and flows were made, in generations on disk and over them. */
class GenerationCreationsTest {
    private static final int NUMBERS = 2_000;
    private static final long FIRST_US = 1_600_000_000_000_000L;

    @TempDir
    private Path directory;

    /** Three numbers at a time, in a file that has them in no order; and a few of another account, of which nobody knows. */
    private static ImportSource file() {
        final StringBuilder lines = new StringBuilder("""
                {"resource":"accounts","name":"acme","did_default_dest_kind":"hangup"}
                {"resource":"accounts","name":"old","did_default_dest_kind":"hangup"}
                {"resource":"flows","account_id":"name:acme","name":"later","created_us":1600000000000002}
                {"resource":"flows","account_id":"name:acme","name":"never"}
                {"resource":"flows","account_id":"name:acme","name":"sooner","created_us":1600000000000001}
                """);
        for (int i = 0; i < NUMBERS; i++) {
            final int id = 1 + i * 7 % NUMBERS;
            lines.append(line(id)).append('\n');
        }
        for (int i = 0; i < 5; i++) {
            lines.append("{\"resource\":\"numbers\",\"account_id\":\"name:old\",\"e164\":\"4930")
                    .append(i)
                    .append("\"}\n");
        }
        final byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
        return () -> new ByteArrayInputStream(bytes);
    }

    private static String line(final int id) {
        return "{\"resource\":\"numbers\",\"id\":\"" + new ResourceId(0, id).prefixed(ResourceKind.NUMBERS)
                + "\",\"account_id\":\"name:acme\",\"e164\":\"" + (1_202_000_000L + id) + "\",\"created_us\":" + us(id)
                + ",\"updated_us\":" + us(id) + "}";
    }

    private static long us(final int id) {
        return FIRST_US + id / 3;
    }

    private static NavigableSet<Creation> numbers() {
        final NavigableSet<Creation> numbers = new TreeSet<>();
        for (int id = 1; id <= NUMBERS; id++) {
            numbers.add(new Creation(us(id), new ResourceId(0, id)));
        }
        return numbers;
    }

    private static ResourceId account(final Configuration configuration, final String name) {
        return configuration.find(new UniqueName(ResourceKind.ACCOUNTS, "name", ResourceId.NIL, name));
    }

    /** All of an account, a page of 100 after the other. */
    private static List<Creation> walk(final Configuration from, final ResourceKind kind, final String account) {
        final List<Creation> all = new ArrayList<>();
        int before;
        do {
            before = all.size();
            final int most = before + 100;
            from.forEachNewest(
                    kind, account(from, account), all.isEmpty() ? Creation.FIRST : all.getLast(), creation -> {
                        all.add(creation);
                        return all.size() < most;
                    });
        } while (all.size() > before);
        return all;
    }

    @Test
    @DisplayName("the order is in the generation when it is opened again, and in what is changed over it")
    void shouldKeepTheOrderOnDisk() throws IOException {
        final String name;
        try (GenerationStore generations = new GenerationStore(directory)) {
            name = generations
                    .importFrom(file(), 0, ImportProgress.SILENT)
                    .generation()
                    .orElseThrow();
        }
        final OverlaidConfiguration changed;
        try (GenerationStore generations = new GenerationStore(directory)) {
            final Configuration opened = generations.open(name);
            assertThat(walk(opened, ResourceKind.NUMBERS, "acme")).containsExactlyElementsOf(numbers());
            assertThat(walk(opened, ResourceKind.NUMBERS, "old"))
                    .hasSize(5)
                    .isSorted()
                    .allMatch(creation -> creation.createdUs() == 0);
            assertThat(walk(opened, ResourceKind.FLOWS, "acme"))
                    .extracting(Creation::createdUs)
                    .containsExactly(FIRST_US + 2, FIRST_US + 1, 0L);
            changed = change(opened);
            generations.store(changed);
        }
        try (GenerationStore generations = new GenerationStore(directory)) {
            assertThat(walk(generations.open(changed.name()), ResourceKind.NUMBERS, "acme"))
                    .containsExactlyElementsOf(changedNumbers());
        }
    }

    @Test
    @DisplayName("a generation of a build that wrote no order is listed whole, with what is changed over it")
    void shouldListGenerationsOfOlderBuilds() throws IOException {
        final GenerationWriter writer = new GenerationWriter(directory, "g00000001", 1, 0);
        assertThat(NdjsonImport.run(file(), new WithoutOrder(writer), ImportProgress.SILENT)
                        .accepted())
                .isTrue();
        try (GenerationStore generations = new GenerationStore(directory)) {
            final Configuration opened = generations.open("g00000001");
            assertThat(walk(opened, ResourceKind.NUMBERS, "acme"))
                    .containsExactlyElementsOf(new TreeSet<>(numbers().stream()
                            .map(creation -> new Creation(0, creation.id()))
                            .toList()));
            assertThat(walk(opened, ResourceKind.FLOWS, "acme")).hasSize(3);
            final OverlaidConfiguration changed = change(opened);
            assertThat(walk(changed, ResourceKind.NUMBERS, "acme"))
                    .as("what was changed is where it belongs, the rest behind it")
                    .isSorted()
                    .extracting(Creation::id)
                    .containsExactlyInAnyOrderElementsOf(
                            changedNumbers().stream().map(Creation::id).toList());
        }
    }

    /** Number 700 is changed, 701 deleted, and one is made between what was made before. */
    private static OverlaidConfiguration change(final Configuration opened) {
        final String account = account(opened, "acme").prefixed(ResourceKind.ACCOUNTS);
        return OverlaidConfiguration.over(opened)
                .with(
                        List.of(
                                edit(
                                        700,
                                        line(700)
                                                .replace("name:acme", account)
                                                .replace("\"e164\"", "\"label\":\"x\",\"e164\"")),
                                edit(701, null),
                                edit(
                                        NUMBERS + 1,
                                        line(NUMBERS + 1)
                                                .replace("name:acme", account)
                                                .replace(Long.toString(us(NUMBERS + 1)), Long.toString(us(900))))),
                        opened.revision() + 1);
    }

    private static ResourceEdit edit(final int id, final String line) {
        return new ResourceEdit(
                ResourceKind.NUMBERS,
                new ResourceId(0, id),
                line == null
                        ? null
                        : line.replace("\"resource\":\"numbers\",", "").getBytes(StandardCharsets.UTF_8));
    }

    private static NavigableSet<Creation> changedNumbers() {
        final NavigableSet<Creation> numbers = numbers();
        numbers.remove(new Creation(us(701), new ResourceId(0, 701)));
        numbers.add(new Creation(us(900), new ResourceId(0, NUMBERS + 1)));
        return numbers;
    }

    /** Writes what older builds wrote. */
    private record WithoutOrder(ConfigurationWriter writer) implements ConfigurationWriter {
        @Override
        public void begin(final long numberCount, final long resourceCount) {
            writer.begin(numberCount, resourceCount);
        }

        @Override
        public void number(final NumberRow row, final byte[] json) {
            writer.number(row, json);
        }

        @Override
        public void resource(final ResourceKind kind, final long idHigh, final long idLow, final byte[] json) {
            writer.resource(kind, idHigh, idLow, json);
        }

        @Override
        public void index(final int code, final long high, final long low, final byte[] value) {
            if (code < 300 || code >= 400) {
                writer.index(code, high, low, value);
            }
        }

        @Override
        public void finish() {
            writer.finish();
        }

        @Override
        public void abandon() {
            writer.abandon();
        }
    }
}
