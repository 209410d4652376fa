package io.tandem.appliance.driver;

import io.tandem.routing.core.CoreErrorHandler;
import java.util.Arrays;
import org.agrona.collections.IntHashSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs each distinct defect once, with its stack; the counter in the core counts them all. Core's thread. */
final class DefectLog implements CoreErrorHandler {
    private static final Logger LOG = LoggerFactory.getLogger(DefectLog.class);
    private static final int STACKS_MAX = 256;

    private final IntHashSet seen = new IntHashSet();

    @Override
    public void onError(final long inputIndex, final Throwable error) {
        final int stack = Arrays.hashCode(error.getStackTrace());
        if (seen.size() < STACKS_MAX && seen.add(stack)) {
            LOG.error("defect survived, later ones with this stack are only counted: inputIndex={}", inputIndex, error);
        }
    }
}
