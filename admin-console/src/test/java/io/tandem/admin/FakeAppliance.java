package io.tandem.admin;

import io.tandem.admin.view.ApplianceControl;
import io.tandem.admin.view.ApplianceView;
import io.tandem.admin.view.AuditView;
import io.tandem.admin.view.CallDetailView;
import io.tandem.admin.view.CallRecordView;
import io.tandem.admin.view.CallView;
import io.tandem.admin.view.CallsView;
import io.tandem.admin.view.CeilingView;
import io.tandem.admin.view.ConfigurationDesk;
import io.tandem.admin.view.ConfigurationView;
import io.tandem.admin.view.ConsideredView;
import io.tandem.admin.view.CounterView;
import io.tandem.admin.view.DrainView;
import io.tandem.admin.view.ExplainQuestion;
import io.tandem.admin.view.ExplanationOwners;
import io.tandem.admin.view.ExplanationView;
import io.tandem.admin.view.ImportProgress;
import io.tandem.admin.view.ImportView;
import io.tandem.admin.view.LatencyView;
import io.tandem.admin.view.ListenerView;
import io.tandem.admin.view.Refusal;
import io.tandem.admin.view.SecretsView;
import io.tandem.admin.view.ServiceState;
import io.tandem.admin.view.StatusView;
import io.tandem.admin.view.TraceView;
import io.tandem.admin.view.VerdictView;
import io.tandem.routing.change.ChangeRequest;
import io.tandem.routing.change.ChangeResult;
import io.tandem.routing.change.Edit;
import io.tandem.routing.configuration.InMemoryConfiguration;
import io.tandem.routing.model.ResourceKind;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import tools.jackson.databind.node.JsonNodeFactory;

/** An appliance with three calls, of which the second has a caller who tries to break the operator's terminal. */
public final class FakeAppliance implements ApplianceView, ApplianceControl {
    public static final Instant START = Instant.parse("2026-11-20T17:00:00.123456Z");
    public static final String HOSTILE = "\u001b[2J\nOK\u202e442";

    public final List<ExplainQuestion> questions = new ArrayList<>();
    public final List<Path> imported = new ArrayList<>();
    public volatile boolean draining;
    public volatile boolean drifting;
    public volatile boolean secretsMissing;
    public volatile int counterCount = 2;
    public volatile Optional<ExplanationView> explanation = Optional.empty();
    public volatile Optional<RuntimeException> fault = Optional.empty();

    @Override
    public StatusView status() {
        return new StatusView(
                "0.1.0",
                draining ? ServiceState.DRAINING : ServiceState.SERVING,
                "shared",
                START,
                93_784_005,
                3,
                1,
                configuration(),
                listeners(),
                List.of(new StatusView.Table("calls", 3, 1000, 7, 0)),
                new StatusView.Journal("data/journal", 4711, 99, 1536 * 1024, true, OptionalLong.of(61_000)),
                new StatusView.Memory(1 << 20, 2L << 30, 4096));
    }

    @Override
    public CallsView calls(int limit, String filter) {
        fault.ifPresent(thrown -> {
            throw thrown;
        });
        var matched = IntStream.of(3, 2, 1)
                .mapToObj(FakeAppliance::call)
                .filter(call -> call.id().contains(filter) || call.called().contains(filter))
                .toList();
        return new CallsView(3, matched.size(), matched.stream().limit(limit).toList());
    }

    @Override
    public Optional<CallDetailView> call(String id) {
        return calls(3, "").calls().stream()
                .filter(call -> call.id().equals(id))
                .findFirst()
                .map(call -> new CallDetailView(
                        call,
                        12,
                        List.of(new CallDetailView.Leg(
                                "caller",
                                "Confirmed",
                                "udp:127.0.0.2:5070",
                                "carrier",
                                "1-77@127.0.0.2",
                                "a",
                                "b",
                                200)),
                        verdicts(),
                        List.of(new CallDetailView.Hold("number", "did_01")),
                        List.of(new CallDetailView.Timer("maximum duration", 3_600_000))));
    }

    private static CallView call(int number) {
        return new CallView(
                "call_0" + number,
                number == 1 ? "Confirmed" : "Proceeding",
                "in",
                number == 2 ? HOSTILE : "44207183875" + number,
                "1202555012" + number,
                "acme",
                "carrier",
                number == 1 ? Optional.of("pbx") : Optional.empty(),
                START,
                1500L * number,
                number == 1 ? Optional.of(START.plusSeconds(2)) : Optional.empty());
    }

