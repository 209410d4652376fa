package io.tandem.routing.target;

import io.tandem.routing.configuration.Configuration;
import io.tandem.routing.configuration.PlanCache;
import io.tandem.routing.configuration.ResourceEdit;
import io.tandem.routing.configuration.RoutingPlans;
import io.tandem.routing.configuration.TrunkPlan;
import io.tandem.routing.flow.FlowPlan;
import io.tandem.routing.model.Conference;
import io.tandem.routing.model.Device;
import io.tandem.routing.model.Extension;
import io.tandem.routing.model.Flow;
import io.tandem.routing.model.Forward;
import io.tandem.routing.model.Media;
import io.tandem.routing.model.PagingGroup;
import io.tandem.routing.model.ParkingLot;
import io.tandem.routing.model.PhoneNumber;
import io.tandem.routing.model.Queue;
import io.tandem.routing.model.Resource;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.ResourceReader;
import io.tandem.routing.model.RingGroup;
import io.tandem.routing.model.UniqueName;
import io.tandem.routing.model.User;
import io.tandem.routing.model.VoicemailBox;
import io.tandem.routing.schedule.SchedulePlan;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * What a configuration says of targets, compiled when first asked for and kept in bounded tables. A plan is a function of the
 * configuration alone, so that when it was compiled shows nowhere. Names are looked up anew each time, which allocates. Core's thread.
 */
public final class ConfiguredTargets implements TargetSource {
    /** Plans of one kind that are kept; three quarters of a table's places. */
    static final int PLANS_KEPT = 12_288;

    private static final int PLACES = 16_384;

    /** Extensions that are looked at to find the one that stands for a user. */
    private static final int EXTENSIONS_MAX = 64;

    private final Map<ResourceKind, PlanCache<Object>> kept = new EnumMap<>(ResourceKind.class);
    private RoutingPlans plans;

    /** Over the plans in use. */
    public ConfiguredTargets(final RoutingPlans plans) {
        this.plans = plans;
    }

    /** Goes over to another configuration. */
    public void use(final RoutingPlans newPlans) {
        plans = newPlans;
        kept.clear();
    }

    /** Goes over to the next revision, and keeps what the edits between the two do not touch. */
    public void use(final RoutingPlans newPlans, final List<ResourceEdit> edits) {
        plans = newPlans;
        boolean usersDiffer = false;
        for (final ResourceEdit edit : edits) {
            final PlanCache<Object> ofKind = kept.get(edit.kind());
            if (ofKind != null) {
                ofKind.remove(edit.id().high(), edit.id().low());
            }
            usersDiffer |= edit.kind() == ResourceKind.DEVICES || edit.kind() == ResourceKind.EXTENSIONS;
        }
        final PlanCache<Object> users = kept.get(ResourceKind.USERS);
        if (usersDiffer && users != null) {
            users.clear();
        }
    }

    @Override
    public UserPlan user(final long idHigh, final long idLow) {
        return find(ResourceKind.USERS, idHigh, idLow, this::compileUser);
    }

    @Override
    public UserPlan userNamed(final long accountHigh, final long accountLow, final CharSequence username) {
        final ResourceId id =
                bearer(ResourceKind.USERS, "username", new ResourceId(accountHigh, accountLow), username.toString());
        return id == null ? null : user(id.high(), id.low());
    }

    @Override
    public DevicePlan device(final long idHigh, final long idLow) {
        return find(ResourceKind.DEVICES, idHigh, idLow, device -> new DevicePlan((Device) device));
    }

    @Override
    public DevicePlan deviceNamed(final CharSequence authUsername, final CharSequence realm) {
        final String name = authUsername + "@" + realm.toString().toLowerCase(Locale.ROOT);
        final ResourceId id = bearer(ResourceKind.DEVICES, "auth_username", ResourceId.NIL, name);
        return id == null ? null : device(id.high(), id.low());
    }

    @Override
    public ExtensionPlan extension(final long idHigh, final long idLow) {
        return find(ResourceKind.EXTENSIONS, idHigh, idLow, extension -> ExtensionPlan.of((Extension) extension));
    }

    @Override
    public ExtensionPlan extensionDialled(final long accountHigh, final long accountLow, final CharSequence digits) {
        final ResourceId id =
                bearer(ResourceKind.EXTENSIONS, "digits", new ResourceId(accountHigh, accountLow), digits.toString());
        return id == null ? null : extension(id.high(), id.low());
    }

    @Override
    public RingGroupPlan ringGroup(final long idHigh, final long idLow) {
        return find(ResourceKind.RING_GROUPS, idHigh, idLow, group -> RingGroupPlan.of((RingGroup) group));
    }

