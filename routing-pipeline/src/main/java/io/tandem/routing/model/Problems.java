package io.tandem.routing.model;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong: keeps the first ones, counts all. One thread. */
public final class Problems {
    private final int keptMax;
    private final List<Problem> kept = new ArrayList<>();
    private long count;

    /** Keeps at most {@code keptMax} of them. */
    public Problems(final int keptMax) {
        this.keptMax = keptMax;
    }

    /** Adds one. */
    public void add(final Problem problem) {
        count++;
        if (kept.size() < keptMax) {
            kept.add(problem);
        }
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return count == 0;
    }

    /** How many there are, kept or not. */
    public long count() {
        return count;
    }

    /** How many were counted but not kept. */
    public long notKept() {
        return count - kept.size();
    }

    /** The first ones, in the order in which they were found. */
    public List<Problem> kept() {
        return List.copyOf(kept);
    }

    /** All kept ones, a line each, and how many more there are. */
    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder();
        for (final Problem problem : kept) {
            text.append(problem).append('\n');
        }
        if (notKept() > 0) {
            text.append("and ").append(notKept()).append(" more\n");
        }
        return text.toString();
    }
}
