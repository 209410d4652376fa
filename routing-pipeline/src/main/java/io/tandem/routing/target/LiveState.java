package io.tandem.routing.target;

/**
 * What is going on at the moment, asked while a target is resolved. Answers must not change between two questions of one
 * resolution, and are a function of what the core's thread has seen.
 */
public interface LiveState {
    /** A box without registrations, queues and calls. */
    LiveState NOBODY = new LiveState() {
        @Override
        public boolean registered(final long deviceHigh, final long deviceLow) {
            return false;
        }

        @Override
        public boolean available(final long deviceHigh, final long deviceLow) {
            return false;
        }

        @Override
        public int callsOfUser(final long userHigh, final long userLow) {
            return 0;
        }

        @Override
        public int turnOfGroup(final long groupHigh, final long groupLow) {
            return 0;
        }

        @Override
        public int membersOfConference(final long conferenceHigh, final long conferenceLow) {
            return 0;
        }

        @Override
        public int waiting(final long queueHigh, final long queueLow) {
            return 0;
        }

        @Override
        public int staffed(final long queueHigh, final long queueLow) {
            return 0;
        }

        @Override
        public int ready(final long queueHigh, final long queueLow) {
            return 0;
        }

        @Override
        public int meanHandlingSec(final long queueHigh, final long queueLow) {
            return 0;
        }
    };

    /** Whether a device has a registration that has not expired. */
    boolean registered(long deviceHigh, long deviceLow);

    /** Whether a registered device takes calls: it is not set to refuse them. One that has a call does (D13). */
    boolean available(long deviceHigh, long deviceLow);

    /** Calls that a user has. */
    int callsOfUser(long userHigh, long userLow);

    /** Calls that a ring group was given before this one; whoever lets it ring counts. */
    int turnOfGroup(long groupHigh, long groupLow);

    /** Members of a conference. */
    int membersOfConference(long conferenceHigh, long conferenceLow);

    /** Callers that wait in a queue. */
    int waiting(long queueHigh, long queueLow);

    /** Agents of a queue that are logged in and reachable, and not on a break unless they have a call. */
    int staffed(long queueHigh, long queueLow);

    /** Agents of a queue that can be offered a call now. */
    int ready(long queueHigh, long queueLow);

    /** How long the last calls of a queue took, mean, seconds; 0 if there were none. */
    int meanHandlingSec(long queueHigh, long queueLow);
}
