package io.tandem.admin.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.admin.AuditRecorder;
import io.tandem.admin.FakeAppliance;
import io.tandem.admin.view.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionTest {

    private final FakeAppliance appliance = new FakeAppliance();
    private final Completion completion = new Interpreter(
                    CommandTable.standard(),
                    appliance,
                    appliance,
                    new AuditRecorder(),
                    InstantSource.system(),
                    List::of)
            .completion();

    private List<String> words(String before, String typed) {
        return completion.suggestions(before.isEmpty() ? List.of() : List.of(before.split(" ")), typed).stream()
                .map(Completion.Suggestion::word)
                .toList();
    }

    @Test
    void shouldCompleteCommands() {
        assertThat(words("", "ca")).containsExactly("calls", "call", "cac");
        assertThat(words("", "")).hasSameSizeAs(CommandTable.standard().commands());
        assertThat(words("", "zz")).isEmpty();
    }

    @Test
    void shouldCompleteLiveCallsCountersAndDimensions() {
        assertThat(words("call", "")).containsExactly("call_03", "call_02", "call_01");
        assertThat(words("counters", "sip")).containsExactly("sip.received.0", "sip.received.1");
        assertThat(words("cac", "")).containsExactly("account", "trunk", "number", "-j");
        assertThat(words("help", "lat")).containsExactly("latency");
    }

    @Test
    void shouldOfferKeywordsOnlyWhenWhatIsRequiredIsThere() {
        assertThat(words("explain", "")).isEmpty();
        assertThat(words("explain 1", "")).isEmpty();
        assertThat(words("explain 1 2", "")).containsExactly("at", "source", "-j");
        assertThat(words("explain 1 2 at", "")).isEmpty();
        assertThat(words("explain 1 2 at 2026-12-25T00:00", "")).containsExactly("source", "-j");
        assertThat(words("calls", "")).containsExactly("limit", "-j");
        assertThat(words("status -j", "")).isEmpty();
        assertThat(words("drain", "o")).containsExactly("off");
    }

    @Test
    void shouldOfferMatchBehindTheBar() {
        assertThat(words("calls |", "m")).containsExactly("match");
        assertThat(words("calls | match", "")).isEmpty();
    }

    @Test
    void shouldCompleteFiles(@TempDir Path folder) throws IOException {
        Files.createFile(folder.resolve("config-a.ndjson"));
        Files.createDirectory(folder.resolve("config-b"));
        Files.createFile(folder.resolve("other"));
        assertThat(words("import", folder + "/config"))
                .containsExactly(folder + "/config-a.ndjson", folder + "/config-b/");
        assertThat(words("import", folder + "/nosuch/x")).isEmpty();
    }

    @Test
    void shouldSuggestNothingWhileTheApplianceCannotAnswer() {
        appliance.fault = Optional.of(new Refusal("recovering", ""));
        assertThat(words("call", "")).isEmpty();
    }
}