    @Override
    public List<CounterView> counters() {
        return IntStream.range(0, counterCount)
                .mapToObj(i -> new CounterView("sip.received." + i, 10L * i, "messages", "Messages taken."))
                .toList();
    }

    @Override
    public List<LatencyView> latency() {
        return List.of(new LatencyView("core", 1000, 1_200, 2_500, 10_000, 99_999, 1_234_567));
    }

    @Override
    public List<CeilingView> ceilings(String dimension) {
        return List.of(
                        new CeilingView("account", "acc_01", "acme", 3, OptionalLong.empty()),
                        new CeilingView("number", "did_01", "12025550123", 1, OptionalLong.of(4)))
                .stream()
                .filter(ceiling -> dimension.isEmpty() || ceiling.dimension().equals(dimension))
                .toList();
    }

    @Override
    public List<String> ceilingDimensions() {
        return List.of("account", "trunk", "number");
    }

    @Override
    public ExplanationView explain(ExplainQuestion question) {
        fault.ifPresent(thrown -> {
            throw thrown;
        });
        synchronized (questions) {
            questions.add(question);
        }
        return explanation.orElseGet(() -> explanation(question));
    }

    private static ExplanationView explanation(ExplainQuestion question) {
        boolean known = question.to().equals("12025550123");
        return new ExplanationView(
                question.from(),
                question.to(),
                question.at().orElse(START),
                question.source().map(InetAddress::getHostAddress),
                known,
                known ? 0 : 404,
                known ? "matched" : "number unknown",
                Optional.of("acme"),
                Optional.of("trunk pbx"),
                Optional.of(question.to()),
                Optional.of(question.from()),
                Optional.of(question.to()),
                Optional.of(question.from()),
                Optional.of("on stereo"),
                12,
                verdicts(),
                List.of(
                        new ConsideredView(
                                "SCREEN",
                                "policies/acl-rules",
                                "acl_01",
                                Optional.of("192.0.2.0/24"),
                                "lets the call pass",
                                Optional.empty()),
                        new ConsideredView(
                                "call",
                                "policies/recording-rules",
                                "rec_01",
                                Optional.empty(),
                                "decides",
                                Optional.empty())),
                ExplanationOwners.NONE);
    }

    private static List<VerdictView> verdicts() {
        return List.of(
                new VerdictView("SCREEN", "SOURCE_LISTED", true, "carrier lists 127.0.0.2/32", 850),
                new VerdictView("NUMBER", "MATCHED", true, "12025550123 is active", 420),
                new VerdictView("SCREEN", "LIST_PASSED", true, "no list names the caller", 90));
    }

    @Override
    public Optional<TraceView> trace(String id) {
        return id.equals("1-77@127.0.0.2")
                ? Optional.of(new TraceView(
                        id,
                        List.of("127.0.0.2:5070", "tandem", "127.0.0.3:5080"),
                        List.of(
                                new TraceView.Message(START, 0, 1, "INVITE sip:12025550123"),
                                new TraceView.Note(START, 1, "NUMBER MATCHED"),
                                new TraceView.Message(START.plusMillis(1), 1, 2, "INVITE"),
                                new TraceView.Message(START.plusMillis(9), 2, 1, "180 Ringing"))))
                : Optional.empty();
    }

    @Override
    public List<CallRecordView> callRecords(int limit) {
        return IntStream.range(0, limit)
                .limit(30)
                .mapToObj(i -> new CallRecordView(
                        "call_9" + i,
                        "in",
                        "acme",
                        Optional.of("did_01"),
                        Optional.empty(),
                        Optional.of("carrier"),
                        Optional.of("pbx"),
                        "442071838750",
                        "442071838750",
                        "12025550123",
                        "12025550123",
                        START,
                        OptionalLong.of(5),
                        OptionalLong.of(180),
                        OptionalLong.empty(),
                        2_000,
                        0,
                        486,
                        17,
                        "callee",
                        "ADMIT_LEG",
                        "MATCHED",
                        "busy",
                        12,
                        99,
                        "1-77@127.0.0.2",
                        Optional.of("t-1"),
                        List.of(new CallRecordView.Attempt("pbx", "127.0.0.3:5080", 486, 17, OptionalLong.of(175)))))
                .toList();
    }

    @Override
    public List<ListenerView> listeners() {
        return List.of(new ListenerView(1, "main", "UDP", "127.0.0.1:5060", "198.51.100.7:5060", true, 13, 12, 1, 0));
    }

