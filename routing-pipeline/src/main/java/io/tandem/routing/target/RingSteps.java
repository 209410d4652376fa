package io.tandem.routing.target;

import io.tandem.routing.model.GroupStrategy;
import io.tandem.routing.model.RingGroupMember;
import io.tandem.routing.model.RingStrategy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which devices ring, from when and for how long. Times nest: whatever rings inside something else rings for the least of what both
 * allow (X20). One per ring plan.
 */
final class RingSteps {
    private static final int SECOND_MS = 1000;

    /** How long a phone may take to answer a page by itself. */
    private static final int PAGE_MS = 5_000;

    private final LiveState state;
    private final List<RingStep> steps = new ArrayList<>();

    RingSteps(final LiveState state) {
        this.state = state;
    }

    /** A user's devices, as it wants them to ring. */
    void user(final UserPlan user, final int startMs, final int mostMs) {
        final int ringMs = Math.min(mostMs, user.user().ringTimeoutSec() * SECOND_MS);
        final RingStrategy strategy = user.user().ringStrategy();
        final List<DevicePlan> reachable = new ArrayList<>();
        for (final DevicePlan device : user.devices()) {
            if (device.ringsFor(strategy) && reachable(device)) {
                reachable.add(device);
            }
        }
        if (strategy == RingStrategy.SEQUENTIAL && !reachable.isEmpty()) {
            final int shareMs = ringMs / reachable.size();
            for (int i = 0; i < reachable.size(); i++) {
                final boolean last = i == reachable.size() - 1;
                add(reachable.get(i), startMs + i * shareMs, last ? ringMs - i * shareMs : shareMs);
            }
        } else {
            for (final DevicePlan device : reachable) {
                add(device, startMs, ringMs);
            }
        }
    }

    /** One device, called by itself: that it does not ring for its user does not matter (U-017). */
    void device(final DevicePlan device, final int startMs, final int mostMs) {
        if (reachable(device)) {
            add(device, startMs, mostMs);
        }
    }

    /** The members of a group. Those who are busy, not to be disturbed or have their calls forwarded are left out. */
    void group(final RingGroupPlan group, final TargetSource source, final TargetCall call, final int mostMs) {
        final int ownMs = group.group().ringTimeoutSec() * SECOND_MS;
        final List<RingGroupMember> members = group.members();
        if (group.group().strategy() == GroupStrategy.RING_ALL) {
            final int groupMs = Math.min(mostMs, ownMs);
            for (final RingGroupMember member : members) {
                final int startMs = member.delaySec() * SECOND_MS;
                member(member, source, call, startMs, Math.min(groupMs - startMs, timeoutMs(member)));
            }
            return;
        }
        final boolean rotates = group.group().strategy() == GroupStrategy.ROUND_ROBIN && !members.isEmpty();
        final int first = rotates
                ? Math.floorMod(
                        state.turnOfGroup(
                                group.group().id().high(), group.group().id().low()),
                        members.size())
                : 0;
        for (int i = 0; i < members.size(); i++) {
            final RingGroupMember member = members.get((first + i) % members.size());
            final int startMs = endMs() + member.delaySec() * SECOND_MS;
            final int memberMs = Math.min(ownMs, timeoutMs(member));
            member(member, source, call, startMs, Math.min(mostMs - startMs, memberMs));
        }
    }

    /** Everybody who is paged, with all devices at once; whoever is busy or not to be disturbed is spared. */
    void paged(final List<RingGroupMember> members, final TargetSource source, final TargetCall call) {
        for (final RingGroupMember member : members) {
            final DevicePlan device = deviceOf(member, source, call);
            if (device != null) {
                device(device, 0, PAGE_MS);
            }
            final UserPlan user = userOf(member, source, call);
            if (user != null) {
                for (final DevicePlan own : user.devices()) {
                    if (own.ringsFor(RingStrategy.SIMULTANEOUS)) {
                        device(own, 0, PAGE_MS);
                    }
                }
            }
        }
    }

    /** When the last one stops. */
    int endMs() {
        int end = 0;
        for (final RingStep step : steps) {
            end = Math.max(end, step.endMs());
        }
        return end;
    }

    boolean isEmpty() {
        return steps.isEmpty();
    }

    /** By start; those that start together in the order in which they were added. */
    List<RingStep> ordered() {
        steps.sort(Comparator.comparingInt(RingStep::startMs));
        return List.copyOf(steps);
    }

    private void member(
            final RingGroupMember member,
            final TargetSource source,
            final TargetCall call,
            final int startMs,
            final int mostMs) {
        final DevicePlan device = deviceOf(member, source, call);
        if (device != null) {
            device(device, startMs, mostMs);
        }
        final UserPlan user = userOf(member, source, call);
        if (user != null) {
            user(user, startMs, mostMs);
        }
    }

    /** The member's device; null if it is a user, or no device that may be called. */
    private static DevicePlan deviceOf(
            final RingGroupMember member, final TargetSource source, final TargetCall call) {
        final DevicePlan device = member.deviceId().isNil()
                ? null
                : source.device(member.deviceId().high(), member.deviceId().low());
        return device != null && device.belongsTo(call) ? device : null;
    }

    /** The member's user; null if it is a device, or a user who does not ring with others now. */
    private UserPlan userOf(final RingGroupMember member, final TargetSource source, final TargetCall call) {
        final UserPlan user = member.userId().isNil()
                ? null
                : source.user(member.userId().high(), member.userId().low());
        return user != null
                        && call.owns(user.user().accountId())
                        && user.active()
                        && !user.user().doNotDisturb()
                        && !user.forwardAlways().given()
                        && !user.full(state)
                ? user
                : null;
    }

    private void add(final DevicePlan device, final int startMs, final int ringMs) {
        if (ringMs > 0 && steps.size() < TargetPlan.Ring.STEPS_MAX && !rings(device)) {
            steps.add(new RingStep(
                    device.idHigh(),
                    device.idLow(),
                    device.device().userId().high(),
                    device.device().userId().low(),
                    startMs,
                    ringMs));
        }
    }

    /** Whether it rings already, for somebody may be named twice. */
    private boolean rings(final DevicePlan device) {
        for (final RingStep step : steps) {
            if (step.deviceHigh() == device.idHigh() && step.deviceLow() == device.idLow()) {
                return true;
            }
        }
        return false;
    }

    private boolean reachable(final DevicePlan device) {
        return device.active()
                && state.registered(device.idHigh(), device.idLow())
                && state.available(device.idHigh(), device.idLow());
    }

    private static int timeoutMs(final RingGroupMember member) {
        return member.timeoutSec() < 0 ? Integer.MAX_VALUE : member.timeoutSec() * SECOND_MS;
    }
}
