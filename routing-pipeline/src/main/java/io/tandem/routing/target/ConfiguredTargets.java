package io.tandem.routing.target;

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
import io.tandem.routing.model.Queue;
import io.tandem.routing.model.Resource;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.ResourceReader;
import io.tandem.routing.model.RingGroup;
import io.tandem.routing.model.TargetKind;
import io.tandem.routing.model.UniqueName;
import io.tandem.routing.model.User;
import io.tandem.routing.model.VoicemailBox;
import io.tandem.routing.schedule.SchedulePlan;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Targets of the revision in use, compiled when first asked for and kept in bounded tables, of which a change empties those that
 * it touches. Core's thread, or that of an explanation.
 */
public final class ConfiguredTargets implements TargetSource {
    /** Plans of one kind that are kept; when there are more, the table starts again empty. */
    private static final int KEPT = 4096;

    private static final ResourceKind[] KINDS = {
        ResourceKind.USERS,
        ResourceKind.DEVICES,
        ResourceKind.EXTENSIONS,
        ResourceKind.FLOWS,
        ResourceKind.RING_GROUPS,
        ResourceKind.QUEUES,
        ResourceKind.VOICEMAIL_BOXES,
        ResourceKind.CONFERENCES,
        ResourceKind.FORWARDS,
        ResourceKind.PARKING_LOTS,
        ResourceKind.PAGING_GROUPS,
        ResourceKind.MEDIA
    };

    private final Map<ResourceKind, PlanCache<Object>> plans = new EnumMap<>(ResourceKind.class);
    private RoutingPlans revision;

    /** Targets of a revision. */
    public ConfiguredTargets(final RoutingPlans revision) {
        this.revision = revision;
        for (final ResourceKind kind : KINDS) {
            plans.put(kind, new PlanCache<>(KEPT));
        }
    }

    /** Goes over to another revision. */
    public void use(final RoutingPlans next) {
        if (next.follow(revision)) {
            next.edits().forEach(this::forget);
        } else {
            plans.values().forEach(PlanCache::clear);
        }
        revision = next;
    }

    /** A user's plan holds its devices and the extension that reaches it; all others stand for themselves. */
    private void forget(final ResourceEdit edit) {
        final PlanCache<Object> own = plans.get(edit.kind());
        if (own != null) {
            own.remove(edit.id().high(), edit.id().low());
        }
        if (edit.kind() == ResourceKind.DEVICES || edit.kind() == ResourceKind.EXTENSIONS) {
            plans.get(ResourceKind.USERS).clear();
        }
    }

    /** A published flow, or null. */
    public FlowPlan flow(final long idHigh, final long idLow) {
        return find(ResourceKind.FLOWS, idHigh, idLow) instanceof FlowPlan flow ? flow : null;
    }

    @Override
    public UserPlan user(final long idHigh, final long idLow) {
        return (UserPlan) find(ResourceKind.USERS, idHigh, idLow);
    }

    @Override
    public UserPlan userNamed(final long accountHigh, final long accountLow, final CharSequence username) {
        final ResourceId id = named(ResourceKind.USERS, new ResourceId(accountHigh, accountLow), username.toString());
        return id == null ? null : user(id.high(), id.low());
    }

    @Override
    public DevicePlan device(final long idHigh, final long idLow) {
        return (DevicePlan) find(ResourceKind.DEVICES, idHigh, idLow);
    }

    @Override
    public DevicePlan deviceNamed(final CharSequence authUsername, final CharSequence realm) {
        final ResourceId id = revision.configuration().find(Device.identity(authUsername.toString(), realm.toString()));
        return id == null ? null : device(id.high(), id.low());
    }

    @Override
    public ExtensionPlan extension(final long idHigh, final long idLow) {
        return (ExtensionPlan) find(ResourceKind.EXTENSIONS, idHigh, idLow);
    }

    @Override
    public ExtensionPlan extensionDialled(final long accountHigh, final long accountLow, final CharSequence digits) {
        final ResourceId id =
                named(ResourceKind.EXTENSIONS, new ResourceId(accountHigh, accountLow), digits.toString());
        return id == null ? null : extension(id.high(), id.low());
    }

    private ResourceId named(final ResourceKind kind, final ResourceId account, final String name) {
        return revision.configuration().find(new UniqueName(kind, kind.nameField(), account, name));
    }