    @Override
    public QueuePlan queue(final long idHigh, final long idLow) {
        return find(ResourceKind.QUEUES, idHigh, idLow, queue -> QueuePlan.of((Queue) queue));
    }

    @Override
    public ForwardPlan forward(final long idHigh, final long idLow) {
        return find(ResourceKind.FORWARDS, idHigh, idLow, forward -> ForwardPlan.of((Forward) forward));
    }

    @Override
    public VoicemailBox voicemail(final long idHigh, final long idLow) {
        return find(ResourceKind.VOICEMAIL_BOXES, idHigh, idLow, VoicemailBox.class::cast);
    }

    @Override
    public Conference conference(final long idHigh, final long idLow) {
        return find(ResourceKind.CONFERENCES, idHigh, idLow, Conference.class::cast);
    }

    @Override
    public ParkingLot parkingLot(final long idHigh, final long idLow) {
        return find(ResourceKind.PARKING_LOTS, idHigh, idLow, ParkingLot.class::cast);
    }

    @Override
    public PagingGroup pagingGroup(final long idHigh, final long idLow) {
        return find(ResourceKind.PAGING_GROUPS, idHigh, idLow, PagingGroup.class::cast);
    }

    @Override
    public Media media(final long idHigh, final long idLow) {
        return find(ResourceKind.MEDIA, idHigh, idLow, Media.class::cast);
    }

    @Override
    public TrunkPlan trunk(final long idHigh, final long idLow) {
        return plans.trunk(idHigh, idLow);
    }

    @Override
    public SchedulePlan schedule(final long idHigh, final long idLow) {
        return plans.schedule(idHigh, idLow);
    }

    @Override
    public boolean flowPublished(final long idHigh, final long idLow) {
        return flow(idHigh, idLow) != null;
    }

    /** A published flow, or null. */
    public FlowPlan flow(final long idHigh, final long idLow) {
        return find(ResourceKind.FLOWS, idHigh, idLow, flow -> FlowPlan.compile((Flow) flow));
    }

    /** A published flow, if it has been compiled and is kept; else null. */
    public FlowPlan compiledFlow(final ResourceId id) {
        final PlanCache<Object> flows = kept.get(ResourceKind.FLOWS);
        return flows == null ? null : (FlowPlan) flows.get(id.high(), id.low());
    }

    /** What a number says beyond its row, or null. */
    public NumberPlan number(final long idHigh, final long idLow) {
        return find(ResourceKind.NUMBERS, idHigh, idLow, number -> NumberPlan.of((PhoneNumber) number));
    }

    private UserPlan compileUser(final Resource user) {
        return UserPlan.of(
                (User) user,
                referring(ResourceKind.DEVICES, user.id(), Device.OF_USER_MAX, Device.class),
                referring(ResourceKind.EXTENSIONS, user.id(), EXTENSIONS_MAX, Extension.class));
    }

    /** The first resources of a kind that refer to something, and can be read. */
    private <R extends Resource> List<R> referring(
            final ResourceKind kind, final ResourceId target, final int most, final Class<R> type) {
        final List<R> referring = new ArrayList<>();
        plans.configuration().forEachReferrer(kind, ResourceKind.USERS, target, ResourceId.NIL, (high, low) -> {
            final Resource resource = read(kind, high, low);
            if (resource != null) {
                referring.add(type.cast(resource));
            }
            return referring.size() < most;
        });
        return referring;
    }

    @SuppressWarnings("unchecked")
    private <P> P find(
            final ResourceKind kind, final long idHigh, final long idLow, final Function<Resource, P> compile) {
        if ((idHigh | idLow) == 0) {
            return null;
        }
        PlanCache<Object> ofKind = kept.get(kind);
        if (ofKind == null) {
            ofKind = new PlanCache<>(PLACES);
            kept.put(kind, ofKind);
        }
        Object plan = ofKind.get(idHigh, idLow);
        if (plan == null) {
            final Resource resource = read(kind, idHigh, idLow);
            if (resource == null) {
                return null;
            }
            plan = compile.apply(resource);
            if (plan != null) {
                ofKind.put(idHigh, idLow, plan);
            }
        }
        return (P) plan;
    }

    private Resource read(final ResourceKind kind, final long idHigh, final long idLow) {
        final Configuration configuration = plans.configuration();
        final byte[] json = configuration.resource(kind, idHigh, idLow);
        final ResourceReader.Read read = json == null ? null : ResourceReader.read(kind, json);
        return read == null ? null : read.resource();
    }

    private ResourceId bearer(
            final ResourceKind kind, final String field, final ResourceId account, final String name) {
        return name.isEmpty() ? null : plans.configuration().find(new UniqueName(kind, field, account, name));
    }
}
