package io.tandem.routing.target;

import io.tandem.routing.model.ResourceId;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a test says is going on. */
final class OfficeState implements LiveState {
    final Set<ResourceId> registered = new TreeSet<>();
    final Set<ResourceId> unavailable = new TreeSet<>();
    final Map<ResourceId, Integer> calls = new TreeMap<>();
    int turn;
    int members;
    int waiting;
    int staffed;
    int ready;
    int meanHandlingSec;

    @Override
    public boolean registered(final long deviceHigh, final long deviceLow) {
        return registered.contains(new ResourceId(deviceHigh, deviceLow));
    }

    @Override
    public boolean available(final long deviceHigh, final long deviceLow) {
        return !unavailable.contains(new ResourceId(deviceHigh, deviceLow));
    }

    @Override
    public int callsOfUser(final long userHigh, final long userLow) {
        return calls.getOrDefault(new ResourceId(userHigh, userLow), 0);
    }

    @Override
    public int turnOfGroup(final long groupHigh, final long groupLow) {
        return turn;
    }

    @Override
    public int membersOfConference(final long conferenceHigh, final long conferenceLow) {
        return members;
    }

    @Override
    public int waiting(final long queueHigh, final long queueLow) {
        return waiting;
    }

    @Override
    public int staffed(final long queueHigh, final long queueLow) {
        return staffed;
    }

    @Override
    public int ready(final long queueHigh, final long queueLow) {
        return ready;
    }

    @Override
    public int meanHandlingSec(final long queueHigh, final long queueLow) {
        return meanHandlingSec;
    }
}