    @Override
    public RingGroupPlan ringGroup(final long idHigh, final long idLow) {
        return (RingGroupPlan) find(ResourceKind.RING_GROUPS, idHigh, idLow);
    }

    @Override
    public QueuePlan queue(final long idHigh, final long idLow) {
        return (QueuePlan) find(ResourceKind.QUEUES, idHigh, idLow);
    }

    @Override
    public ForwardPlan forward(final long idHigh, final long idLow) {
        return (ForwardPlan) find(ResourceKind.FORWARDS, idHigh, idLow);
    }

    @Override
    public VoicemailBox voicemail(final long idHigh, final long idLow) {
        return (VoicemailBox) find(ResourceKind.VOICEMAIL_BOXES, idHigh, idLow);
    }

    @Override
    public Conference conference(final long idHigh, final long idLow) {
        return (Conference) find(ResourceKind.CONFERENCES, idHigh, idLow);
    }

    @Override
    public ParkingLot parkingLot(final long idHigh, final long idLow) {
        return (ParkingLot) find(ResourceKind.PARKING_LOTS, idHigh, idLow);
    }

    @Override
    public PagingGroup pagingGroup(final long idHigh, final long idLow) {
        return (PagingGroup) find(ResourceKind.PAGING_GROUPS, idHigh, idLow);
    }

    @Override
    public Media media(final long idHigh, final long idLow) {
        return (Media) find(ResourceKind.MEDIA, idHigh, idLow);
    }

    @Override
    public TrunkPlan trunk(final long idHigh, final long idLow) {
        return revision.trunk(idHigh, idLow);
    }

    @Override
    public SchedulePlan schedule(final long idHigh, final long idLow) {
        return revision.schedule(idHigh, idLow);
    }

    @Override
    public boolean flowPublished(final long idHigh, final long idLow) {
        return flow(idHigh, idLow) != null;
    }

    private Object find(final ResourceKind kind, final long idHigh, final long idLow) {
        final PlanCache<Object> kept = plans.get(kind);
        Object plan = kept.get(idHigh, idLow);
        if (plan == null) {
            plan = compile(kind, idHigh, idLow);
            if (plan != null) {
                kept.put(idHigh, idLow, plan);
            }
        }
        return plan;
    }

    private Object compile(final ResourceKind kind, final long idHigh, final long idLow) {
        final byte[] json = revision.configuration().resource(kind, idHigh, idLow);
        final ResourceReader.Read read = json == null ? null : ResourceReader.read(kind, json);
        if (read == null) {
            return null;
        }
        return switch (read.resource()) {
            case User user -> UserPlan.of(user, devices(user), extensionOf(user));
            case Device device -> new DevicePlan(device);
            case Extension extension -> ExtensionPlan.of(extension);
            case RingGroup group -> RingGroupPlan.of(group);
            case Queue queue -> QueuePlan.of(queue);
            case Forward forward -> ForwardPlan.of(forward);
            case Flow flow -> FlowPlan.compile(flow);
            case Resource itself -> itself;
        };
    }

    private List<Device> devices(final User user) {
        final List<Device> devices = new ArrayList<>();
        for (final Resource resource : referring(ResourceKind.DEVICES, user.id())) {
            if (resource instanceof Device device && device.userId().equals(user.id())) {
                devices.add(device);
            }
        }
        return devices;
    }

    /** Digits of the first extension that leads straight to a user, or an empty text. */
    private String extensionOf(final User user) {
        for (final Resource resource : referring(ResourceKind.EXTENSIONS, user.id())) {
            if (resource instanceof Extension extension
                    && extension.target().kind() == TargetKind.USER
                    && extension.target().id().equals(user.id())) {
                return extension.digits();
            }
        }
        return "";
    }

    private List<Resource> referring(final ResourceKind kind, final ResourceId target) {
        final List<Resource> referring = new ArrayList<>();
        revision.configuration().forEachReferrer(kind, target, ResourceId.NIL, (high, low) -> {
            final byte[] json = revision.configuration().resource(kind, high, low);
            final ResourceReader.Read read = json == null ? null : ResourceReader.read(kind, json);
            if (read != null) {
                referring.add(read.resource());
            }
            return true;
        });
        return referring;
    }
}
