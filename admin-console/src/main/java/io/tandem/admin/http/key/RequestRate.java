package io.tandem.admin.http.key;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A bucket of tokens for each key: a request takes one, and so many come back a second. The table has a limit; when it
 * is full, the bucket that was used longest ago is forgotten, which is the fullest one as a rule. Any thread.
 */
public final class RequestRate {
    private static final double NS_PER_SEC = 1e9;

    private final double perSecond;
    private final int burst;
    private final LongSupplier nanoTime;
    private final Map<String, Bucket> buckets;

    private static final class Bucket {
        private double tokens;
        private long filledNs;
    }

    /**
     * Empty.
     *
     * @param perSecond tokens that come back.
     * @param burst most tokens in a bucket.
     * @param keysMax most buckets.
     */
    public RequestRate(final double perSecond, final int burst, final int keysMax, final LongSupplier nanoTime) {
        if (!(perSecond > 0) || burst < 1 || keysMax < 1) {
            throw new IllegalArgumentException(
                    "rate refused: per_second=" + perSecond + " burst=" + burst + " keys_max=" + keysMax);
        }
        this.perSecond = perSecond;
        this.burst = burst;
        this.nanoTime = nanoTime;
        buckets = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(final Map.Entry<String, Bucket> eldest) {
                return size() > keysMax;
            }
        };
    }

    /**
     * Takes a token.
     *
     * @return 0 if there was one, else whole seconds until there is one.
     */
    public synchronized long take(final String key) {
        final long nowNs = nanoTime.getAsLong();
        final Bucket bucket = buckets.computeIfAbsent(key, k -> full(nowNs));
        bucket.tokens = Math.min(burst, bucket.tokens + (nowNs - bucket.filledNs) / NS_PER_SEC * perSecond);
        bucket.filledNs = nowNs;
        if (bucket.tokens >= 1) {
            bucket.tokens--;
            return 0;
        }
        return (long) Math.ceil((1 - bucket.tokens) / perSecond);
    }

    /** Buckets in use. */
    synchronized int keys() {
        return buckets.size();
    }

    private Bucket full(final long nowNs) {
        final Bucket bucket = new Bucket();
        bucket.tokens = burst;
        bucket.filledNs = nowNs;
        return bucket;
    }
}
