package io.tandem.routing.target;

import io.tandem.routing.configuration.AccountPlan;
import io.tandem.routing.configuration.InMemoryConfiguration;
import io.tandem.routing.configuration.RoutingPlans;
import io.tandem.routing.configuration.TrunkPlan;
import io.tandem.routing.model.Conference;
import io.tandem.routing.model.Device;
import io.tandem.routing.model.Extension;
import io.tandem.routing.model.Forward;
import io.tandem.routing.model.Media;
import io.tandem.routing.model.PagingGroup;
import io.tandem.routing.model.ParkingLot;
import io.tandem.routing.model.Queue;
import io.tandem.routing.model.Reading;
import io.tandem.routing.model.Resource;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.RingGroup;
import io.tandem.routing.model.Schedule;
import io.tandem.routing.model.TargetKind;
import io.tandem.routing.model.User;
import io.tandem.routing.model.VoicemailBox;
import io.tandem.routing.schedule.HoursVerdict;
import io.tandem.routing.schedule.OpeningBasis;
import io.tandem.routing.schedule.SchedulePlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An account with what a test gives it, what goes on in it, and the calls that come to it. */
final class Office implements TargetSource {
    /** Monday noon. */
    static final long NOON = Instant.parse("2026-03-02T12:00:00Z").toEpochMilli();

    private static final String TRUNKS = """
            {"resource":"accounts","name":"acme"%s}
            {"resource":"accounts","name":"other"}
            {"resource":"trunks","account_id":"name:acme","name":"media","proxy":"192.0.2.9:5090"}
            {"resource":"trunks","account_id":"name:acme","name":"pbx","role":"pbx","proxy":"192.0.2.7:5080"}
            """;

    final OfficeState state = new OfficeState();
    final List<String> passed = new ArrayList<>();
    final List<String> steps = new ArrayList<>();
    final List<HoursVerdict> hours = new ArrayList<>();
    final List<OpeningBasis> bases = new ArrayList<>();
    final TargetResolver resolver = new TargetResolver(this, state, new TargetTrace() {
        @Override
        public void onTarget(final TargetKind kind, final long idHigh, final long idLow, final TargetStep step) {
            steps.add(kind.word() + ": " + step.text());
            if (step.entered()) {
                passed.add(kind.word());
            }
        }

        @Override
        public void onHours(
                final long scheduleHigh, final long scheduleLow, final HoursVerdict verdict, final OpeningBasis basis) {
            hours.add(verdict);
            bases.add(basis);
        }
    });

    private final RoutingPlans plans;
    private final Map<ResourceKind, TreeMap<ResourceId, Resource>> byKind = new EnumMap<>(ResourceKind.class);
    private final List<ResourceId> publishedFlows = new ArrayList<>();
    private UserPlan caller;
    private long wallMs = NOON;
    private int budgetMs = TargetCall.UNLIMITED;

    /** With a media server. */
    Office() {
        this(",\"media_trunk_id\":\"name:media\"");
    }

    Office(final String accountFields) {
        plans = RoutingPlans.of(InMemoryConfiguration.of("office", 1, TRUNKS.replace("%s", accountFields)));
        plans.succeed(plans);
    }

    static Office withoutMedia() {
        return new Office("");
    }

    /** Adds a resource, its fields in single quotes. */
    Office add(final ResourceKind kind, final String fields) {
        return add(kind, Reading.of(kind, fields).<Resource>resource());
    }

    /** Adds one of another account. */
    Office addOther(final ResourceKind kind, final String fields) {
        return add(kind, Reading.ofOther(kind, fields).<Resource>resource());
    }

    /** Adds a user without devices. */
    Office user(final String name, final String... fields) {
        return add(ResourceKind.USERS, "'username':'" + name + "'" + more(fields));
    }

    /** Adds a device, registered, of a user. */
    Office device(final String user, final String name, final String... fields) {
        add(
                ResourceKind.DEVICES,
                "'user_id':'name:" + user + "','auth_username':'" + name + "','realm':'acme.test','password':'x'"
                        + more(fields));
        state.registered.add(deviceId(name));
        return this;
    }

    /** Adds a user with one registered device of the same name. */
    Office phone(final String name, final String... fields) {
        return user(name, fields).device(name, name);
    }

    /** Publishes a flow whose identifier is this small number. */
    Office published(final long flow) {
        publishedFlows.add(new ResourceId(0, flow));
        return this;
    }

    Office calledBy(final String user) {
        caller = user(
                id(ResourceKind.USERS, user).high(),
                id(ResourceKind.USERS, user).low());
        return this;
    }

    Office at(final String instant) {
        wallMs = Instant.parse(instant).toEpochMilli();
        return this;
    }

    Office budgetSec(final int seconds) {
        budgetMs = seconds * 1000;
        return this;
    }

    TargetCall call() {
        final AccountPlan account = plans.account(Reading.ACME.high(), Reading.ACME.low());
        return new TargetCall(account, caller, wallMs, budgetMs);
    }

    /** Sends a call to something of a name. */
    TargetPlan to(final TargetKind kind, final String name) {
        return resolver.resolve(TargetRef.of(kind, id(kind.resources(), name)), call());
    }

    TargetPlan.Ring ring(final TargetKind kind, final String name) {
        return (TargetPlan.Ring) to(kind, name);
    }

    TargetPlan after(final TargetPlan.Attempt attempt, final RingOutcome outcome) {
        return resolver.follow(attempt, outcome, 25_000, call());
    }

    static ResourceId id(final ResourceKind kind, final String name) {
        return Reading.id(kind, name);
    }

