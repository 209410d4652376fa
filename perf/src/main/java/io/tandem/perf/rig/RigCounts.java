package io.tandem.perf.rig;

import java.util.SortedMap;
import java.util.TreeMap;

/** What became of the calls of one phase. One thread. */
final class RigCounts {
    private static final int STATUS_MAX = 699;

    long due;
    long sent;
    long answered;
    long completed;
    long failed;
    long timeouts;
    long noSlot;
    long invitesSentAgain;
    long byesSentAgain;
    long answersSentAgain;
    long invitesReceivedAgain;
    long unexpected;
    long latestSendNs;
    private final long[] refusals = new long[STATUS_MAX + 1];

    void refused(final int status) {
        refusals[status >= 0 && status <= STATUS_MAX ? status : 0]++;
    }

    /** How many calls ended with each status that is not a success. */
    SortedMap<Integer, Long> refusals() {
        final SortedMap<Integer, Long> byStatus = new TreeMap<>();
        for (int status = 0; status < refusals.length; status++) {
            if (refusals[status] > 0) {
                byStatus.put(status, refusals[status]);
            }
        }
        return byStatus;
    }

    long sentAgain() {
        return invitesSentAgain + byesSentAgain + answersSentAgain;
    }
}