    @Override
    public ConfigurationView configuration() {
        return new ConfigurationView(
                "g-000012",
                12,
                Optional.of(START),
                List.of(
                        new ConfigurationView.Collection("accounts", 1),
                        new ConfigurationView.Collection("numbers", 10)));
    }

    @Override
    public DrainView drain(boolean on) {
        draining = on;
        return new DrainView(on, on ? Optional.of(START) : Optional.empty(), 3);
    }

    @Override
    public ImportView importFile(Path file, ImportProgress progress) {
        synchronized (imported) {
            imported.add(file);
        }
        return checked(file, progress, Optional.of(configuration()));
    }

    @Override
    public ChangeResult applyFile(Path file, String actor) {
        return desk().change(schedule(actor, file.getFileName().toString()));
    }

    @Override
    public ChangeResult checkChange(Path file, String actor) {
        return desk().check(schedule(actor, file.getFileName().toString()));
    }

    @Override
    public long exportFile(Path file, ImportProgress progress) {
        progress.onLines(2);
        return 2;
    }

    /** Of the key of {@link #desk}. */
    public static final String HASH = "0123456789abcdef".repeat(4);

    @Override
    public SecretsView secrets(int limit) {
        var missing = new SecretsView.Reference(
                "kv:vm:7:pin", "missing", "voicemail-boxes", "vm_01", "pin_secret_ref", "put it into the file x");
        var found = new SecretsView.Reference("hook", "file", "queues", "q_01", "options[0].webhook_secret_ref", "");
        return secretsMissing
                ? new SecretsView(2, 1, 0, List.of(missing, found).subList(0, Math.min(2, limit)))
                : new SecretsView(1, 0, 0, List.of(found));
    }

    @Override
    public ConfigurationDesk desk() {
        final InMemoryDesk desk = new InMemoryDesk(InMemoryConfiguration.of("desk", 17, """
                {"resource":"accounts","name":"acme","did_default_dest_kind":"hangup"}
                {"resource":"accounts","name":"shop"}
                {"resource":"schedules","account_id":"name:acme","name":"twice","rules":[]}
                {"resource":"schedules","account_id":"name:shop","name":"twice","rules":[]}
                {"resource":"schedules","id":"sch_01jd3q7v5m2k8r9t4w6x0y1z2a","account_id":"name:acme","name":"old","rules":[]}
                {"resource":"schedules","account_id":"name:acme","name":"hours","rules":[]}
                {"resource":"numbers","account_id":"name:acme","e164":"12025550123","schedule_id":"name:hours"}
                {"resource":"api-keys","account_id":"name:acme","name":"key","hash":"%s","scopes":["*"]}
                {"resource":"domains","account_id":"name:acme","domain":"acme.test"}
                {"resource":"users","account_id":"name:acme","username":"alice"}
                {"resource":"devices","account_id":"name:acme","user_id":"name:alice","auth_username":"desk","realm":"acme.test","password":"x"}
                """.formatted(HASH)));
        desk.change(schedule("key key_01jd3q7v5m2k8r9t4w6x0y1z2a", "eighteen"));
        desk.change(schedule("key key_01jd3q7v5m2k8r9t4w6x0y1z2a", "nineteen"));
        return desk;
    }

    private static ChangeRequest schedule(String actor, String name) {
        return new ChangeRequest(
                actor,
                "apply",
                List.of(Edit.create(
                        ResourceKind.SCHEDULES,
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("account_id", "name:acme")
                                .put("name", name))));
    }

    @Override
    public ImportView checkFile(Path file, ImportProgress progress) {
        return checked(file, progress, Optional.empty());
    }

    private static ImportView checked(Path file, ImportProgress progress, Optional<ConfigurationView> switched) {
        if (file.endsWith("missing.ndjson")) {
            throw new Refusal("file cannot be read: file=" + file, "give the path of a readable file");
        }
        progress.onLines(100_000);
        progress.onLines(200_000);
        boolean bad = file.endsWith("bad.ndjson");
        return new ImportView(
                file.toString(),
                !bad,
                200_001,
                1_500,
                bad ? Optional.empty() : switched,
                bad
                        ? List.of(new ImportView.Problem(
                                7, "dest_id", "tr_x", "names no trunk", "import the trunk first"))
                        : List.of(),
                bad ? 1 : 0,
                file.endsWith("geo.ndjson") ? List.of("no file tells countries") : List.of());
    }

    @Override
    public AuditView audit() {
        return new AuditView(3, 12, 9, drifting ? List.of(new AuditView.Drift("number", "did_01", 2, 1)) : List.of());
    }
}