    static ResourceId deviceId(final String name) {
        return Reading.id(ResourceKind.DEVICES, name + "@acme.test");
    }

    /** Who rings from when to when, in seconds: {@code alice 0-25}. */
    List<String> rings(final TargetPlan plan) {
        final List<String> rings = new ArrayList<>();
        for (final RingStep step : ((TargetPlan.Ring) plan).steps()) {
            rings.add(name(step) + ' ' + step.startMs() / 1000 + '-' + step.endMs() / 1000);
        }
        return rings;
    }

    String name(final RingStep step) {
        return device(step.deviceHigh(), step.deviceLow()).device().authUsername();
    }

    @Override
    public UserPlan user(final long idHigh, final long idLow) {
        final User user = find(ResourceKind.USERS, idHigh, idLow);
        if (user == null) {
            return null;
        }
        final List<Device> devices = new ArrayList<>();
        for (final Resource device : all(ResourceKind.DEVICES)) {
            if (((Device) device).userId().equals(user.id())) {
                devices.add((Device) device);
            }
        }
        final List<Extension> extensions = new ArrayList<>();
        all(ResourceKind.EXTENSIONS).forEach(extension -> extensions.add((Extension) extension));
        return UserPlan.of(user, devices, extensions);
    }

    @Override
    public UserPlan userNamed(final long accountHigh, final long accountLow, final CharSequence username) {
        for (final Resource user : all(ResourceKind.USERS)) {
            if (user.accountId().equals(new ResourceId(accountHigh, accountLow))
                    && ((User) user).username().contentEquals(username)) {
                return user(user.id().high(), user.id().low());
            }
        }
        return null;
    }

    @Override
    public DevicePlan device(final long idHigh, final long idLow) {
        final Device device = find(ResourceKind.DEVICES, idHigh, idLow);
        return device == null ? null : new DevicePlan(device);
    }

    @Override
    public DevicePlan deviceNamed(final CharSequence authUsername, final CharSequence realm) {
        final ResourceId id = Reading.id(ResourceKind.DEVICES, authUsername + "@" + realm);
        return device(id.high(), id.low());
    }

    @Override
    public ExtensionPlan extension(final long idHigh, final long idLow) {
        final Extension extension = find(ResourceKind.EXTENSIONS, idHigh, idLow);
        return extension == null ? null : ExtensionPlan.of(extension);
    }

    @Override
    public ExtensionPlan extensionDialled(final long accountHigh, final long accountLow, final CharSequence digits) {
        for (final Resource extension : all(ResourceKind.EXTENSIONS)) {
            if (extension.accountId().equals(new ResourceId(accountHigh, accountLow))
                    && ((Extension) extension).digits().contentEquals(digits)) {
                return ExtensionPlan.of((Extension) extension);
            }
        }
        return null;
    }

    @Override
    public RingGroupPlan ringGroup(final long idHigh, final long idLow) {
        final RingGroup group = find(ResourceKind.RING_GROUPS, idHigh, idLow);
        return group == null ? null : RingGroupPlan.of(group);
    }

    @Override
    public QueuePlan queue(final long idHigh, final long idLow) {
        final Queue queue = find(ResourceKind.QUEUES, idHigh, idLow);
        return queue == null ? null : QueuePlan.of(queue);
    }

    @Override
    public ForwardPlan forward(final long idHigh, final long idLow) {
        final Forward forward = find(ResourceKind.FORWARDS, idHigh, idLow);
        return forward == null ? null : ForwardPlan.of(forward);
    }

    @Override
    public VoicemailBox voicemail(final long idHigh, final long idLow) {
        return find(ResourceKind.VOICEMAIL_BOXES, idHigh, idLow);
    }

    @Override
    public Conference conference(final long idHigh, final long idLow) {
        return find(ResourceKind.CONFERENCES, idHigh, idLow);
    }

    @Override
    public ParkingLot parkingLot(final long idHigh, final long idLow) {
        return find(ResourceKind.PARKING_LOTS, idHigh, idLow);
    }

    @Override
    public PagingGroup pagingGroup(final long idHigh, final long idLow) {
        return find(ResourceKind.PAGING_GROUPS, idHigh, idLow);
    }

    @Override
    public Media media(final long idHigh, final long idLow) {
        return find(ResourceKind.MEDIA, idHigh, idLow);
    }

    @Override
    public TrunkPlan trunk(final long idHigh, final long idLow) {
        return plans.trunk(idHigh, idLow);
    }

    @Override
    public SchedulePlan schedule(final long idHigh, final long idLow) {
        final Schedule schedule = find(ResourceKind.SCHEDULES, idHigh, idLow);
        return schedule == null ? null : SchedulePlan.compile(schedule, "UTC");
    }

    @Override
    public boolean flowPublished(final long idHigh, final long idLow) {
        return publishedFlows.contains(new ResourceId(idHigh, idLow));
    }

    private Office add(final ResourceKind kind, final Resource resource) {
        byKind.computeIfAbsent(kind, k -> new TreeMap<>()).put(resource.id(), resource);
        return this;
    }

    private Iterable<Resource> all(final ResourceKind kind) {
        return byKind.getOrDefault(kind, new TreeMap<>()).values();
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the kind says what it is
    private <R extends Resource> R find(final ResourceKind kind, final long idHigh, final long idLow) {
        return (R) byKind.getOrDefault(kind, new TreeMap<>()).get(new ResourceId(idHigh, idLow));
    }

    private static String more(final String... fields) {
        return fields.length == 0 ? "" : "," + String.join(",", fields);
    }
}
