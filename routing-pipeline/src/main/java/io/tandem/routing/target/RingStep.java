package io.tandem.routing.target;

/**
 * One device that rings.
 *
 * @param userHigh whose it is, upper half.
 * @param startMs when it begins, counted from when the first one may.
 * @param ringMs how long, after which it is cancelled.
 */
public record RingStep(long deviceHigh, long deviceLow, long userHigh, long userLow, int startMs, int ringMs) {
    int endMs() {
        return startMs + ringMs;
    }
}
