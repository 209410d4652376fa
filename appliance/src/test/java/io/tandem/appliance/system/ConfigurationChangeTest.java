package io.tandem.appliance.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tandem.admin.view.ConfigurationDesk;
import io.tandem.admin.view.DifferenceView;
import io.tandem.admin.view.Refusal;
import io.tandem.admin.view.RevisionView;
import io.tandem.appliance.operator.LiveControl;
import io.tandem.appliance.operator.LiveDesk;
import io.tandem.appliance.operator.LiveView;
import io.tandem.appliance.playback.Replay;
import io.tandem.routing.change.ChangeRequest;
import io.tandem.routing.change.ChangeResult;
import io.tandem.routing.change.ChangeResult.Outcome;
import io.tandem.routing.change.Edit;
import io.tandem.routing.change.StoredResource;
import io.tandem.routing.configuration.Creation;
import io.tandem.routing.model.PhoneNumber;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.ResourceReader;
import io.tandem.routing.model.UniqueName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class ConfigurationChangeTest {
    private static final String CONFIGURATION = """
            {"resource":"accounts","name":"acme","did_default_dest_kind":"hangup"}
            {"resource":"trunks","account_id":"name:acme","name":"carrier","direction":"inbound","acl":["127.0.0.1"]}
            {"resource":"numbers","account_id":"name:acme","e164":"12025550123"}
            """;

    @TempDir
    Path data;

    @Test
    void shouldApplyChangesOneAfterTheOther() {
        try (RunningAppliance running = new RunningAppliance(data, CONFIGURATION);
                LiveDesk desk = new LiveDesk(running.appliance())) {
            final long first = desk.revision();
            final ChangeResult made = change(desk, create("schedules", "'name':'hours','rules':[]"));
            assertThat(made.problems()).isEmpty();
            assertThat(made.outcome()).isEqualTo(Outcome.APPLIED);
            assertThat(made.revision()).isEqualTo(first + 1);
            final StoredResource schedule = made.resources().getFirst();
            assertThat(schedule.createdUs()).isPositive().isEqualTo(schedule.updatedUs());

            final ChangeResult number =
                    change(desk, create("numbers", "'e164':'442071838750','schedule_id':'name:hours','label':'Main'"));
            assertThat(number.problems()).isEmpty();
            assertThat(number.revision()).isEqualTo(first + 2);
            assertThat(desk.find(new UniqueName(ResourceKind.NUMBERS, "e164", ResourceId.NIL, "442071838750")))
                    .isEqualTo(number.resources().getFirst().resource().id());
            assertThat(desk.list(ResourceKind.NUMBERS, null, null, 10)).hasSize(2);
            final boolean known = running.appliance().queries().ask(core -> core.stages()
                    .configuration()
                    .number(442071838750L, new io.tandem.routing.configuration.NumberRow()));
            assertThat(known).isTrue();

            final ChangeResult refused = change(
                    desk,
                    Edit.delete(ResourceKind.SCHEDULES, schedule.resource().id(), ""));
            assertThat(refused.outcome()).isEqualTo(Outcome.REFERRED_TO);
            assertThat(refused.referrers())
                    .containsExactly(new ChangeResult.Referrer(
                            ResourceKind.NUMBERS,
                            number.resources().getFirst().resource().id()));
            assertThat(refused.revision()).isEqualTo(first + 2);

            final ChangeResult both = change(
                    desk,
                    Edit.delete(ResourceKind.SCHEDULES, schedule.resource().id(), ""),
                    Edit.delete(
                            ResourceKind.NUMBERS,
                            number.resources().getFirst().resource().id(),
                            number.resources().getFirst().tag()));
            assertThat(both.outcome()).isEqualTo(Outcome.APPLIED);
            assertThat(desk.find(ResourceKind.SCHEDULES, schedule.resource().id()))
                    .isNull();
        }
    }

    @Test
    void shouldListAnAccountAsItsOwn() {
        try (RunningAppliance running = new RunningAppliance(data, CONFIGURATION);
                LiveDesk desk = new LiveDesk(running.appliance())) {
            final ResourceId acme = desk.find(new UniqueName(ResourceKind.ACCOUNTS, "name", ResourceId.NIL, "acme"));
            assertThat(desk.list(ResourceKind.ACCOUNTS, acme, null, 10))
                    .singleElement()
                    .satisfies(stored -> assertThat(stored.resource().id()).isEqualTo(acme));
            assertThat(desk.list(ResourceKind.ACCOUNTS, acme, acme, 10)).isEmpty();
        }
    }

    @Test
    void shouldListNumbersNewestFirst() {
        try (RunningAppliance running = new RunningAppliance(data, CONFIGURATION);
                LiveDesk desk = new LiveDesk(running.appliance())) {
            final ResourceId acme = desk.find(new UniqueName(ResourceKind.ACCOUNTS, "name", ResourceId.NIL, "acme"));
            change(desk, create("numbers", "'e164':'442071838750'"), create("numbers", "'e164':'442071838751'"));
            change(desk, create("numbers", "'e164':'442071838752'"));

            final List<ConfigurationDesk.Placed> all = desk.listNewest(ResourceKind.NUMBERS, acme, Creation.FIRST, 10);
            assertThat(all)
                    .extracting(ConfigurationDesk.Placed::place)
                    .hasSize(4)
                    .isSorted();
            assertThat(all)
                    .extracting(row ->
                            ((PhoneNumber) row.stored().resource()).pattern().text())
                    .startsWith("442071838752")
                    .endsWith("12025550123");
            assertThat(all.get(1).stored().createdUs())
                    .isEqualTo(all.get(2).stored().createdUs())
                    .isEqualTo(all.get(2).place().createdUs());
            assertThat(desk.listNewest(ResourceKind.NUMBERS, acme, all.get(1).place(), 1))
                    .containsExactly(all.get(2));
            assertThat(desk.listNewest(ResourceKind.FLOWS, acme, Creation.FIRST, 10))
                    .isEmpty();
        }
    }

    @Test
    void shouldRefuseAChangeThatDoesNotFitAndTakeTheNext() {
        try (RunningAppliance running = new RunningAppliance(data, CONFIGURATION);
                LiveDesk desk = new LiveDesk(running.appliance())) {
            final long before = desk.revision();
            final SplittableRandom random = new SplittableRandom(20261129);
            final Edit[] many = Stream.generate(() ->
                            create("schedules", "'name':'" + Long.toHexString(random.nextLong()) + "','rules':[]"))
                    .limit(2_500)
                    .toArray(Edit[]::new);
            final ChangeResult refused = change(desk, many);
            assertThat(refused.outcome()).isEqualTo(Outcome.TOO_LARGE);
            assertThat(refused.problems().getFirst().rule())
                    .matches(
                            "change has [0-9]+ bytes compressed, at most 64000 fit: about [0-9]+ of its 2500 resources");
            assertThat(change(desk, create("schedules", "'name':'hours','rules':[]"))
                            .revision())
                    .isEqualTo(before + 1);
        }
    }

    @Test
    void shouldLeaveNoTraceOfAChangeThatIsWrong() {
        try (RunningAppliance running = new RunningAppliance(data, CONFIGURATION);
                LiveDesk desk = new LiveDesk(running.appliance())) {
            final long before = desk.revision();
            final ChangeResult wrong = change(
                    desk,
                    create("schedules", "'name':'good','rules':[]"),
                    create("numbers", "'e164':'x','schedule_id':'name:none','unknown':1"));
            assertThat(wrong.outcome()).isEqualTo(Outcome.INVALID);
            assertThat(wrong.problems())
                    .extracting(problem -> problem.line() + " " + problem.field())
                    .containsExactlyInAnyOrder("2 e164", "2 schedule_id", "2 unknown");
            assertThat(change(desk, create("numbers", "'e164':'12025550123'")).outcome())
                    .isEqualTo(Outcome.TAKEN);
            assertThat(desk.revision()).isEqualTo(before);
            assertThat(change(desk, create("schedules", "'name':'good','rules':[]"))
                            .revision())
                    .isEqualTo(before + 1);
        }
    }

    @Test
    void shouldKeepChangesOverARestartAndGoBack() {
        final long first;
        try (RunningAppliance running = new RunningAppliance(data, CONFIGURATION);
                LiveDesk desk = new LiveDesk(running.appliance())) {
            first = desk.revision();
            for (int i = 0; i < 5; i++) {
                assertThat(change(desk, create("schedules", "'name':'s" + i + "','rules':[]"))
                                .revision())
                        .isEqualTo(first + 1 + i);
            }
        }
        try (RunningAppliance running = new RunningAppliance(data, CONFIGURATION);
                LiveDesk desk = new LiveDesk(running.appliance())) {
            assertThat(desk.revision()).isEqualTo(first + 5);
            assertThat(names(desk)).containsExactlyInAnyOrder("s0", "s1", "s2", "s3", "s4");
            assertThat(desk.revisions(Long.MAX_VALUE, 3))
                    .extracting(RevisionView::revision)
                    .containsExactly(first + 5, first + 4, first + 3);
            assertThat(desk.revisions(Long.MAX_VALUE, 1))
                    .extracting(RevisionView::actor, RevisionView::action)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple("test", "change"));

            final List<DifferenceView> differences =
                    desk.diff(first + 2, first + 4).orElseThrow();
            assertThat(differences)
                    .hasSize(2)
                    .allMatch(difference -> difference.before().isEmpty());
            assertThat(desk.diff(first + 4, first + 2).orElseThrow())
                    .allMatch(difference -> difference.after().isEmpty());

            final ChangeResult back = desk.rollback(first + 1, "test");
            assertThat(back.problems()).isEmpty();
            assertThat(back.revision()).isEqualTo(first + 6);
            assertThat(names(desk)).containsExactly("s0");
            assertThat(desk.rollback(first + 5, "test").outcome()).isEqualTo(Outcome.APPLIED);
            assertThat(names(desk)).containsExactlyInAnyOrder("s0", "s1", "s2", "s3", "s4");
            assertThat(desk.rollback(first + 99, "test").outcome()).isEqualTo(Outcome.NOT_FOUND);
        }
    }

    @Test
    void shouldKeepPrefixesAndRangesOverARestart() throws IOException {
        final Path file = data.resolve("exported.ndjson");
        final String block = CONFIGURATION + """
                {"resource":"numbers","account_id":"name:acme","e164":"12025550100..12025550199","label":"Range"}
                """;
        final ResourceId range;
        try (RunningAppliance running = new RunningAppliance(data.resolve("data"), block);
                LiveDesk desk = new LiveDesk(running.appliance())) {
            range = desk.numberOf(12025550150L).resource().id();
            assertThat(desk.numberOf(12025550123L).resource().id()).isNotEqualTo(range);
            assertThat(desk.blockOf(12025550123L).resource().id()).isEqualTo(range);
            assertThat(change(desk, create("numbers", "'e164':'12025550190..12025550290'"))
                            .outcome())
                    .isEqualTo(Outcome.TAKEN);
            assertThat(change(
                                    desk,
                                    Edit.put(
                                            ResourceKind.NUMBERS,
                                            range,
                                            fields("'account_id':'name:acme','e164':'12025550100..12025550189'"),
                                            ""),
                                    create("numbers", "'e164':'12025550190..12025550290'"),
                                    create("numbers", "'e164':'1202*'"))
                            .outcome())
                    .isEqualTo(Outcome.APPLIED);
        }
        try (RunningAppliance running = new RunningAppliance(data.resolve("data"), block);
                LiveDesk desk = new LiveDesk(running.appliance())) {
            assertThat(desk.numberOf(12025550150L).resource().id()).isEqualTo(range);
            assertThat(number(desk, 12025550123L)).isEqualTo("12025550123");
            assertThat(number(desk, 12025550190L)).isEqualTo("12025550190..12025550290");
            assertThat(number(desk, 12025550291L)).isEqualTo("1202*");
            assertThat(desk.numberOf(12035550100L)).isNull();
            assertThat(change(desk, create("numbers", "'e164':'12025550189..12025550190'"))
                            .outcome())
                    .isEqualTo(Outcome.TAKEN);
            assertThat(change(desk, Edit.delete(ResourceKind.NUMBERS, range, ""))
                            .outcome())
                    .isEqualTo(Outcome.APPLIED);
            assertThat(number(desk, 12025550150L)).isEqualTo("1202*");
            assertThat(desk.rollback(desk.revision() - 1, "test").outcome()).isEqualTo(Outcome.APPLIED);
            assertThat(desk.numberOf(12025550150L).resource().id()).isEqualTo(range);

            final LiveView view = new LiveView(
                    running.appliance(), RunningAppliance.settings(data).journalSettings(), new byte[32]);
            final LiveControl control = new LiveControl(running.appliance(), view, desk);
            control.exportFile(file, lines -> {});
            assertThat(control.importFile(file, lines -> {}).accepted()).isTrue();
            assertThat(number(desk, 12025550189L)).isEqualTo("12025550100..12025550189");
            assertThat(number(desk, 12025550190L)).isEqualTo("12025550190..12025550290");
            assertThat(number(desk, 12029990000L)).isEqualTo("1202*");
        }
        final Replay.Result result = ReplayTest.replay(new Replay(), data.resolve("data"));
        assertThat(result.agrees()).as(result.differences().toString()).isTrue();
    }

    private static String number(final LiveDesk desk, final long e164) {
        return ((io.tandem.routing.model.PhoneNumber) desk.numberOf(e164).resource())
                .pattern()
                .text();
    }

    @Test
    void shouldGiveBackTheTimeAtWhichAResourceWasMade() {
        try (RunningAppliance running = new RunningAppliance(data, CONFIGURATION);
                LiveDesk desk = new LiveDesk(running.appliance())) {
            final StoredResource made = change(desk, create("schedules", "'name':'hours','rules':[]"))
                    .resources()
                    .getFirst();
            final ResourceId id = made.resource().id();
            final long before = desk.revision();
            change(desk, Edit.delete(ResourceKind.SCHEDULES, id, ""));

            assertThat(desk.rollback(before, "test").outcome()).isEqualTo(Outcome.APPLIED);

            final StoredResource back = desk.find(ResourceKind.SCHEDULES, id);
            assertThat(back.createdUs()).isEqualTo(made.createdUs());
            assertThat(back.updatedUs()).isGreaterThan(made.updatedUs());
        }
    }

    @Test
    void shouldUndoTheChangeThatWasMadeAMomentAgo() {
        try (RunningAppliance running = new RunningAppliance(data, CONFIGURATION);
                LiveDesk desk = new LiveDesk(running.appliance())) {
            for (int i = 0; i < 20; i++) {
                final long before = desk.revision();
                change(desk, create("schedules", "'name':'s" + i + "','rules':[]"));
                assertThat(desk.rollback(before, "test").revision()).isEqualTo(before + 2);
                assertThat(names(desk)).isEmpty();
            }
            assertThat(desk.revisions(Long.MAX_VALUE, 3))
                    .extracting(RevisionView::action)
                    .containsExactly(
                            "rollback to revision " + (desk.revision() - 2),
                            "change",
                            "rollback to revision " + (desk.revision() - 4));
            assertThat(desk.diff(desk.revision() - 2, desk.revision()).orElseThrow())
                    .isEmpty();
        }
    }

    @Test
    void shouldEndWhatIsUnderWayBeforeItCloses() {
        try (RunningAppliance running = new RunningAppliance(data, CONFIGURATION)) {
            final LiveDesk desk = new LiveDesk(running.appliance());
            final long before = desk.revision();
            desk.close();
            assertThatExceptionOfType(Refusal.class)
                    .isThrownBy(() -> change(desk, create("schedules", "'name':'s','rules':[]")))
                    .withMessage("the appliance ends");
            assertThat(desk.revision()).isEqualTo(before);
        }
    }

    @Test
    void shouldExecuteChangesAgainFromTheJournalAlone() throws IOException {
        final long last;
        try (RunningAppliance running = new RunningAppliance(data, CONFIGURATION);
                LiveDesk desk = new LiveDesk(running.appliance())) {
            for (int i = 0; i < 5; i++) {
                change(desk, create("schedules", "'name':'s" + i + "','rules':[]"));
            }
            change(desk, create("numbers", "'e164':'442071838750','schedule_id':'name:s3'"));
            last = desk.rollback(desk.revision() - 1, "test").revision();
        }
        try (Stream<Path> snapshots = Files.list(data.resolve("snapshots"))) {
            for (final Path snapshot : snapshots.toList()) {
                Files.delete(snapshot);
            }
        }
        try (RunningAppliance running = new RunningAppliance(data, CONFIGURATION);
                LiveDesk desk = new LiveDesk(running.appliance())) {
            assertThat(desk.revision()).isEqualTo(last);
            assertThat(names(desk)).containsExactlyInAnyOrder("s0", "s1", "s2", "s3", "s4");
            assertThat(desk.find(new UniqueName(ResourceKind.NUMBERS, "e164", ResourceId.NIL, "442071838750")))
                    .isNull();
            assertThat(desk.revisions(Long.MAX_VALUE, 100))
                    .as("no record is doubled")
                    .extracting(RevisionView::revision)
                    .doesNotHaveDuplicates()
                    .contains(last);
        }
        final Replay.Result result = ReplayTest.replay(new Replay(), data);
        assertThat(result.agrees()).as(result.differences().toString()).isTrue();
        assertThat(result.digestsMatched()).isPositive();
    }

    @Test
    void shouldExportWhatAnImportMakesTheSame() throws IOException {
        final Path first = data.resolve("first.ndjson");
        final Path second = data.resolve("second.ndjson");
        try (RunningAppliance running = new RunningAppliance(data.resolve("data"), CONFIGURATION);
                LiveDesk desk = new LiveDesk(running.appliance())) {
            final LiveView view = new LiveView(
                    running.appliance(), RunningAppliance.settings(data).journalSettings(), new byte[32]);
            final LiveControl control = new LiveControl(running.appliance(), view, desk);
            final Path changes = data.resolve("changes.ndjson");
            Files.writeString(changes, """
                    {"resource":"schedules","account_id":"name:acme","name":"hours","rules":[{"kind":"weekly","dow":1}]}
                    {"resource":"numbers","account_id":"name:acme","e164":"442071838750","schedule_id":"name:hours"}
                    {"resource":"users","account_id":"name:acme","username":"alice","display_name":"Alice"}
                    """);
            final ChangeResult applied = control.applyFile(changes, "test");
            assertThat(applied.problems()).isEmpty();
            assertThat(control.applyFile(changes, "test").revision())
                    .as("again, and nothing differs")
                    .isEqualTo(applied.revision());
            final Path wrong = data.resolve("wrong.ndjson");
            Files.writeString(wrong, "\n{\"resource\":\"schedules\",\"account_id\":\"name:acme\",\"nme\":\"x\"}\n");
            assertThat(control.applyFile(wrong, "test").problems())
                    .extracting(problem -> problem.line() + " " + problem.field())
                    .containsExactlyInAnyOrder("2 name", "2 nme");
            Files.writeString(wrong, """
                    {"resource":"numbers","account_id":"name:acme","e164":"x"}
                    {
                    {"resource":"x"}
                    {"resource":"schedules","account_id":"name:acme","name":"days","nme":"x"}
                    """);
            assertThat(control.applyFile(wrong, "test").problems())
                    .as("all at once, by line")
                    .extracting(problem -> problem.line() + " " + problem.field())
                    .containsExactly("1 e164", "2 ", "3 resource", "4 nme");
            assertThat(control.checkChange(wrong, "test").problems()).hasSize(4);
            final Path more = data.resolve("more.ndjson");
            Files.writeString(more, "{\"resource\":\"schedules\",\"account_id\":\"name:acme\",\"name\":\"more\"}\n");
            assertThat(control.checkChange(more, "test"))
                    .satisfies(checked -> assertThat(checked.outcome()).isEqualTo(Outcome.APPLIED))
                    .satisfies(checked -> assertThat(checked.revision()).isEqualTo(applied.revision()));
            assertThat(desk.revision()).as("only checked").isEqualTo(applied.revision());
            assertThat(names(desk)).containsExactly("hours");
            assertThat(control.exportFile(first, lines -> {})).isEqualTo(6);
            assertThat(Files.getPosixFilePermissions(first)).hasSize(2);
            assertThat(control.importFile(first, lines -> {}).accepted()).isTrue();
            assertThat(desk.revision()).isGreaterThan(applied.revision());
            control.exportFile(second, lines -> {});
            assertThat(desk.list(ResourceKind.NUMBERS, null, null, 10)).hasSize(2);
        }
        assertThat(second).hasSameTextualContentAs(first);
        assertThat(Files.readString(first)).contains("\"created_us\":");
    }

    @Test
    void shouldRefuseWhatHasChangedSinceItWasRead() {
        try (RunningAppliance running = new RunningAppliance(data, CONFIGURATION);
                LiveDesk desk = new LiveDesk(running.appliance())) {
            final StoredResource made = change(desk, create("schedules", "'name':'a','rules':[]"))
                    .resources()
                    .getFirst();
            final ObjectNode fields = fields("'account_id':'name:acme','name':'b','rules':[]");
            final ResourceId id = made.resource().id();
            assertThat(change(desk, Edit.put(ResourceKind.SCHEDULES, id, fields, made.tag()))
                            .outcome())
                    .isEqualTo(Outcome.APPLIED);
            assertThat(change(desk, Edit.put(ResourceKind.SCHEDULES, id, fields, made.tag()))
                            .outcome())
                    .isEqualTo(Outcome.STALE);
            final long revision = desk.revision();
            assertThat(change(desk, Edit.put(ResourceKind.SCHEDULES, id, fields, ""))
                            .revision())
                    .as("nothing differs, so there is no new revision")
                    .isEqualTo(revision);
            assertThat(change(desk, Edit.delete(ResourceKind.SCHEDULES, new ResourceId(5, 5), ""))
                            .outcome())
                    .isEqualTo(Outcome.NOT_FOUND);
        }
    }

    private static List<String> names(final LiveDesk desk) {
        return desk.list(ResourceKind.SCHEDULES, null, null, 100).stream()
                .map(stored -> ((io.tandem.routing.model.Schedule) stored.resource()).name())
                .toList();
    }

    private static ChangeResult change(final LiveDesk desk, final Edit... edits) {
        return desk.change(new ChangeRequest("test", "change", List.of(edits)));
    }

    private static Edit create(final String collection, final String fields) {
        return Edit.create(ResourceKind.ofCollection(collection), fields("'account_id':'name:acme'," + fields));
    }

    private static ObjectNode fields(final String fields) {
        final byte[] json = ("{" + fields.replace('\'', '"') + "}").getBytes(StandardCharsets.UTF_8);
        return ResourceReader.object(json, 0, json.length);
    }
}
