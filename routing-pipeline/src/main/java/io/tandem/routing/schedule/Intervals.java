package io.tandem.routing.schedule;

import java.util.Arrays;

/** Stretches of a day, sorted and merged. Filled while a plan is compiled, only asked afterwards. */
final class Intervals {
    private int[] startSeconds = new int[0];
    private int[] endSeconds = new int[0];

    /** Adds {@code [startMinute, endMinute)}; an empty one adds nothing. */
    void add(final int startMinute, final int endMinute) {
        if (startMinute >= endMinute) {
            return;
        }
        int start = startMinute * 60;
        int end = endMinute * 60;
        int kept = 0;
        final int[] starts = new int[startSeconds.length + 1];
        final int[] ends = new int[endSeconds.length + 1];
        for (int i = 0; i < startSeconds.length; i++) {
            if (endSeconds[i] < start || startSeconds[i] > end) {
                starts[kept] = startSeconds[i];
                ends[kept] = endSeconds[i];
                kept++;
            } else {
                start = Math.min(start, startSeconds[i]);
                end = Math.max(end, endSeconds[i]);
            }
        }
        starts[kept] = start;
        ends[kept] = end;
        kept++;
        startSeconds = Arrays.copyOf(starts, kept);
        endSeconds = Arrays.copyOf(ends, kept);
        Arrays.sort(startSeconds);
        Arrays.sort(endSeconds);
    }

    boolean contains(final int second) {
        for (int i = 0; i < startSeconds.length; i++) {
            if (second < startSeconds[i]) {
                return false;
            }
            if (second < endSeconds[i]) {
                return true;
            }
        }
        return false;
    }
}
