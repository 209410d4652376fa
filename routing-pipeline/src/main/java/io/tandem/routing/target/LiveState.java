package io.tandem.routing.target;

/**
 * What is going on at the moment, asked while a target is resolved. Answers must not change between two questions of one
 * resolution, and are a function of what the core's thread has seen. Whoever knows nothing of a question says that there is nobody.
 */
public interface LiveState {
    /** Whether a device has a registration that has not expired. */
    default boolean registered(final long deviceHigh, final long deviceLow) {
        return false;
    }

    /** Whether a registered device takes calls: it is not set to refuse them. One that has a call does (D13). */
    default boolean available(final long deviceHigh, final long deviceLow) {
        return false;
    }

    /** Calls that a user has. */
    default int callsOfUser(final long userHigh, final long userLow) {
        return 0;
    }

    /** Calls that a ring group was given before this one; whoever lets it ring counts. */
    default int turnOfGroup(final long groupHigh, final long groupLow) {
        return 0;
    }

    /** Members of a conference. */
    default int membersOfConference(final long conferenceHigh, final long conferenceLow) {
        return 0;
    }

    /** Callers that wait in a queue. */
    default int waiting(final long queueHigh, final long queueLow) {
        return 0;
    }

    /** Agents of a queue that are logged in and reachable, and not on a break unless they have a call. */
    default int staffed(final long queueHigh, final long queueLow) {
        return 0;
    }

    /** Agents of a queue that can be offered a call now. */
    default int ready(final long queueHigh, final long queueLow) {
        return 0;
    }

    /** How final long the last calls of a queue took, mean, seconds; 0 if there were none. */
    default int meanHandlingSec(final long queueHigh, final long queueLow) {
        return 0;
    }
}
