package io.tandem.routing.target;

import io.tandem.routing.model.RingGroup;
import io.tandem.routing.model.RingGroupMember;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A ring group. Immutable.
 *
 * @param members by position, ties in the order in which they were configured.
 */
public record RingGroupPlan(RingGroup group, List<RingGroupMember> members, TargetRef exit, HoursPlan hours) {
    /** Compiles one. */
    public static RingGroupPlan of(final RingGroup group) {
        final List<RingGroupMember> members = new ArrayList<>(group.members());
        members.sort(Comparator.comparingInt(RingGroupMember::position));
        return new RingGroupPlan(
                group, List.copyOf(members), TargetRef.of(group.exit()), HoursPlan.of(group.hours()));
    }
}
